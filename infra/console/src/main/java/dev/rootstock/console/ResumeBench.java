package dev.rootstock.console;

import dev.rootstock.activities.engine.EngineProcess;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.DataBenchOrder.Side;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Pretrains one tiny model again and again by the real engines, each time cut short another way,
 * and compares what comes out with what an undisturbed training left. Every case has a store of its
 * own, with copies of the same tokens. Not thread-safe.
 */
public final class ResumeBench implements AutoCloseable {
  public static final long STEPS = 20;

  private static final int CONTEXT = 128;
  private static final int ROWS = 8;
  private static final int ROWS_OF_A_PART = 64; // 8,192 tokens, what an engine computes at once
  private static final long BYTES = 400_000; // of made-up text
  private static final int VOCABULARY = 512;
  private static final int TRIES = 3; // to cut an engine before it ends by itself

  private final Engines engines;
  private final Path folder;
  private final DataBench data;
  private final int threads;
  private final Map<String, String> environment;
  private final Map<Integer, Outcome> undisturbed = new HashMap<>();
  private TokensRef tokens;
  private TokenizerRef tokenizer;
  private int count;

  /**
   * @param home where Rootstock lies
   * @param backend that engines open; empty: whichever they choose
   */
  public ResumeBench(
      Engines engines, Path home, Workspace workspace, int threads, Optional<String> backend) {
    this.engines = engines;
    this.folder = workspace.folder().resolve("bench-resume").toAbsolutePath().normalize();
    this.threads = threads;
    this.environment = backend.map(name -> Map.of(Engines.BACKEND, name)).orElse(Map.of());
    this.data =
        new DataBench(
            engines,
            home,
            folder.resolve("data"),
            RunnerSpec.LOCAL,
            VOCABULARY,
            new TokensSpec(CONTEXT));
  }

  /**
   * What a training left.
   *
   * @param sums sha256 of the last checkpoint's files, by name; without the metrics
   * @param losses of each step, as they are spelled
   * @param resumedFrom steps that its engines began at, the first at 0
   */
  record Outcome(Map<String, String> sums, List<String> losses, List<Long> resumedFrom) {}

  /**
   * One case beside the undisturbed training.
   *
   * @param cut whether every cut came before the engine's own end
   */
  public record Verdict(
      String name,
      List<Long> resumedFrom,
      boolean cut,
      boolean weights,
      boolean moments,
      boolean state,
      boolean losses,
      Map<String, String> sha256) {
    /** Whether nothing can be told apart. */
    public boolean exact() {
      return cut && weights && moments && state && losses;
    }
  }

  /** Makes the tokens. */
  public void prepare(Consumer<Progress> listener) {
    Workspace.remove(folder);
    removeLogs();
    data.run(Side.PIPELINE, data.madeUp(BYTES, listener), listener);
    try (ArtifactStore store = Stores.open(source().toUri())) {
      tokens = only(store, Stage.TOKENS, TokensRef.class);
      tokenizer = only(store, Stage.TOKENIZER, TokenizerRef.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path source() {
    return data.store(Side.PIPELINE);
  }

  private static <T> T only(ArtifactStore store, Stage stage, Class<T> type) throws IOException {
    for (String key : store.list(stage.folder() + "/")) {
      if (key.endsWith("/" + Manifest.NAME)) {
        String place = key.substring(0, key.length() - Manifest.NAME.length() - 1);
        return Artifacts.find(store, place).orElseThrow().result(type);
      }
    }
    throw new IllegalStateException("no " + stage + " were made");
  }

  /** Carries a case out, and the undisturbed training first where there was none of its kind. */
  public Verdict judge(ResumeCase one) {
    try {
      if (!undisturbed.containsKey(one.parts())) {
        ResumeCase calm = new ResumeCase("", one.parts(), ResumeCase.NEVER);
        undisturbed.put(one.parts(), train(calm).orElseThrow());
      }
      Outcome calm = undisturbed.get(one.parts());
      Optional<Outcome> outcome = Optional.empty();
      for (int attempt = 0; attempt < TRIES && outcome.isEmpty(); attempt++) {
        outcome = train(one);
      }
      return outcome
          .map(cut -> compare(one, calm, cut))
          .orElseGet(
              () ->
                  new Verdict(one.name(), List.of(), false, false, false, false, false, Map.of()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new Refused("the comparison was interrupted", leaving);
    }
  }

  static Verdict compare(ResumeCase one, Outcome calm, Outcome cut) {
    return new Verdict(
        one.name(),
        cut.resumedFrom(),
        cut.resumedFrom().size() == one.cuts().size() + 1,
        same(calm, cut, "model"),
        same(calm, cut, "optimizer"),
        same(calm, cut, "trainer_state"),
        calm.losses().size() == STEPS && calm.losses().equals(cut.losses()),
        cut.sums());
  }

  private static boolean same(Outcome calm, Outcome cut, String prefix) {
    Map<String, String> wanted = starting(calm, prefix);
    return !wanted.isEmpty() && wanted.equals(starting(cut, prefix));
  }

  private static Map<String, String> starting(Outcome outcome, String prefix) {
    Map<String, String> sums = new TreeMap<>(outcome.sums());
    sums.keySet().removeIf(name -> !name.startsWith(prefix));
    return sums;
  }

  /** Empty if an engine came to its end before it could be cut. */
  private Optional<Outcome> train(ResumeCase one) throws IOException, InterruptedException {
    Path store = folder.resolve("case-" + ++count).resolve("store");
    copy(source(), store);
    int number = 0;
    for (ResumeCase.Cut cut : one.cuts()) {
      number++;
      Path log = log(number);
      try (EngineProcess engine = engines.pretrain(order(one, store, number), log, environment)) {
        if (!reached(engine, log, cut.after())) {
          EngineProcess.End end = engine.end();
          if (end.exit() == EngineExit.DONE) {
            return Optional.empty();
          }
          throw failed(end, log);
        }
        if (cut.kill()) {
          engine.kill();
        } else {
          engine.stop();
        }
        if (engine.end().exit() == EngineExit.DONE) {
          return Optional.empty();
        }
      }
    }
    Path log = log(number + 1);
    Map<String, String> last = new HashMap<>(environment);
    last.putAll(one.lastEnvironment());
    try (EngineProcess engine = engines.pretrain(order(one, store, number + 1), log, last)) {
      EngineProcess.End end = engine.end();
      if (end.exit() != EngineExit.DONE) {
        throw failed(end, log);
      }
      return Optional.of(
          outcome(store, CanonicalJson.read(end.result().orElseThrow(), CheckpointRef.class)));
    }
  }

  /** Lines of an earlier comparison would be taken for this one's. */
  private void removeLogs() {
    try (Stream<Path> logs = Files.list(Files.createDirectories(folder.resolveSibling("logs")))) {
      for (Path log : logs.toList()) {
        if (log.getFileName().toString().startsWith("bench-resume-")) {
          Files.delete(log);
        }
      }
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  /** Outside of what is removed. */
  private Path log(int number) {
    return folder.resolveSibling("logs").resolve("bench-resume-" + count + "-" + number + ".log");
  }

  private static Refused failed(EngineProcess.End end, Path log) {
    String last = end.tail().isEmpty() ? "" : ": " + end.tail().get(end.tail().size() - 1);
    return new Refused("pretrain ended with exit code " + end.exit() + last + "\nIts log: " + log);
  }

  /** Whether the engine has taken a step before it ended. */
  private static boolean reached(EngineProcess engine, Path log, long step)
      throws IOException, InterruptedException {
    String line = "step " + step + "/";
    boolean ended = false;
    while (true) {
      if (Files.exists(log) && Files.readString(log).contains(line)) {
        return true;
      }
      if (ended) {
        return false;
      }
      ended = engine.ended(Duration.ofMillis(2));
    }
  }

  private PretrainOrder order(ResumeCase one, Path store, int number) {
    int layers = one.parts() == 1 ? 2 : 1; // many rows of a smaller model
    PretrainSpec spec =
        new PretrainSpec(
            ModelShape.ofDepth(ModelShape.Family.LLAMA, layers, tokenizer.vocabulary(), CONTEXT),
            STEPS,
            one.parts() == 1 ? ROWS : ROWS_OF_A_PART * (one.parts() - 1) + ROWS,
            new LearningSchedule(0.003, 4, STEPS, 0.1),
            OptimizerSpec.DEFAULT,
            1,
            Numeric.DEFAULT);
    Map<String, Fingerprint> inputs =
        Map.of("tokens", tokens.fingerprint(), "tokenizer", tokenizer.fingerprint());
    return new PretrainOrder(
        new Attempt(store.toUri().toString(), "bench-resume", number, threads),
        Fingerprint.of(Stage.PRETRAIN, inputs, spec),
        tokens,
        tokenizer,
        spec,
        new Cadence(Duration.ofHours(1), Optional.of(one.every()), 3, 0, Optional.empty(), 0));
  }

  private static Outcome outcome(Path place, CheckpointRef last) throws IOException {
    try (ArtifactStore store = Stores.open(place.toUri())) {
      Manifest manifest = Artifacts.read(store, last.location()).orElseThrow();
      Map<String, String> sums = new TreeMap<>();
      List<String> losses = new ArrayList<>();
      for (StoredFile file : manifest.files()) {
        if (file.name().equals("metrics.jsonl")) {
          String lines = new String(store.read(file.key(last.location())), StandardCharsets.UTF_8);
          lines
              .lines()
              .map(line -> ((Map<?, ?>) Json.parse(line)).get("loss"))
              .forEach(loss -> losses.add(String.valueOf(loss)));
        } else {
          sums.put(file.name(), file.sha256());
        }
      }
      List<Long> from =
          new Checkpoints(store, last.fingerprint())
              .claims().all().stream().map(entry -> entry.value().resumeFrom()).toList();
      return new Outcome(sums, losses, from);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Removes all that was written. */
  @Override
  public void close() {
    Workspace.remove(folder);
  }
}
