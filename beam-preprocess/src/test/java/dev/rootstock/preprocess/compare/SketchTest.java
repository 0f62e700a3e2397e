package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Document.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchTest {
  private static final Sketcher SPANS = sketcher("near", "spans");
  private static final String TEXT = "One sentence of it. Another one? ".repeat(100);

  private static Sketcher sketcher(String deduplicate, String repeats) {
    return Sketcher.of(
        CanonicalJson.read(
            "{\"deduplicate\":\"" + deduplicate + "\",\"repeats\":\"" + repeats + "\"}",
            CleaningSpec.class));
  }

  private static Document document(String text) {
    return Document.of(text, new Origin(1, "0123456789ab", 1L << 40), null, null, null);
  }

  private static List<Sketch> sketches() {
    return List.of(
        SPANS.sketch(document(TEXT), 7),
        SPANS.sketch(document("short"), 7),
        sketcher("near", "lines").sketch(document("a\n".repeat(200_000)), 7));
  }

  @Test
  void holdsWhatIsAskedForAndNoMore() {
    Sketch exact = sketcher("exact", "keep").sketch(document(TEXT));
    assertThat(exact.id().hex()).isEqualTo(document(TEXT).id());
    assertThat(exact.bytes()).isEqualTo(TEXT.length());
    assertThat(exact.signature()).isNull();
    assertThat(exact.units()).isEqualTo(Units.NONE);
    assertThat(SPANS.sketch(document(TEXT)).units().count()).isEqualTo(198);
    assertThat(SPANS.sketch(document(TEXT)).signature()).isNotNull();
    assertThat(SPANS.sketch(document("short")).signature()).isNull();
    assertThat(SPANS.name()).isEqualTo("sketch/2/near/spans");
  }

  @Test
  void comesBackFromItsBytes() throws IOException {
    for (Sketch sketch : sketches()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      SketchCoder.of().encode(sketch, bytes);
      assertThat(SketchCoder.of().decode(new ByteArrayInputStream(bytes.toByteArray())))
          .isEqualTo(sketch);
    }
  }

  @Test
  void comesBackFromItsRow(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sketch.parquet");
    try (ParquetWriter<Group> writer = SketchRows.writer(file, SPANS)) {
      for (Sketch sketch : sketches()) {
        writer.write(SketchRows.row(sketch));
      }
    }
    List<Sketch> read = new ArrayList<>();
    SketchRows.read(new LocalInputFile(file), 1, 7, SPANS, read::add);
    assertThat(read).isEqualTo(sketches());
    assertThatThrownBy(
            () ->
                SketchRows.read(
                    new LocalInputFile(file), 1, 7, sketcher("near", "keep"), sketch -> {}))
        .hasMessageContaining("sketch/2/near/spans")
        .hasMessageContaining("sketch/2/near/keep");
  }
}
