package dev.rootstock.preprocess.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentRowsTest {
  private static final Document PLAIN =
      Document.of("text", new Document.Origin(1, "0123456789ab", 7), "http://a.org", null, "MIT");
  private static final Document SCORED =
      PLAIN.withLanguage("de").withScore("language", 0.75).withScore("extraction", 1);

  @Test
  void scoresAreAMapColumn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("part.parquet");
    try (ParquetWriter<Group> writer = DocumentRows.kept(file)) {
      writer.write(DocumentRows.row(PLAIN, "train"));
      writer.write(DocumentRows.row(SCORED, "train"));
    }

    List<String> scores = new ArrayList<>();
    ParquetFiles.read(
        new LocalInputFile(file),
        row -> {
          Group map = row.getGroup("scores", 0);
          StringBuilder words = new StringBuilder();
          for (int i = 0; i < map.getFieldRepetitionCount("key_value"); i++) {
            Group pair = map.getGroup("key_value", i);
            words.append(pair.getString("key", 0)).append('=').append(pair.getDouble("value", 0));
            words.append(' ');
          }
          scores.add(words.toString());
        });

    assertThat(scores).containsExactly("", "extraction=1.0 language=0.75 ");
  }
}
