package dev.rootstock.preprocess.tokenize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * A shard's file: documents in their order, packed into rows.
 *
 * @param tokens that its rows predict, without the filling
 * @param rows of it
 */
public record ShardFile(long tokens, long rows) {
  /**
   * Writes one.
   *
   * @param vocabulary of the tokenizer, for readers to check
   * @param end id of the end of text
   */
  public static ShardFile write(
      Path file, Packing packing, int vocabulary, int end, List<Tokenized> documents)
      throws IOException {
    documents.sort(Tokenized.BY_ORDER);
    Map<String, String> footer = new TreeMap<>();
    footer.put("rootstock.tokenizer", packing.tokenizerName());
    footer.put("rootstock.vocabulary", String.valueOf(vocabulary));
    footer.put("rootstock.row_tokens", String.valueOf(packing.context() + 1));
    footer.put("rootstock.end_of_text", String.valueOf(end));
    TokenRows rows = new TokenRows(packing.context());
    try (ParquetWriter<Group> writer = rows.writer(file, footer)) {
      Packer packed =
          Packer.of(packing.rows(), packing.context(), end, row -> writer.write(rows.row(row)));
      for (Tokenized document : documents) {
        packed.add(document.ids());
      }
      packed.finish();
      return new ShardFile(packed.predicted(), packed.rows());
    }
  }
}
