package dev.rootstock.console;

import dev.rootstock.activities.engine.EngineCommand;
import dev.rootstock.activities.engine.EngineProcess;
import dev.rootstock.activities.engine.JdkChoice;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.engine.AdaptersBenchOrder;
import dev.rootstock.contract.engine.AdaptersBenchRun;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.DataBenchOrder;
import dev.rootstock.contract.engine.DataBenchRun;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.Exported;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.ImportOrder;
import dev.rootstock.contract.engine.Imported;
import dev.rootstock.contract.engine.LookOrder;
import dev.rootstock.contract.engine.Looked;
import dev.rootstock.contract.engine.MeasureOrder;
import dev.rootstock.contract.engine.Measured;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.PublishOrder;
import dev.rootstock.contract.engine.Published;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import dev.rootstock.contract.engine.WeighOrder;
import dev.rootstock.contract.engine.Weighed;
import dev.rootstock.contract.store.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Engines that a person starts and waits for, without a workflow: to use what was made.
 * Thread-safe.
 */
public final class Engines {
  static final String BACKEND = "ROOTSTOCK_BACKEND"; // what an engine opens
  private static final String RUN = "by-hand"; // no run pays; the name of their log folder

  private final Path home;
  private final Workspace workspace;

  Engines(Path home, Workspace workspace) {
    this.home = home;
    this.workspace = workspace;
  }

  /**
   * How words are chosen.
   *
   * @param tokens at most
   * @param temperature 0: always the likeliest
   * @param topK 0: from all
   * @param topP 1: from all
   * @param repetitionPenalty 1: none
   * @param stops texts at which an answer ends
   * @param form how prompts reach the model
   */
  public record Sampling(
      int tokens,
      double temperature,
      int topK,
      double topP,
      double repetitionPenalty,
      long seed,
      List<String> stops,
      GenerateOrder.Form form) {
    /** The model goes on from prompts as they stand, until it ends by itself. */
    public Sampling(int tokens, double temperature, double topP, long seed) {
      this(tokens, temperature, 0, topP, 1, seed, List.of(), GenerateOrder.Form.PLAIN);
    }
  }

  /** Text that goes on from each prompt. */
  public Generated generate(
      String store,
      CheckpointRef model,
      List<String> prompts,
      Sampling sampling,
      Consumer<Progress> listener) {
    return carryOut("generate", order(store, model, prompts, sampling), Generated.class, listener);
  }

  /** A conversation with a model, which stays loaded until it is closed. */
  public Conversation converse(String store, CheckpointRef model, Sampling sampling) {
    try {
      return Conversation.start(
          command(), order(store, model, List.of(), sampling), workspace, log("chat"));
    } catch (IOException unstarted) {
      throw broken("chat", unstarted);
    }
  }

  /**
   * Writes a Hugging Face folder.
   *
   * @param dtype empty: as the weights came in
   * @param shardBytes of weights in one file, at most
   */
  public Exported export(
      String store,
      CheckpointRef model,
      Path folder,
      Optional<ExportOrder.Dtype> dtype,
      long shardBytes,
      ExportOrder.Content content,
      Consumer<Progress> listener) {
    return carryOut(
        "export",
        new ExportOrder(
            attempt(store),
            model,
            folder.toAbsolutePath().normalize().toString(),
            dtype,
            shardBytes,
            content),
        Exported.class,
        listener);
  }

  /**
   * Takes a Hugging Face folder over into a store; it gets no name there.
   *
   * @param base what the folder's adapter was made on; empty: the folder holds a whole model
   */
  public Imported takeOver(
      String store, Path folder, Optional<CheckpointRef> base, Consumer<Progress> listener) {
    return carryOut(
        "import",
        new ImportOrder(attempt(store), folder.toAbsolutePath().normalize().toString(), base),
        Imported.class,
        listener);
  }

  /**
   * How well a model foresees a text file.
   *
   * @param window empty: the context
   * @param stride empty: the window
   */
  public Measured measure(
      String store,
      CheckpointRef model,
      Path text,
      Optional<Integer> window,
      Optional<Integer> stride,
      Consumer<Progress> listener) {
    PinnedFile pinned;
    try {
      pinned =
          new PinnedFile(
              text.toAbsolutePath().normalize().toUri(),
              Artifacts.sum(text),
              Files.size(text),
              Optional.empty());
    } catch (IOException unreadable) {
      throw new Refused(text + " can not be read: " + unreadable.getMessage(), unreadable);
    }
    return carryOut(
        "measure",
        new MeasureOrder(attempt(store), model, pinned, window, stride),
        Measured.class,
        listener);
  }

  /** The memory that trainings would need on this machine. */
  public Weighed weigh(String store, List<WeighOrder.Training> trainings) {
    return carryOut(
        "weigh", new WeighOrder(attempt(store), trainings), Weighed.class, progress -> {});
  }

  /** One side of a comparison of the engine that knows text, warm or cold as a large job is. */
  public DataBenchRun bench(DataBenchOrder order, Consumer<Progress> listener) {
    return carryOut(text().forBytes(Long.MAX_VALUE), "bench", order, DataBenchRun.class, listener);
  }

  /** A training, timed step by step; the order's backend is the one that is opened. */
  public TrainBenchRun bench(TrainBenchOrder order, Consumer<Progress> listener) {
    EngineCommand command = command();
    Map<String, String> environment = new HashMap<>(command.environment());
    order.backend().ifPresent(backend -> environment.put(BACKEND, backend));
    return carryOut(
        new EngineCommand(command.line(), environment),
        "bench",
        order,
        order.threads(),
        TrainBenchRun.class,
        listener);
  }

  /** Adapters learned together, or one alone, timed. */
  public AdaptersBenchRun bench(AdaptersBenchOrder order, Consumer<Progress> listener) {
    return carryOut(
        command(),
        "bench-adapters",
        order,
        order.training().threads(),
        AdaptersBenchRun.class,
        listener);
  }

  /**
   * Starts a pretraining for whoever wants to disturb it; the caller closes it.
   *
   * @param log that the engine writes a line to at each step
   * @param more added to its environment
   */
  EngineProcess pretrain(PretrainOrder order, Path log, Map<String, String> more) {
    EngineCommand command = command();
    Map<String, String> environment = new HashMap<>(command.environment());
    environment.putAll(more);
    try {
      return EngineProcess.start(
          new EngineCommand(command.line(), environment),
          "pretrain",
          order,
          order.attempt().cores(),
          workspace.engines(),
          log,
          progress -> {});
    } catch (IOException unstarted) {
      throw broken("pretrain", unstarted);
    }
  }

  /** Documents of a pinned corpus, made or found. */
  public DocumentsRef clean(CleanOrder order, Consumer<Progress> listener) {
    return carryOut(
        text().forBytes(order.corpus().bytes()), "clean", order, DocumentsRef.class, listener);
  }

  /** Writes documents to a folder. */
  public Published publish(PublishOrder order, Consumer<Progress> listener) {
    return carryOut(
        text().forBytes(order.corpus().bytes()), "publish", order, Published.class, listener);
  }

  /** Some documents to read. */
  public Looked look(LookOrder order, Consumer<Progress> listener) {
    return carryOut(text(), "look", order, Looked.class, listener);
  }

  private <T extends Record> T carryOut(
      String verb, Record order, Class<T> type, Consumer<Progress> listener) {
    return carryOut(command(), verb, order, type, listener);
  }

  private <T extends Record> T carryOut(
      EngineCommand command,
      String verb,
      Record order,
      Class<T> type,
      Consumer<Progress> listener) {
    return carryOut(command, verb, order, cores(), type, listener);
  }

  private <T extends Record> T carryOut(
      EngineCommand command,
      String verb,
      Record order,
      int threads,
      Class<T> type,
      Consumer<Progress> listener) {
    try (EngineProcess engine =
        EngineProcess.start(
            command, verb, order, threads, workspace.engines(), log(verb), listener)) {
      return answer(verb, engine.end(), type);
    } catch (IOException broken) {
      throw broken(verb, broken);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new Refused(verb + " was interrupted", leaving);
    }
  }

  private <T extends Record> T answer(String verb, EngineProcess.End end, Class<T> type) {
    if (end.exit() == EngineExit.DONE && end.result().isPresent()) {
      return CanonicalJson.read(end.result().get(), type);
    }
    if ((end.exit() == EngineExit.INVALID || end.exit() == EngineExit.HOPELESS)
        && end.result().isPresent()) {
      Failure failure = CanonicalJson.read(end.result().get(), Failure.class);
      if (!failure.problems().isEmpty()) {
        throw new InvalidConfig(failure.problems());
      }
      if (failure.kind().equals("BadCorpus")) {
        throw new UnfitCorpus(failure.message());
      }
      throw new Refused(failure.message());
    }
    String last = end.tail().isEmpty() ? "" : ": " + end.tail().get(end.tail().size() - 1);
    throw new Refused(
        verb + " ended with exit code " + end.exit() + last + "\nIts log: " + log(verb));
  }

  private Refused broken(String verb, IOException why) {
    return new Refused(verb + " could not be started: " + why.getMessage(), why);
  }

  private static GenerateOrder order(
      String store, CheckpointRef model, List<String> prompts, Sampling sampling) {
    return new GenerateOrder(
        attempt(store),
        model,
        prompts,
        sampling.tokens(),
        sampling.temperature(),
        sampling.topP(),
        sampling.seed(),
        sampling.topK(),
        sampling.repetitionPenalty(),
        sampling.stops(),
        sampling.form());
  }

  private EngineCommand command() {
    return EngineCommand.training(home, JdkChoice.training());
  }

  private EngineCommand text() {
    return EngineCommand.preprocess(home);
  }

  private Path log(String verb) {
    return workspace.folder().resolve("logs").resolve(RUN).resolve(verb + ".log");
  }

  /** Of a person who waits, on a store's URI. */
  static Attempt attempt(String store) {
    return new Attempt(store, RUN, 1, 0);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
