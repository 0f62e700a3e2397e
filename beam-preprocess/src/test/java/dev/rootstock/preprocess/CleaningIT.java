package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe {@code fineweb}, from a file to Parquet. */
class CleaningIT {
  private static final String PROSE =
      "The mill stood where the river bends, and for most of a century it ground the corn of three"
          + " villages. When the railway came, flour was brought from the city at half the price, and"
          + " the wheel stopped for good. He used to say that water never forgets its way, and that"
          + " somebody would want the place again one day. It turns again now, slowly, and it gives"
          + " light enough for eleven houses. People come on Sundays to look at it.";

  @Test
  void keepsProseMasksItAndTellsWhyTheRestIsDropped(@TempDir Path folder) throws Exception {
    String lines =
        Json.line(Map.of("text", PROSE + "\nAsk ann@mill.org for the hours of the mill."))
            + "\n"
            + Json.line(Map.of("text", PROSE + "\nfunction f() { return 1; }"))
            + "\n"
            + Json.line(Map.of("text", "buy now cheap watches ".repeat(40)))
            + "\n"
            + Json.line(Map.of("text", "short"))
            + "\n";
    Path file = Files.writeString(folder.resolve("pages.jsonl"), lines);
    Orders orders = new Orders(folder.resolve("store"), Orders.DIRECT, 1);
    CorpusRef corpus = orders.corpus(Orders.source(Format.AUTO, 1, file));
    ProgressLog progress =
        new ProgressLog(
            new PrintStream(OutputStream.nullOutputStream(), true), Duration.ofSeconds(1));

    DocumentsRef documents =
        new CleanVerb()
            .carryOut(orders.clean(corpus, Orders.cleaning("\"fineweb\"")), progress, new Stop());

    try (ArtifactStore store = Stores.open(orders.store())) {
      String at = Stage.DOCUMENTS.at(documents.fingerprint());
      List<String> texts = new ArrayList<>();
      for (StoredFile part : Artifacts.find(store, at).orElseThrow().files()) {
        if (part.name().startsWith("part-")) {
          DocumentRows.read(new StoreInput(store, part.key(at)), row -> texts.add(row.text()));
        }
      }
      Map<?, ?> statistics =
          (Map<?, ?>)
              Json.parse(new String(store.read(at + "/statistics.json"), StandardCharsets.UTF_8));

      assertThat(texts).containsExactly(PROSE + "\nAsk <email> for the hours of the mill.");
      assertThat(statistics.get("dropped"))
          .isEqualTo(Map.of("CURLY", 1L, "TOO_SHORT", 1L, "LANGUAGE", 1L));
    }
  }
}
