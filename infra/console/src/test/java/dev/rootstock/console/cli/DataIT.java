package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.store.BucketServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One folder is prepared, and looked at by each test: starting engines is what takes time. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DataIT {
  private static final String READ =
      """
      import json, sys
      import pyarrow.parquet as pq
      out = {}
      for part in ('documents', 'dropped'):
          table = pq.read_table(sys.argv[1] + '/' + part)
          out[part] = {'columns': table.column_names, 'rows': table.num_rows,
                       'sources': sorted(table.column('source').to_pylist())}
      print(json.dumps(out))
      """;

  @TempDir private static Path folder;
  private static CommandLineProcess.Ended prepared;

  private static CommandLineProcess.Ended run(String... arguments) throws Exception {
    return CommandLineProcess.run(folder, arguments);
  }

  private static CommandLineProcess.Ended prepare(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("data", "prepare", "--source", "in/**", "--recipe", "basic"));
    arguments.addAll(
        List.of(
            "--out", "out", "--licence", "CC0-1.0", "-o", "json", "--set", "deduplicate=exact"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @BeforeAll
  static void aSmallCorpus() throws Exception {
    CommandLineProcess.assumeEnginesAreBuilt();
    Path news = Files.createDirectories(folder.resolve("in/news"));
    String[] plants = {"apple", "pear", "plum"};
    for (int i = 0; i < 6; i++) {
      String line = "In year " + i + " the gardener grafts a " + plants[i % 3] + ". ";
      Files.writeString(news.resolve(i + ".txt"), line.repeat(3 + i));
    }
    Files.copy(news.resolve("2.txt"), news.resolve("twin.txt"));
    Files.write(
        news.resolve("broken.txt"), "caf\u00e9 ".repeat(50).getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(news.resolve("empty.txt"), " \n");
    Files.writeString(
        folder.resolve("in/page.md"), "# Title\n\n" + "Some **bold** words. ".repeat(9));
    StringBuilder lines = new StringBuilder("not json\n{\"body\":\"no text\"}\n");
    for (int i = 0; i < 8; i++) {
      Map<String, Object> line =
          Map.of(
              "text", i % 2 == 0 ? "苹果树在春天开花。".repeat(20 + i) : "short " + i,
              "language", i % 2 == 0 ? "zh" : "en",
              "url", "https://example.org/" + i);
      lines.append(Json.line(line)).append('\n');
    }
    Files.writeString(folder.resolve("in/lines.jsonl"), lines);
    prepared = prepare();
    assertThat(prepared.exit()).as(prepared.err()).isZero();
  }

  private static Map<?, ?> json(CommandLineProcess.Ended ended) {
    assertThat(ended.exit()).as(ended.err()).isZero();
    return (Map<?, ?>) Json.parse(ended.out());
  }

  @Test
  @Order(1)
  void prepareWritesTheFourAndTellsWhatBecameOfTheCorpus() throws IOException {
    Map<?, ?> result = json(prepared);

    assertThat(result.get("reused")).isEqualTo(false);
    Map<?, ?> statistics = (Map<?, ?>) result.get("statistics");
    assertThat(statistics.get("in")).isEqualTo(6L + 3 + 1 + 10);
    assertThat(statistics.get("kept")).isEqualTo(6L + 1 + 4);
    assertThat(statistics.get("dropped"))
        .isEqualTo(Map.of("UNREADABLE", 3L, "EMPTY", 1L, "TOO_SHORT", 4L, "DUPLICATE", 1L));
    assertThat(prepared.err()).contains("next  rootstock data inspect out");
    Path out = folder.resolve("out");
    assertThat(Json.parse(Files.readString(out.resolve("statistics.json")))).isEqualTo(statistics);
    assertThat(out.resolve("statistics.html")).content().contains("20 documents were read");
    assertThat(names(out))
        .containsExactly("documents", "dropped", "statistics.html", "statistics.json");
    assertThat(names(out.resolve("documents"))).allMatch(name -> name.endsWith(".parquet"));
    assertThat(names(out.resolve("dropped"))).allMatch(name -> name.endsWith(".parquet"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @Order(2)
  void pythonReadsItWithTheNamesOfFilesAndRecords() throws Exception {
    String python = System.getenv().getOrDefault("ROOTSTOCK_PYTHON", "python3");
    Process has = new ProcessBuilder(python, "-c", "import pyarrow").start();
    assumeTrue(
        has.waitFor() == 0, python + " has no pyarrow; set ROOTSTOCK_PYTHON to one that has");
    Process reader =
        new ProcessBuilder(python, "-c", READ, folder.resolve("out").toString()).start();

    Map<?, ?> read =
        (Map<?, ?>)
            Json.parse(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

    Map<?, ?> documents = (Map<?, ?>) read.get("documents");
    Map<?, ?> dropped = (Map<?, ?>) read.get("dropped");
    assertThat(documents.get("rows")).isEqualTo(11L);
    assertThat(documents.get("columns"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .startsWith("id", "text", "source", "url", "language", "licence");
    assertThat(documents.get("sources"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .contains("news/2.txt#0", "page.md#0")
        .anyMatch(source -> source.startsWith("lines.jsonl#"));
    assertThat(dropped.get("columns"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .endsWith("reason", "rule", "detail");
    assertThat(dropped.get("sources"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
        .contains("news/twin.txt#0", "news/broken.txt#0", "lines.jsonl#0", "news/empty.txt#0")
        .hasSize(9);
  }

  @Test
  @Order(3)
  void inspectTellsCountsOfAFolderAndOfTheStore() throws Exception {
    CommandLineProcess.Ended folderTold = run("data", "inspect", "out");
    assertThat(folderTold.out())
        .contains("basic/long-enough/1   TOO_SHORT    4")
        .containsPattern("zh +4 +4 +100 %")
        .containsPattern("in/\\*\\* +20 +11 +55.0 % .* CC0-1.0");
    Map<?, ?> documents = (Map<?, ?>) json(prepared).get("documents");
    String brief = String.valueOf(documents.get("fingerprint")).substring(0, 8);

    Map<?, ?> store =
        (Map<?, ?>) json(run("data", "inspect", brief, "-o", "json")).get("statistics");

    assertThat(store.get("in")).isEqualTo(20L);
    assertThat(((Map<?, ?>) ((List<?>) store.get("sources")).get(0)).get("name"))
        .isEqualTo("in/**");
  }

  @Test
  @Order(4)
  void droppedAndSampleShowDocuments() throws Exception {
    Map<?, ?> dropped = json(run("data", "dropped", "out", "--reason", "DUPLICATE", "-o", "json"));
    assertThat(dropped.get("matching")).isEqualTo(1L);
    Map<?, ?> twin = (Map<?, ?>) ((List<?>) dropped.get("documents")).get(0);
    assertThat(twin.get("source")).isEqualTo("news/twin.txt#0");
    assertThat((String) twin.get("detail")).endsWith("from news/2.txt#0");

    Map<?, ?> sample =
        json(run("data", "sample", "out", "-n", "2", "--language", "zh", "-o", "json"));
    assertThat(sample.get("matching")).isEqualTo(4L);
    assertThat((List<?>) sample.get("documents")).hasSize(2);
  }

  @Test
  @Order(5)
  void theSameAgainFindsEverythingAndReplacesTheFolder() throws Exception {
    Path kept = folder.resolve("out/statistics.json");
    byte[] before = Files.readAllBytes(kept);
    Files.setLastModifiedTime(kept, FileTime.fromMillis(0));

    Map<?, ?> again = json(prepare());

    assertThat(again.get("reused")).isEqualTo(true);
    assertThat(Files.readAllBytes(kept)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(kept).toMillis()).isPositive();
    assertThat(names(folder)).noneMatch(name -> name.startsWith(".out"));
  }

  @Test
  @Order(6)
  void whatIsWrongIsToldAtOnceAndNothingIsStarted() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectory(elsewhere.resolve("kept"));
    Files.writeString(elsewhere.resolve("kept/mine.txt"), "x");

    CommandLineProcess.Ended ended =
        CommandLineProcess.run(
            elsewhere,
            "data",
            "prepare",
            "--source",
            "nothing/*.txt",
            "--recipe",
            "basik",
            "--set",
            "minCharacters=-1",
            "--out",
            "kept");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--source is \"nothing/*.txt\"")
        .contains("--recipe is \"basik\"")
        .contains("Did you mean basic?")
        .contains("--out is ")
        .contains("which holds mine.txt");
    assertThat(elsewhere.resolve("kept/mine.txt")).exists();
    assertThat(elsewhere.resolve("rootstock-store/documents")).doesNotExist();
    assertThat(run("data", "inspect", "nix"))
        .satisfies(unknown -> assertThat(unknown.exit()).isEqualTo(2))
        .satisfies(
            unknown ->
                assertThat(unknown.err()).contains("a folder that rootstock data prepare wrote"));
  }

  @Test
  @Order(7)
  void anOutputWithinTheCorpusIsRefusedOnceItWouldBeReadAgain() throws Exception {
    CommandLineProcess.Ended ended =
        run("data", "prepare", "--source", "out", "--out", "out", "--format", "text");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.err()).contains("--out is a folder that --source reads from");
  }

  @Test
  @Order(8)
  void aListOfSitesDropsTheirDocumentsAndIsKnownByItsEntries() throws Exception {
    Path list = Files.createDirectory(folder.resolve("lists")).resolve("sites.txt");
    Files.writeString(list, "0.0.0.0 nobody.example\nexample.org/2\nexample.org/6\n");
    Map<?, ?> first = json(prepare("--block-sites", "lists/*.txt"));
    Files.writeString(list, "# the same\nexample.org/6\nexample.org/2\nnobody.example\n");

    Map<?, ?> second = json(prepare("--block-sites", "lists/*.txt"));

    Map<?, ?> statistics = (Map<?, ?>) first.get("statistics");
    assertThat(((Map<?, ?>) statistics.get("dropped")).get("URL_BLOCKED")).isEqualTo(2L);
    assertThat(statistics.get("kept")).isEqualTo(6L + 1 + 2);
    assertThat(first.get("reused")).isEqualTo(false);
    assertThat(second.get("reused")).isEqualTo(true);
    Files.writeString(list, "example.org\nno entry\n");
    CommandLineProcess.Ended wrong =
        run("data", "prepare", "--source", "in/**", "--out", "o", "--block-sites", "lists/*.txt");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("--block-sites is ").contains("line 2 (\"no entry\")");
  }

  @Test
  @Order(9)
  void aCorpusAndAStoreInABucketGiveTheSameFilesToTheByte() throws Exception {
    assumeTrue(
        BucketServer.built().isPresent(), "the store's tests are not compiled; mvn verify does");
    try (BucketServer bucket = BucketServer.start(Files.createDirectory(folder.resolve("s3")))) {
      bucket.put("in", files(folder.resolve("in")));
      bucket.put("in/news", files(folder.resolve("in/news")));

      CommandLineProcess.Ended ended =
          CommandLineProcess.start(
                  folder,
                  bucket.environment(),
                  List.of(
                      "data",
                      "prepare",
                      "--source",
                      bucket.at("in/**").toString(),
                      "--store",
                      bucket.at("store").toString(),
                      "--recipe",
                      "basic",
                      "--licence",
                      "CC0-1.0",
                      "--set",
                      "deduplicate=exact",
                      "--out",
                      "distant"))
              .end();

      assertThat(ended.exit()).as(ended.err()).isZero();
      json(prepare());
      for (String part : List.of("documents", "dropped")) {
        List<Path> here = files(folder.resolve("out").resolve(part));
        assertThat(names(folder.resolve("distant").resolve(part)))
            .isEqualTo(names(folder.resolve("out").resolve(part)));
        for (Path file : here) {
          assertThat(folder.resolve("distant").resolve(part).resolve(file.getFileName()))
              .hasSameBinaryContentAs(file);
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  @Order(10)
  void anInterruptLeavesNothingHalfWritten() throws Exception {
    StringBuilder large = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      large
          .append("Paragraph ")
          .append(i)
          .append(" of a large file that takes a while to clean, and more. ");
      large.append("It goes on for some more words, so that it is long enough.\n\n");
    }
    Files.writeString(folder.resolve("large.txt"), large);
    CommandLineProcess process =
        CommandLineProcess.start(
            folder,
            Map.of(),
            List.of(
                "data",
                "prepare",
                "--source",
                "large.txt",
                "--format",
                "paragraphs",
                "--out",
                "never"));
    Path store = folder.resolve("rootstock-store/segments");
    long segments = count(store);
    while (process.isAlive() && count(store) == segments) {
      TimeUnit.MILLISECONDS.sleep(20); // between looks
    }
    process.handle().destroy();

    assertThat(process.end().exit()).isEqualTo(143);
    assertThat(names(folder)).noneMatch(name -> name.contains("never"));
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
