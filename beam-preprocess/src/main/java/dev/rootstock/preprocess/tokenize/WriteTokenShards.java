package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.Scratch;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Sorts each shard's documents, packs them and writes them; a shard without documents has no file.
 */
public final class WriteTokenShards
    extends PTransform<PCollection<KV<Integer, Tokenized>>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final Packing packing;

  /**
   * What all rows have in common.
   *
   * @param end id of the end of text
   */
  public record Packing(int context, int vocabulary, int end, String tokenizer)
      implements Serializable {
    public static Packing of(int context, int vocabulary, int end, Fingerprint tokenizer) {
      return new Packing(context, vocabulary, end, tokenizer.hex());
    }
  }

  private WriteTokenShards(Place place, Packing packing) {
    this.place = place;
    this.packing = packing;
  }

  public static WriteTokenShards to(Place place, Packing packing) {
    return new WriteTokenShards(place, packing);
  }

  @Override
  public PCollection<String> expand(PCollection<KV<Integer, Tokenized>> documents) {
    return documents
        .apply("Gather a shard", GroupByKey.create())
        .apply("Write a shard", ParDo.of(new Write(place, packing)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<Tokenized>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Packing packing;

    Write(Place place, Packing packing) {
      this.place = place;
      this.packing = packing;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<Tokenized>> shard, OutputReceiver<String> out)
        throws IOException {
      List<Tokenized> documents = new ArrayList<>();
      shard.getValue().forEach(documents::add);
      documents.sort(Tokenized.BY_ORDER);
      boolean validation = shard.getKey() == TokenizeDocuments.VALIDATION;
      int index = validation ? 0 : shard.getKey();
      String name =
          String.format(
              Locale.ROOT, validation ? "validation-%05d.parquet" : "shard-%05d.parquet", index);
      Map<String, String> footer = new TreeMap<>();
      footer.put("rootstock.tokenizer", packing.tokenizer());
      footer.put("rootstock.vocabulary", String.valueOf(packing.vocabulary()));
      footer.put("rootstock.row_tokens", String.valueOf(packing.context() + 1));
      footer.put("rootstock.end_of_text", String.valueOf(packing.end()));
      footer.put("rootstock.filled", String.valueOf(filling(documents)));
      Path file = Scratch.file(".parquet");
      try {
        PackSequences packed;
        TokenRows rows = new TokenRows(packing.context());
        try (ParquetWriter<Group> writer = rows.writer(file, footer)) {
          packed =
              new PackSequences(
                  packing.context(), packing.end(), row -> writer.write(rows.row(row)));
          for (Tokenized document : documents) {
            packed.add(document.ids());
          }
          packed.finish();
        }
        long bytes = documents.stream().mapToLong(Tokenized::bytes).sum();
        Map<String, Object> counts = Map.of("tokens", packed.predicted(), "rows", packed.rows());
        String kind = validation ? "validation" : "shard";
        out.output(
            Receipt.of(kind, index, place.add(name, file), documents.size(), bytes, counts)
                .write());
      } finally {
        Files.deleteIfExists(file);
      }
    }

    /**
     * Tokens that fill up the last row: known before packing, since the footer's pairs are given
     * when it begins.
     */
    private long filling(List<Tokenized> documents) {
      long predicted = documents.stream().mapToLong(document -> document.ids().length + 1L).sum();
      return Math.floorMod(-predicted, (long) packing.context());
    }
  }
}
