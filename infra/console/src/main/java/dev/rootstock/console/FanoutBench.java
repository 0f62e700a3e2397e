package dev.rootstock.console;

import dev.rootstock.console.server.Duty;
import dev.rootstock.console.server.LocalServer;
import dev.rootstock.console.server.Ports;
import dev.rootstock.console.server.TemporalBinary;
import dev.rootstock.console.server.TemporalServer;
import dev.rootstock.console.server.TemporalServers;
import dev.rootstock.console.server.Workers;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Content;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.pipeline.ModelChoice;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.FinetuneBatchRequest;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Steps;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A long list of finetunes that train nothing, so that what is left is what a finetune costs beside
 * its training: server, plan, registry, records. Works in a folder of its own, which goes when it
 * is closed.
 */
public final class FanoutBench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Fingerprint BASE = new Fingerprint("0".repeat(32));
  private static final Fingerprint TOKENIZER = new Fingerprint("1".repeat(32));
  private static final String STORE = "store";

  private final Platform platform;
  private final Function<WorkflowClient, Ports> crew;
  private final Path folder;

  FanoutBench(Platform platform, Function<WorkflowClient, Ports> crew, Path folder) {
    this.platform = platform;
    this.crew = crew;
    this.folder = folder.toAbsolutePath();
  }

  /** Which server carries the list. */
  public enum Carrier {
    EMBEDDED,
    REAL
  }

  /**
   * A list to carry out.
   *
   * @param window most that are asked for at once
   * @param slots most that are carried out at once
   * @param failing so many fail for good
   */
  public record Load(int jobs, int window, int slots, int failing) {}

  /**
   * One list carried out.
   *
   * @param seconds from its start to its end
   * @param processorMillisecondsPerJob of this process
   * @param serverMillisecondsPerJob processor time of the server's process, where it is another
   * @param histories of the workflow, which went on as new where there are several
   */
  public record Measured(
      Carrier carrier,
      String server,
      int jobs,
      int done,
      int failed,
      List<BatchResult.Failed> failures,
      double seconds,
      double millisecondsPerJob,
      double processorMillisecondsPerJob,
      double serverMillisecondsPerJob,
      List<History> histories) {
    public Measured {
      failures = List.copyOf(failures);
      histories = List.copyOf(histories);
    }
  }

  /** The size of one history. */
  public record History(int events, long bytes) {}

  /**
   * Carries out a list; the first on a server also pays for its warming up.
   *
   * @throws Refused if the real server is asked for and there is none
   */
  public List<Measured> run(Carrier carrier, Load load, int times) {
    try (TemporalServer server = open(carrier)) {
      List<Measured> measured = new ArrayList<>();
      Ports ports = crew.apply(server.client()).training(new NoTraining(load.failing()));
      Workers workers =
          Workers.start(
              server.client(),
              ports,
              EnumSet.of(Duty.WORKFLOWS, Duty.CONTROL, Duty.GRAFT),
              load.slots(),
              BEAT);
      try {
        for (int i = 0; i < times; i++) {
          measured.add(measure(carrier, server, load));
        }
      } finally {
        workers.stop();
      }
      return measured;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private TemporalServer open(Carrier carrier) throws IOException {
    if (carrier == Carrier.EMBEDDED) {
      return TemporalServers.embedded();
    }
    TemporalBinary binary =
        TemporalBinary.find(System.getenv())
            .orElseThrow(
                () ->
                    new Refused(
                        "there is no Temporal server to measure; rootstock doctor --install-temporal builds one"));
    if (LocalServer.noted(folder).isEmpty()) {
      LocalServer.start(binary, folder, 0, 0);
    }
    return TemporalServers.local(LocalServer.noted(folder).orElseThrow(), PATIENCE);
  }

  private Measured measure(Carrier carrier, TemporalServer server, Load load) throws IOException {
    String run = "fanout-" + UUID.randomUUID();
    String store = folder.resolve(STORE).toString();
    FinetuneBatchRequest request = request(platform.store(store), run, load);
    WorkflowStub batch =
        server
            .client()
            .newUntypedWorkflowStub(
                "FinetuneBatchWorkflow",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(Queues.WORKFLOWS)
                    .setWorkflowId("finetune-batch/" + run)
                    .build());
    Duration worked = worked(Optional.of(ProcessHandle.current()));
    Duration served = worked(serving());
    long began = System.nanoTime();
    WorkflowExecution first = batch.start(request);
    BatchResult result = batch.getResult(BatchResult.class);
    double seconds = (System.nanoTime() - began) / 1e9;
    Duration own = worked(Optional.of(ProcessHandle.current())).minus(worked);
    Duration others = worked(serving()).minus(served);
    return new Measured(
        carrier,
        server.words(),
        load.jobs(),
        result.done(),
        result.failed(),
        result.failures(),
        seconds,
        seconds * 1000 / load.jobs(),
        own.toNanos() / 1e6 / load.jobs(),
        others.toNanos() / 1e6 / load.jobs(),
        histories(server.client(), first));
  }

  /** The list, which is put into the store, as a workflow is asked for it. */
  static FinetuneBatchRequest request(ArtifactStore store, String run, Load load)
      throws IOException {
    String jobs = "runs/" + run + "/jobs.jsonl";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < load.jobs(); i++) {
      lines.append(CanonicalJson.write(job(i))).append('\n');
    }
    store.publish(lines.toString().getBytes(StandardCharsets.UTF_8), jobs);
    return new FinetuneBatchRequest(
        store.root().toString(),
        run,
        run.substring(0, Math.min(13, run.length())),
        jobs,
        0,
        load.jobs(),
        load.window(),
        base(),
        Optional.empty(),
        Optional.empty(),
        Steps.DEFAULT.events(),
        BatchResult.NONE);
  }

  private Optional<ProcessHandle> serving() {
    return LocalServer.noted(folder).flatMap(LocalServer.Note::process);
  }

  /** Processor time so far. */
  private static Duration worked(Optional<ProcessHandle> process) {
    return process.flatMap(each -> each.info().totalCpuDuration()).orElse(Duration.ZERO);
  }

  private static List<History> histories(WorkflowClient client, WorkflowExecution first) {
    List<History> histories = new ArrayList<>();
    String next = first.getRunId();
    while (!next.isEmpty()) {
      List<HistoryEvent> events = client.fetchHistory(first.getWorkflowId(), next).getEvents();
      histories.add(
          new History(
              events.size(), events.stream().mapToLong(HistoryEvent::getSerializedSize).sum()));
      next =
          events
              .get(events.size() - 1)
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
    }
    return histories;
  }

  private static ModelShape shape() {
    return ModelChoice.DEFAULT.shape(8192, 256);
  }

  private static ModelRef base() {
    return new ModelRef(
        "base",
        1,
        new CheckpointRef(
            BASE,
            Stage.PRETRAIN.at(BASE) + "/step-00001000",
            1000,
            shape(),
            TOKENIZER,
            Optional.empty()));
  }

  private static FinetuneJob job(int number) {
    PinnedFile rows =
        new PinnedFile(
            URI.create("file:///tasks/" + number + ".jsonl"),
            Fingerprint.sha256(String.valueOf(number).getBytes(StandardCharsets.UTF_8)),
            10_000,
            Optional.empty());
    List<Content> contents = List.of(rows.content());
    TaskSpec task =
        new TaskSpec(
            TaskType.CLASSIFY,
            contents,
            List.of(),
            new TaskSpec.Fields("text", "label", "source", "target"),
            TaskSpec.Format.AUTO,
            TaskSpec.Encoding.UTF_8,
            0.1,
            0.2,
            Optional.empty());
    FinetuneSpec spec =
        new FinetuneSpec(
            task,
            FinetuneSpec.Method.LORA,
            Optional.of(new LoraSpec(16, 32)),
            4,
            16,
            0.002,
            5,
            10,
            OptimizerSpec.DEFAULT,
            number,
            Numeric.DEFAULT,
            Optional.empty());
    Fingerprint graft =
        Fingerprint.of(Stage.FINETUNE, Map.of("base", BASE, "tokenizer", TOKENIZER), spec);
    return new FinetuneJob(
        "job-" + number, graft, spec, List.of(rows), List.of(), Optional.empty());
  }

  @Override
  public void close() {
    try {
      LocalServer.stop(folder);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } finally {
      Workspace.remove(folder);
    }
  }
}
