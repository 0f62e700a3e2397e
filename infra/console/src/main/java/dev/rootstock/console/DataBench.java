package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.DataBenchOrder;
import dev.rootstock.contract.engine.DataBenchOrder.Side;
import dev.rootstock.contract.engine.DataBenchRun;
import dev.rootstock.contract.engine.Progress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The data pipeline timed beside others on one corpus: each side in a process of its own, in a
 * folder that is removed after it. Not thread-safe.
 */
public final class DataBench implements AutoCloseable {
  private static final TokensSpec ROWS = new TokensSpec(1024);

  /** What the peer does too: the basic rules and exact duplicates, nothing masked. */
  private static final String CLEANING =
      "{\"recipe\":\"basic\",\"deduplicate\":\"exact\",\"mask\":[]}";

  private static final String PEER = "peer_data.py";

  private final Engines engines;
  private final Path home;
  private final Path folder;
  private final RunnerSpec runner;
  private final TokenizerSpec tokenizer;
  private final TokensSpec rows;

  /**
   * @param home where Rootstock lies
   * @param workspace where to write: some ten times the corpus
   * @param runner of the pipeline
   * @param vocabulary to learn
   */
  public DataBench(
      Engines engines, Path home, Workspace workspace, RunnerSpec runner, int vocabulary) {
    this(
        engines,
        home,
        workspace.folder().resolve("bench").toAbsolutePath().normalize(),
        runner,
        vocabulary,
        ROWS);
  }

  DataBench(
      Engines engines, Path home, Path folder, RunnerSpec runner, int vocabulary, TokensSpec rows) {
    this.engines = engines;
    this.home = home;
    this.folder = folder;
    this.runner = runner;
    this.tokenizer = new TokenizerSpec(vocabulary, TokenizerSpec.PreTokenizer.GPT2);
    this.rows = rows;
  }

  /** A corpus that is made up, of about so many bytes; the same for the same size. */
  public List<String> madeUp(long bytes, Consumer<Progress> listener) {
    return engines.bench(order(Side.GENERATE, corpus(), List.of(), bytes), listener).files();
  }

  /**
   * Files of one's own: {@code .jsonl} with the text under {@code text}, or whatever a corpus may
   * hold if there is no peer.
   *
   * @param places files, or globs of the last part of a path
   */
  public static List<String> given(List<String> places) {
    List<String> files = new ArrayList<>();
    for (String place : places) {
      Path path = Path.of(place);
      Path parent = path.toAbsolutePath().getParent();
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(parent, path.getFileName().toString())) {
        int before = files.size();
        found.forEach(file -> files.add(file.normalize().toString()));
        if (files.size() == before) {
          throw new InvalidConfig(
              Problem.of("--source", place, "a file, or a glob that some files match"));
        }
      } catch (IOException absent) {
        throw new InvalidConfig(
            Problem.of("--source", place, "a file, or a glob that some files match"));
      }
    }
    return files.stream().sorted().distinct().toList();
  }

  /** Times the pipeline or the plain loop. */
  public DataBenchRun run(Side side, List<String> files, Consumer<Progress> listener) {
    Path place = folder.resolve(CanonicalJson.word(side));
    Workspace.remove(place);
    return engines.bench(order(side, place, files, 0), listener);
  }

  private DataBenchOrder order(Side side, Path place, List<String> files, long bytes) {
    return new DataBenchOrder(
        Engines.attempt(store(side).toUri().toString()),
        side,
        place.toString(),
        files,
        bytes,
        runner,
        CanonicalJson.read(CLEANING, CleaningSpec.class),
        tokenizer,
        rows);
  }

  /**
   * Times datatrove on the same files, with the tokenizer that the pipeline learned.
   *
   * @param python that has what {@code infra/bench/requirements.txt} lists
   * @throws Refused if it fails
   */
  public DataBenchRun peer(String python, List<String> files, String tokenizer, int workers) {
    Path place = folder.resolve("peer");
    Workspace.remove(place);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--folder",
                place.toString(),
                "--tokenizer",
                tokenizer,
                "--workers",
                String.valueOf(workers)));
    arguments.addAll(files);
    return new PeerProcess(python, home, PEER).answer(place, arguments, DataBenchRun.class);
  }

  /** The store that a side leaves, until it runs again. */
  Path store(Side side) {
    return folder.resolve(CanonicalJson.word(side)).resolve("store");
  }

  private Path corpus() {
    return folder.resolve("corpus");
  }

  /** Removes all that was written, the made-up corpus too. */
  @Override
  public void close() {
    Workspace.remove(folder);
  }
}
