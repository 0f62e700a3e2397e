package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.LookOrder;
import dev.rootstock.contract.engine.Looked;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.PublishOrder;
import dev.rootstock.contract.engine.Published;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.parquet.ParquetFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents for people: what they are called, what of them is shown, and how much each source gave.
 */
class PublishIT {
  @TempDir Path folder;
  private Orders orders;
  private Path first;
  private Path twin;
  private Path lines;
  private final ProgressLog progress =
      new ProgressLog(
          new PrintStream(OutputStream.nullOutputStream(), true), Duration.ofSeconds(1));

  @BeforeEach
  void writeCorpus() throws IOException {
    orders = new Orders(folder.resolve("store"), Orders.DIRECT, 2);
    String text = "A gardener grafts a plum onto an old root. ".repeat(5);
    first = Files.writeString(folder.resolve("first.txt"), text);
    twin = Files.writeString(folder.resolve("twin.txt"), text);
    StringBuilder json = new StringBuilder("not json\n");
    for (int i = 0; i < 40; i++) {
      Map<String, Object> line =
          Map.of(
              "text",
              ("Line " + i + " of many. ").repeat(i < 4 ? 1 : 10 + i),
              "language",
              i % 2 == 0 ? "en" : "zh");
      json.append(Json.line(line)).append('\n');
    }
    lines = Files.writeString(folder.resolve("lines.jsonl"), json);
  }

  private DocumentsRef clean(CorpusRef corpus) throws Exception {
    return new CleanVerb()
        .carryOut(
            orders.clean(corpus, Orders.cleaning("{\"validation\":0,\"deduplicate\":\"exact\"}")),
            progress,
            new Stop());
  }

  private ListedSource texts() throws IOException {
    return Orders.source(Format.AUTO, 1, first, twin);
  }

  private Attempt attempt() {
    return new Attempt(orders.store().toString(), "test", 1, 2);
  }

  private LookOrder look(
      DocumentsRef documents, boolean dropped, String reason, String language, Long seed) {
    return new LookOrder(
        attempt(),
        Optional.of(documents.fingerprint()),
        Optional.empty(),
        dropped,
        Optional.ofNullable(reason),
        Optional.ofNullable(language),
        Optional.empty(),
        5,
        Optional.ofNullable(seed),
        30);
  }

  @Test
  void everyRowIsPublishedUnderTheNameOfItsFile() throws Exception {
    CorpusRef corpus = orders.corpus(texts(), Orders.source(Format.AUTO, 1, lines));
    DocumentsRef documents = clean(corpus);
    Path out = Files.createDirectory(folder.resolve("out"));

    Published published =
        new PublishVerb()
            .carryOut(
                new PublishOrder(attempt(), documents.fingerprint(), corpus, out.toString()),
                progress,
                new Stop());

    assertThat(published.documents()).isEqualTo(1 + 36);
    List<String> kept = sources(out.resolve("documents"));
    List<String> dropped = sources(out.resolve("dropped"));
    assertThat(kept)
        .hasSize(1 + 36)
        .contains("first.txt#0")
        .filteredOn(source -> source.startsWith("lines.jsonl#"))
        .hasSize(36);
    assertThat(dropped)
        .hasSize(6)
        .contains("twin.txt#0", "lines.jsonl#0")
        .filteredOn(source -> source.startsWith("lines.jsonl#"))
        .hasSize(5)
        .doesNotHaveDuplicates();
    assertThat(Files.readString(out.resolve("statistics.json")))
        .contains("\"source\": \"twin.txt#0\"", "from first.txt#0");
  }

  private static List<String> sources(Path parts) throws IOException {
    List<String> sources = new ArrayList<>();
    try (var files = Files.list(parts)) {
      for (Path file : files.toList()) {
        ParquetFiles.read(new LocalInputFile(file), row -> sources.add(row.getString("source", 0)));
      }
    }
    return sources;
  }

  @Test
  void nothingDroppedStillLeavesAFileToReadAndAStopLeavesNothing() throws Exception {
    CorpusRef corpus = orders.corpus(Orders.source(Format.AUTO, 1, first));
    DocumentsRef documents = clean(corpus);
    Path out = Files.createDirectory(folder.resolve("out"));
    PublishOrder order =
        new PublishOrder(attempt(), documents.fingerprint(), corpus, out.toString());

    new PublishVerb().carryOut(order, progress, new Stop());
    assertThat(out.resolve("dropped").resolve("part-00000.parquet")).isRegularFile();
    assertThat(sources(out.resolve("dropped"))).isEmpty();

    Stop stop = new Stop();
    stop.ask();
    Path never = Files.createDirectory(folder.resolve("never"));
    assertThatThrownBy(
            () ->
                new PublishVerb()
                    .carryOut(
                        new PublishOrder(
                            attempt(), documents.fingerprint(), corpus, never.toString()),
                        progress,
                        stop))
        .isInstanceOf(Stopped.class);
    assertThat(never).doesNotExist();
  }

  @Test
  void looksAreFilteredAndDrawnTheSameEachTime() throws Exception {
    DocumentsRef documents = clean(orders.corpus(texts(), Orders.source(Format.AUTO, 1, lines)));

    Looked dropped =
        new LookVerb()
            .carryOut(look(documents, true, "too_short", null, null), progress, new Stop());
    Looked zh =
        new LookVerb().carryOut(look(documents, false, null, "zh", 1L), progress, new Stop());
    Looked again =
        new LookVerb().carryOut(look(documents, false, null, "zh", 1L), progress, new Stop());
    Looked other =
        new LookVerb().carryOut(look(documents, false, null, "zh", 2L), progress, new Stop());

    assertThat(dropped.matching()).isEqualTo(4);
    assertThat(dropped.rows())
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("reason", "TOO_SHORT")
                    .containsEntry("characters", 16L))
        .extracting(row -> (String) row.get("id"))
        .isSorted();
    assertThat(zh.matching()).isEqualTo(18);
    assertThat(zh.rows())
        .hasSize(5)
        .isEqualTo(again.rows())
        .isNotEqualTo(other.rows())
        .allSatisfy(
            row -> {
              assertThat(row).containsEntry("language", "zh");
              assertThat((String) row.get("text")).hasSize(31).endsWith("…");
            });
  }

  @Test
  void aCapBoundsASourceAndItsTokensAreTold() throws Exception {
    ListedSource whole = Orders.source(Format.AUTO, 1, lines);
    ListedSource capped =
        new ListedSource(
            whole.path(),
            2,
            whole.licence(),
            whole.format(),
            whole.text(),
            whole.files(),
            Optional.of("lines"),
            Optional.of(4000L));
    CorpusRef corpus = orders.corpus(texts(), capped);
    DocumentsRef documents = clean(corpus);
    TokenizerRef tokenizer =
        new LearnVerb()
            .carryOut(
                orders.learn(documents, new TokenizerSpec(300, TokenizerSpec.PreTokenizer.GPT2)),
                progress,
                new Stop());

    TokensRef tokens =
        new TokenizeVerb()
            .carryOut(
                orders.tokenize(corpus, documents, tokenizer, new TokensSpec(16)),
                progress,
                new Stop());

    List<?> sources = sources(tokens.fingerprint());
    Map<?, ?> lines = (Map<?, ?>) sources.get(1);
    assertThat((Long) lines.get("bytesTrained") / 2).isBetween(4000L - 1200, 4000L);
    assertThat((Long) lines.get("documentsTrained") % 2).isZero();
    assertThat(lines.get("cap")).isEqualTo(4000L);
    assertThat(
            sources.stream()
                .mapToLong(source -> (Long) ((Map<?, ?>) source).get("tokensTrained"))
                .sum())
        .isEqualTo(tokens.tokens());
  }

  private List<?> sources(Fingerprint tokens) throws IOException {
    try (ArtifactStore store = Stores.open(orders.store())) {
      String json =
          new String(
              store.read(Stage.TOKENS.at(tokens) + "/statistics.json"), StandardCharsets.UTF_8);
      return (List<?>) ((Map<?, ?>) Json.parse(json)).get("sources");
    }
  }
}
