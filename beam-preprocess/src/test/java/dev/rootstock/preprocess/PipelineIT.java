package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.ParquetFiles;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three verbs on Beam's direct runner, which checks what functions do to their elements, and on
 * Flink.
 */
class PipelineIT {
  private static final TokenizerSpec SMALL =
      new TokenizerSpec(400, TokenizerSpec.PreTokenizer.GPT2);
  private static final TokensSpec ROWS = new TokensSpec(16);

  @TempDir Path folder;
  private Path text;
  private Path json;
  private Path packed;
  private ProgressLog progress;

  @BeforeEach
  void writeCorpus() throws IOException {
    Random random = new Random(5);
    StringBuilder articles = new StringBuilder();
    for (int article = 0; article < 40; article++) {
      articles
          .append("\n = Title ")
          .append(article)
          .append(" = \n\n")
          .append(babble(random, 60))
          .append("\n");
    }
    text = Files.writeString(folder.resolve("articles.txt"), articles);
    StringBuilder lines =
        new StringBuilder("not json\n{\"body\":\"no text\"}\n{\"text\":\"too short\"}\n");
    for (int line = 0; line < 30; line++) {
      String words =
          babble(new Random(100 + line % 20), 40); // the last ten are the first ten again
      lines.append(Json.line(Map.of("text", words + " <|endoftext|> é\u0301 語"))).append('\n');
    }
    json = Files.writeString(folder.resolve("lines.jsonl"), lines);
    packed = folder.resolve("page.md.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(
          ("# Page\r\n\r\n**" + babble(random, 50) + "**\n").getBytes(StandardCharsets.UTF_8));
    }
    progress =
        new ProgressLog(
            new PrintStream(OutputStream.nullOutputStream(), true), Duration.ofSeconds(1));
  }

  private static String babble(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < words; word++) {
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        text.append((char) ('a' + random.nextInt(8)));
      }
      text.append(random.nextInt(8) == 0 ? ". " : " ");
    }
    return text.toString().strip();
  }

  /** What came of the three verbs. */
  private record Made(
      Orders orders,
      CorpusRef corpus,
      DocumentsRef documents,
      TokenizerRef tokenizer,
      TokensRef tokens) {
    /** Sums of all files but the manifests, by their keys. */
    Map<String, String> sums() throws IOException {
      Map<String, String> sums = new TreeMap<>();
      try (ArtifactStore store = Stores.open(orders.store())) {
        for (Stage stage : List.of(Stage.DOCUMENTS, Stage.TOKENIZER, Stage.TOKENS)) {
          for (String key : store.list(stage.folder() + "/")) {
            if (!key.endsWith("/manifest.json")) {
              sums.put(key, Artifacts.sum(store, key));
            }
          }
        }
        for (String key : store.list(Segment.FOLDER + "/")) {
          sums.put(key, Artifacts.sum(store, key));
        }
      }
      return sums;
    }
  }

  private Made make(String name, RunnerSpec runner, ListedSource... sources) throws Exception {
    Orders orders = new Orders(folder.resolve(name), runner, 2);
    CorpusRef corpus = orders.corpus(sources);
    CleaningSpec cleaning = Orders.cleaning("{\"validation\":0.1}");
    DocumentsRef documents =
        new CleanVerb().carryOut(orders.clean(corpus, cleaning), progress, new Stop());
    TokenizerRef tokenizer =
        new LearnVerb().carryOut(orders.learn(documents, SMALL), progress, new Stop());
    TokensRef tokens =
        new TokenizeVerb()
            .carryOut(orders.tokenize(corpus, documents, tokenizer, ROWS), progress, new Stop());
    return new Made(orders, corpus, documents, tokenizer, tokens);
  }

  private ListedSource everything() throws IOException {
    return Orders.source(Format.AUTO, 1, text, json, packed);
  }

  @Test
  void anyRunnerAnyParallelismAndAnyOrderOfFilesGiveTheSameBytes() throws Exception {
    Made direct = make("direct", Orders.DIRECT, everything());
    Made one = make("one", Orders.flink(1), Orders.source(Format.AUTO, 1, packed, json, text));
    Made two = make("two", Orders.flink(2), Orders.source(Format.AUTO, 1, json, packed, text));

    assertThat(direct.sums()).hasSizeGreaterThan(8).isEqualTo(one.sums()).isEqualTo(two.sums());
    assertThat(direct.tokens()).isEqualTo(one.tokens()).isEqualTo(two.tokens());
  }

  @Test
  void nothingIsLostAndEveryDropHasItsReason() throws Exception {
    Made made = make("drops", Orders.flink(2), everything());

    try (ArtifactStore store = Stores.open(made.orders().store())) {
      String folder = Stage.DOCUMENTS.at(made.documents().fingerprint());
      Map<?, ?> statistics =
          (Map<?, ?>)
              Json.parse(
                  new String(store.read(folder + "/statistics.json"), StandardCharsets.UTF_8));
      assertThat(statistics.get("in")).isEqualTo(40L + 33 + 1);
      assertThat(statistics.get("kept"))
          .isEqualTo(40L + 20 + 1)
          .isEqualTo(made.documents().documents());
      assertThat(statistics.get("dropped"))
          .isEqualTo(Map.of("UNREADABLE", 2L, "TOO_SHORT", 1L, "DUPLICATE", 10L));
      List<String> details = new ArrayList<>();
      for (StoredFile file : Artifacts.find(store, folder).orElseThrow().files()) {
        if (file.name().startsWith("dropped-")) {
          ParquetFiles.read(
              new StoreInput(store, file.key(folder)),
              row -> {
                if (row.getString("reason", 0).equals("DUPLICATE")) {
                  details.add(row.getString("detail", 0));
                  assertThat(row.getString("detail", 0)).contains(row.getString("id", 0));
                }
              });
        }
      }
      long firstLines = // a record of lines is named by where it begins
          Files.readAllLines(json).stream()
              .limit(13)
              .mapToLong(l -> l.getBytes(StandardCharsets.UTF_8).length + 1)
              .sum();
      assertThat(details)
          .hasSize(10)
          .allMatch(detail -> detail.matches("same text as .* from .{12}#\\d+"))
          .allMatch(detail -> Long.parseLong(detail.replaceFirst(".*#", "")) < firstLines);
      assertThat(Artifacts.faults(store, folder)).isEmpty();
      assertThat(store.list(folder)).noneMatch(key -> key.contains("receipts"));
    }
  }

  @Test
  void everyTokenOfEveryDocumentIsPredictedOnce() throws Exception {
    Made made = make("tokens", Orders.flink(2), everything());

    try (ArtifactStore store = Stores.open(made.orders().store())) {
      String tokenizerKey = Stage.TOKENIZER.at(made.tokenizer().fingerprint()) + "/tokenizer.json";
      BytePairTokenizer tokenizer = BytePairTokenizer.read(store.read(tokenizerKey));
      Map<String, List<String>> wanted = new TreeMap<>();
      long[] validationBytes = {0};
      DocumentRows.read(
          new StoreInput(store, onlyPart(store, made)),
          row -> {
            wanted.computeIfAbsent(row.split(), split -> new ArrayList<>()).add(row.text());
            validationBytes[0] +=
                row.split().equals("validation")
                    ? row.text().getBytes(StandardCharsets.UTF_8).length
                    : 0;
          });
      Predicted train = predicted(store, made, "shard-", tokenizer);
      Predicted validation = predicted(store, made, "validation-", tokenizer);

      assertThat(train.texts()).containsExactlyInAnyOrderElementsOf(wanted.get("train"));
      assertThat(validation.texts()).containsExactlyInAnyOrderElementsOf(wanted.get("validation"));
      assertThat(made.tokens())
          .isEqualTo(
              new TokensRef(
                  made.tokens().fingerprint(),
                  train.tokens(),
                  train.rows(),
                  validation.tokens(),
                  validationBytes[0],
                  ROWS.context()));
      assertThat(wanted.get("train")).anyMatch(words -> words.contains("<|endoftext|>"));
    }
  }

  private static String onlyPart(ArtifactStore store, Made made) throws IOException {
    String folder = Stage.DOCUMENTS.at(made.documents().fingerprint());
    List<String> parts =
        Artifacts.find(store, folder).orElseThrow().files().stream()
            .filter(file -> file.name().startsWith("part-"))
            .map(file -> file.key(folder))
            .toList();
    assertThat(parts).hasSize(1);
    return parts.get(0);
  }

  /**
   * All that the rows of some shards ask a model to predict, as the texts between the ends of text.
   */
  private record Predicted(List<String> texts, long tokens, long rows) {}

  private static Predicted predicted(
      ArtifactStore store, Made made, String prefix, BytePairTokenizer tokenizer)
      throws IOException {
    List<String> texts = new ArrayList<>();
    long[] counts = new long[2];
    for (StoredFile file :
        Artifacts.find(store, Stage.TOKENS, made.tokens().fingerprint()).orElseThrow().files()) {
      if (file.name().startsWith(prefix)) {
        List<Integer> stream = new ArrayList<>();
        int[] filled = {0};
        Map<String, String> footer =
            ParquetFiles.read(
                new StoreInput(store, file.key(Stage.TOKENS.at(made.tokens().fingerprint()))),
                row -> {
                  ByteBuffer ids =
                      row.getBinary("tokens", 0).toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                  int shared = ids.getInt();
                  assertThat(
                          stream.isEmpty() ? tokenizer.endOfText() : stream.get(stream.size() - 1))
                      .isEqualTo(shared);
                  while (ids.hasRemaining()) {
                    stream.add(ids.getInt());
                  }
                  counts[1]++;
                  filled[0] += ROWS.context() + 1 - row.getInteger("length", 0);
                });
        assertThat(footer)
            .containsEntry("rootstock.row_tokens", "17")
            .containsEntry("rootstock.end_of_text", "0");
        int end = stream.size() - filled[0];
        counts[0] += end;
        List<Integer> document = new ArrayList<>();
        for (int id : stream.subList(0, end)) {
          if (id == tokenizer.endOfText()) {
            texts.add(tokenizer.decode(document.stream().mapToInt(i -> i).toArray()));
            document.clear();
          } else {
            document.add(id);
          }
        }
        assertThat(document).isEmpty();
      }
    }
    return new Predicted(texts, counts[0], counts[1]);
  }

  @Test
  void documentsThatHoldAPassageOfATestRowAreDroppedAndOthersStayWhatTheyWere() throws Exception {
    Random random = new Random(21);
    StringBuilder rows = new StringBuilder("text,label\n");
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < 40; row++) {
      texts.add(babble(random, 30));
      rows.append('"').append(texts.get(row)).append("\",").append(row % 2).append('\n');
    }
    Path table = Files.writeString(folder.resolve("task.csv"), rows);
    PinnedFile pinned =
        new PinnedFile(
            table.toUri(), Artifacts.sum(table), Files.size(table), java.util.Optional.empty());
    TaskSpec spec =
        CanonicalJson.read(
            "{\"type\":\"classify\",\"data\":[{\"sha256\":\""
                + pinned.sha256()
                + "\",\"bytes\":"
                + pinned.bytes()
                + "}],\"test\":[],\"fields\":{},\"format\":\"csv\",\"encoding\":\"utf-8\",\"testShare\":0.5}",
            TaskSpec.class);
    TestItems items =
        new TestItems(List.of(new TestItems.Task("task", spec, List.of(pinned), List.of())));
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 40; line++) {
      lines
          .append(Json.line(Map.of("text", babble(random, 40) + " " + texts.get(line))))
          .append('\n');
    }
    for (int twin = 0; twin < 5; twin++) { // of the same words without the row
      String words = babble(new Random(700 + twin), 300);
      lines.append(Json.line(Map.of("text", words + " " + texts.get(twin)))).append('\n');
      lines.append(Json.line(Map.of("text", words))).append('\n');
    }
    Path planted = Files.writeString(folder.resolve("planted.jsonl"), lines);
    List<String> held =
        TaskSplit.read(spec, List.of(pinned), List.of(), new WherePinned()).test().stream()
            .map(TaskRow::text)
            .toList();
    long testRows = held.size();
    long twins = texts.subList(0, 5).stream().filter(held::contains).count();

    Orders orders = new Orders(folder.resolve("screened"), Orders.flink(2), 2);
    CorpusRef corpus = orders.corpus(Orders.source(Format.JSONL, 1, planted, json));
    CleaningSpec cleaning = Orders.cleaning("{}");
    DocumentsRef screened =
        new CleanVerb()
            .carryOut(
                orders.clean(corpus, cleaning, java.util.Optional.of(orders.items(items))),
                progress,
                new Stop());
    DocumentsRef free =
        new CleanVerb().carryOut(orders.clean(corpus, cleaning), progress, new Stop());

    assertThat(testRows).isBetween(10L, 30L);
    assertThat(twins).isPositive();
    assertThat(free.documents() - screened.documents()).isEqualTo(testRows);
    Fingerprint task = items.tasks().get(0).fingerprint();
    Screening later =
        new ScreenVerb().carryOut(orders.screen(free, orders.items(items)), progress, new Stop());
    assertThat(later.tasks())
        .containsExactly(new Screening.Found(task, testRows, 0, testRows, testRows + twins));
    assertThat(
            new ScreenVerb()
                .carryOut(orders.screen(screened, orders.items(items)), progress, new Stop())
                .tasks())
        .containsExactly(new Screening.Found(task, testRows, 0, 0, 0));

    DocumentsRef none =
        new CleanVerb()
            .carryOut(
                orders.clean(corpus, Orders.cleaning("{\"minCharacters\":1000000}")),
                progress,
                new Stop());
    assertThat(none.documents()).isZero();
    assertThat(
            new ScreenVerb()
                .carryOut(orders.screen(none, orders.items(items)), progress, new Stop())
                .tasks())
        .containsExactly(new Screening.Found(task, testRows, 0, 0, 0));
    TokenizerRef tokenizer =
        new LearnVerb().carryOut(orders.learn(free, SMALL), progress, new Stop());
    assertThatThrownBy(
            () ->
                new TokenizeVerb()
                    .carryOut(orders.tokenize(corpus, none, tokenizer, ROWS), progress, new Stop()))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining("documents were dropped");
  }

  @Test
  void aCorpusThatGrowsCostsOnlyWhatIsNew() throws Exception {
    Path large = folder.resolve("large.txt");
    Files.writeString(large, babble(new Random(9), 400) + "\n\n" + "x".repeat(17 << 20));
    ListedSource old = Orders.source(Format.PARAGRAPHS, 1, large);
    Orders orders = new Orders(folder.resolve("grown"), Orders.flink(2), 2);
    CleaningSpec cleaning = Orders.cleaning("{\"validation\":0}");
    CorpusRef before = orders.corpus(old);
    DocumentsRef first =
        new CleanVerb().carryOut(orders.clean(before, cleaning), progress, new Stop());
    TokenizerRef tokenizer =
        new LearnVerb().carryOut(orders.learn(first, SMALL), progress, new Stop());
    TokensRef packed =
        new TokenizeVerb()
            .carryOut(orders.tokenize(before, first, tokenizer, ROWS), progress, new Stop());
    List<PinnedFile> files = new ArrayList<>(old.files());
    files.addAll(Orders.source(Format.PARAGRAPHS, 1, text).files());
    Files.delete(large); // whoever reads it again fails

    CorpusRef after =
        orders.corpus(new ListedSource("test", 1, old.licence(), Format.PARAGRAPHS, "text", files));
    DocumentsRef second =
        new CleanVerb().carryOut(orders.clean(after, cleaning), progress, new Stop());
    TokensRef more =
        new TokenizeVerb()
            .carryOut(orders.tokenize(after, second, tokenizer, ROWS), progress, new Stop());

    assertThat(second.documents()).isGreaterThan(first.documents());
    try (ArtifactStore store = Stores.open(orders.store())) {
      assertThat(names(store, Stage.DOCUMENTS, second.fingerprint(), "part-"))
          .hasSize(2)
          .containsAll(names(store, Stage.DOCUMENTS, first.fingerprint(), "part-"));
      assertThat(names(store, Stage.TOKENS, more.fingerprint(), "shard-"))
          .hasSize(2)
          .containsAll(names(store, Stage.TOKENS, packed.fingerprint(), "shard-"));
    }
  }

  private static List<String> names(
      ArtifactStore store, Stage stage, Fingerprint fingerprint, String prefix) throws IOException {
    return Artifacts.find(store, stage, fingerprint).orElseThrow().files().stream()
        .map(StoredFile::name)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  @Test
  void aWeightRepeatsTrainingDocumentsAndLeavesValidationAlone() throws Exception {
    TokensRef once = make("once", Orders.DIRECT, Orders.source(Format.AUTO, 1, text)).tokens();
    TokensRef twice = make("twice", Orders.DIRECT, Orders.source(Format.AUTO, 2, text)).tokens();

    assertThat(twice.tokens()).isEqualTo(2 * once.tokens());
    assertThat(twice.validationTokens()).isEqualTo(once.validationTokens()).isPositive();
  }

  @Test
  void twoDocumentsAreEnoughAndOneIsHeldOut() throws Exception {
    Path two =
        Files.writeString(
            folder.resolve("two.txt"),
            babble(new Random(1), 40) + "\n\n" + babble(new Random(2), 40));

    TokensRef tokens =
        make("two", Orders.DIRECT, Orders.source(Format.PARAGRAPHS, 1, two)).tokens();

    assertThat(tokens.tokens()).isPositive();
    assertThat(tokens.validationTokens()).isPositive();
  }

  @Test
  void anArtifactThatExistsIsAnsweredWithoutReadingTheCorpus() throws Exception {
    Made made = make("again", Orders.DIRECT, Orders.source(Format.AUTO, 1, json));
    Files.delete(json);

    CleaningSpec cleaning = Orders.cleaning("{\"validation\":0.1}");
    assertThat(
            new CleanVerb()
                .carryOut(made.orders().clean(made.corpus(), cleaning), progress, new Stop()))
        .isEqualTo(made.documents());
  }

  @Test
  void aFileThatChangedSinceItWasPinnedIsNamedOnEveryRunner() throws Exception {
    for (RunnerSpec runner : List.of(Orders.DIRECT, Orders.flink(1))) {
      Orders orders = new Orders(folder.resolve("changed"), runner, 1);
      CorpusRef corpus = orders.corpus(everything());
      Files.writeString(text, Files.readString(text) + "x");

      assertThatThrownBy(
              () ->
                  new CleanVerb()
                      .carryOut(orders.clean(corpus, Orders.cleaning("{}")), progress, new Stop()))
          .isInstanceOf(Hopeless.class)
          .hasMessageContaining("articles.txt has changed since the corpus was pinned");
    }
  }

  @Test
  void brokenFilesAreNamedTogetherAfterTheOthersWereRead() throws Exception {
    Path cut = folder.resolve("cut.jsonl.gz");
    byte[] whole = Files.readAllBytes(packed);
    Files.write(cut, Arrays.copyOf(whole, whole.length - 9));
    Path table = Files.writeString(folder.resolve("table.csv"), "body\nno text\n");
    Orders orders = new Orders(folder.resolve("broken"), Orders.DIRECT, 1);
    CorpusRef corpus = orders.corpus(Orders.source(Format.AUTO, 1, text, json, cut, table));

    for (int attempt = 0; attempt < 2; attempt++) { // the second finds what the first made
      DocumentsRef documents =
          new CleanVerb()
              .carryOut(orders.clean(corpus, Orders.cleaning("{}")), progress, new Stop());
      assertThat(documents.documents()).isGreaterThan(50);
      assertThatThrownBy(
              () -> new LearnVerb().carryOut(orders.learn(documents, SMALL), progress, new Stop()))
          .isInstanceOf(Hopeless.class)
          .hasMessageStartingWith("2 files of the corpus can not be read to the end")
          .hasMessageContaining("cut.jsonl.gz (the gzip file is cut off within member 1)")
          .hasMessageContaining("table.csv (the table has no column \"text\" but body");
    }
  }

  @Test
  void aRunnerThatIsNotThereNamesTheProfileToBuildWith() throws Exception {
    Orders orders =
        new Orders(
            folder.resolve("spark"), CanonicalJson.read("{\"spark\":{}}", RunnerSpec.class), 1);

    assertThatThrownBy(
            () ->
                new CleanVerb()
                    .carryOut(
                        orders.clean(orders.corpus(everything()), Orders.cleaning("{}")),
                        progress,
                        new Stop()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("-Pspark");
  }
}
