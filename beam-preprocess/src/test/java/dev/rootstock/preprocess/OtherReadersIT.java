package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Stores;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written, read by pyarrow and DuckDB as FORMATS.md says; ROOTSTOCK_PYTHON names a Python
 * that has them.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OtherReadersIT {
  /** Gives, for each file: columns, rows, the texts its rows predict or hold, by both readers. */
  private static final String READ =
      """
      import json, sys
      import duckdb, numpy, pyarrow.parquet as parquet
      from tokenizers import Tokenizer
      tokenizer, end = Tokenizer.from_file(sys.argv[1]), 0

      def ids(column):
          column = column.combine_chunks()
          width = column.type.byte_width // 4
          data = numpy.frombuffer(column.buffers()[1], dtype="<i4")
          return data[column.offset * width:][:len(column) * width].reshape(-1, width)

      def texts(rows, resumes, lengths):
          pieces, text = [], []
          for row, resumed, length in zip(rows, resumes, lengths):
              for i in range(1, length):
                  if i in resumed:
                      text = []
                  elif row[i] == end:
                      pieces.append(tokenizer.decode(text)); text = []
                  else:
                      text.append(int(row[i]))
          return pieces

      for path in sys.argv[2:]:
          table = parquet.read_table(path)
          sql = duckdb.sql(f"select * from read_parquet('{path}')").fetchnumpy()
          if "text" in table.column_names:
              one, other = table["text"].to_pylist(), list(sql["text"])
              assert table["id"].to_pylist() == list(sql["id"])
          else:
              rows, resumes = table["tokens"], table["resumes"].to_pylist()
              lengths = table["length"].to_pylist()
              blobs = numpy.frombuffer(b"".join(sql["tokens"]), dtype="<i4")
              blobs = blobs.reshape(len(sql["tokens"]), -1)
              one = texts(ids(rows), resumes, lengths)
              other = texts(blobs, [set(r) for r in sql["resumes"]], sql["length"])
              said = {k.decode(): v.decode() for k, v in table.schema.metadata.items()}
              assert int(said["rootstock.row_tokens"]) == rows.type.byte_width // 4
              assert int(said["rootstock.vocabulary"]) == tokenizer.get_vocab_size()
              # Where a document starts, an end of text stands before it; here no document is cut.
              for row, starts in zip(ids(rows), table["starts"].to_pylist()):
                  assert all(row[s - 1] == end for s in starts if s > 0), starts
          assert one == other
          print(json.dumps({"columns": table.column_names, "texts": one}))
      """;

  @TempDir Path folder;

  private static String python() throws Exception {
    String python = System.getenv("ROOTSTOCK_PYTHON");
    assumeTrue(python != null, "skipped: ROOTSTOCK_PYTHON names no interpreter");
    String modules = "duckdb, numpy, pyarrow, tokenizers";
    Process probe =
        new ProcessBuilder(python, "-c", "import " + modules).redirectErrorStream(true).start();
    probe.getInputStream().readAllBytes();
    assumeTrue(probe.waitFor() == 0, "skipped: " + python + " can not import " + modules);
    return python;
  }

  @Test
  void pyarrowAndDuckDbReadDocumentsAndTokens() throws Exception {
    String python = python();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add(
          Json.line(
              Map.of("text", "Number " + i + ": " + "graft, 接穗, прививка. ".repeat(1 + i % 7))));
    }
    Path corpusFile = folder.resolve("corpus.jsonl");
    Files.write(corpusFile, lines);
    Path store = folder.resolve("store");
    Orders orders = new Orders(store, Orders.DIRECT, 1);
    CorpusRef corpus = orders.corpus(Orders.source(Format.JSONL, 1, corpusFile));
    List<String> files = new ArrayList<>();
    try (ProgressLog progress =
        new ProgressLog(new PrintStream(System.err), Duration.ofSeconds(10))) {
      DocumentsRef documents =
          new CleanVerb()
              .carryOut(
                  orders.clean(corpus, Orders.cleaning("{\"recipe\":\"none\"}")),
                  progress,
                  new Stop());
      TokenizerRef tokenizer =
          new LearnVerb()
              .carryOut(
                  orders.learn(documents, new TokenizerSpec(300, TokenizerSpec.PreTokenizer.GPT2)),
                  progress,
                  new Stop());
      files.add(only(store, Stage.TOKENIZER.at(tokenizer.fingerprint()), "tokenizer.json"));
      files.addAll(all(store, Stage.DOCUMENTS.at(documents.fingerprint()), "part-"));
      int parts = files.size() - 1;
      for (TokensSpec.Packing packing : TokensSpec.Packing.values()) {
        TokensRef tokens =
            new TokenizeVerb()
                .carryOut(
                    orders.tokenize(corpus, documents, tokenizer, new TokensSpec(512, packing)),
                    progress,
                    new Stop());
        files.addAll(all(store, Stage.TOKENS.at(tokens.fingerprint()), ""));
      }
      List<Map<?, ?>> read = read(python, files);

      List<String> texts = texts(read.subList(0, parts));
      assertThat(texts).hasSize(60).contains("Number 0: graft, 接穗, прививка.");
      assertThat((List<?>) read.get(0).get("columns"))
          .map(String::valueOf)
          .contains("id", "text", "source", "url", "language", "licence");
      List<String> predicted = texts(read.subList(parts, read.size()));
      List<String> twice = Stream.of(texts, texts).flatMap(List::stream).toList();
      assertThat(predicted).containsExactlyInAnyOrderElementsOf(twice);
    }
  }

  private static List<String> all(Path store, String artifact, String prefix) throws Exception {
    try (ArtifactStore opened = Stores.open(store.toUri().toString())) {
      return Artifacts.find(opened, artifact).orElseThrow().files().stream()
          .filter(file -> file.name().startsWith(prefix) && file.name().endsWith(".parquet"))
          .map(file -> store.resolve(file.key(artifact)).toString())
          .toList();
    }
  }

  private static String only(Path store, String artifact, String name) throws Exception {
    try (ArtifactStore opened = Stores.open(store.toUri().toString())) {
      return Artifacts.find(opened, artifact).orElseThrow().files().stream()
          .filter(file -> file.name().equals(name))
          .map(file -> store.resolve(file.key(artifact)).toString())
          .findFirst()
          .orElseThrow();
    }
  }

  private List<Map<?, ?>> read(String python, List<String> files) throws Exception {
    Path log = folder.resolve("python.log");
    List<String> command = new ArrayList<>(List.of(python, "-c", READ));
    command.addAll(files);
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    List<Map<?, ?>> read = new ArrayList<>();
    answer.lines().forEach(line -> read.add((Map<?, ?>) Json.parse(line)));
    return read;
  }

  private static List<String> texts(List<Map<?, ?>> read) {
    return read.stream()
        .flatMap(file -> ((List<?>) file.get("texts")).stream())
        .map(String::valueOf)
        .toList();
  }
}
