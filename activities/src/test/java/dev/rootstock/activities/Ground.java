package dev.rootstock.activities;

import dev.rootstock.activities.engine.Drain;
import dev.rootstock.activities.engine.EngineCommand;
import dev.rootstock.activities.engine.EngineSettings;
import dev.rootstock.activities.engine.Trainers;
import dev.rootstock.activities.engine.WholeGraftActivities;
import dev.rootstock.activities.registry.StoreRegistryActivities;
import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.activities.report.StoreReportActivities;
import dev.rootstock.activities.request.StoreRequestActivities;
import dev.rootstock.activities.standin.QuickGrafts;
import dev.rootstock.activities.standin.StandInPreprocess;
import dev.rootstock.activities.standin.StandInTraining;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.PipelineWorkflow;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Steps;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A whole small Rootstock: an embedded server, all workers, a folder as a store, stand-in engines
 * as real processes.
 */
final class Ground implements AutoCloseable {
  static final int SLOTS = 4; // finetunes that train nothing, at once

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Path folder;
  private final Path store;
  final OpenStores stores = new OpenStores();
  private final Settings settings;
  private final Optional<QuickGrafts> grafts;
  private Drain drain = new Drain();
  private WorkerFactory workers;
  final TestWorkflowEnvironment temporal;
  final WorkflowClient client;

  private Ground(
      Path folder,
      Path store,
      Steps steps,
      Duration lease,
      Duration rest,
      Optional<QuickGrafts> grafts)
      throws IOException {
    this.grafts = grafts;
    this.folder = folder;
    this.store = store;
    Files.createDirectories(folder.resolve("control"));
    this.temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(Payloads.clientOptions("default"))
                .build());
    this.client = temporal.getWorkflowClient();
    EngineSettings engines =
        new EngineSettings(
            () -> engine(StandInPreprocess.class),
            () -> engine(StandInTraining.class),
            new Trainers(folder.resolve("trainers")),
            folder,
            1,
            Duration.ofSeconds(10),
            rest,
            Duration.ofMillis(200),
            lease);
    this.settings = new Settings(steps, engines, 2);
    TaskQueues.serve(
        temporal.getWorkerFactory(),
        client,
        settings,
        stores,
        drain,
        EnumSet.of(TaskQueues.Kind.WORKFLOWS));
    temporal.start();
    serve();
  }

  private void serve() {
    workers = WorkerFactory.newInstance(client);
    drain = new Drain();
    Set<TaskQueues.Kind> hands = EnumSet.complementOf(EnumSet.of(TaskQueues.Kind.WORKFLOWS));
    if (grafts.isPresent()) {
      hands.remove(TaskQueues.Kind.GRAFT);
      workers
          .newWorker(
              Queues.GRAFT,
              WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(SLOTS).build())
          .registerActivitiesImplementations(
              grafts.get(),
              new WholeGraftActivities(
                  new StoreRequestActivities(stores),
                  grafts.get(),
                  new StoreRegistryActivities(stores),
                  new StoreReportActivities(stores)));
    }
    TaskQueues.serve(workers, client, settings, stores, drain, hands);
    workers.start();
  }

  /** One worker leaves in good order, another comes; the plans' own stays, as in a cluster. */
  void replaceWorkers() {
    workers.shutdown();
    drain.ask();
    workers.awaitTermination(30, TimeUnit.SECONDS);
    serve();
  }

  static Ground in(Path folder) throws IOException {
    return new Ground(
        folder,
        folder.resolve("store"),
        quick(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Optional.empty());
  }

  /** One whose finetunes train nothing, in this process. */
  static Ground grafting(Path folder) throws IOException {
    return new Ground(
        folder,
        folder.resolve("store"),
        quick(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Optional.of(new QuickGrafts()));
  }

  /** Who trains nothing. */
  QuickGrafts asked() {
    return grafts.orElseThrow();
  }

  /** One whose engines may rest only so long. */
  static Ground impatient(Path folder, Duration rest) throws IOException {
    return new Ground(
        folder, folder.resolve("store"), quick(), Duration.ofSeconds(30), rest, Optional.empty());
  }

  /** Another on the same store, as a second console would be. */
  static Ground beside(Ground other, Path folder) throws IOException {
    return new Ground(
        folder,
        other.store,
        quick(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(20),
        Optional.empty());
  }

  /** All times short, all rules as they are. */
  static Steps quick() {
    Steps.Retry retry = new Steps.Retry(Duration.ofMillis(100), Duration.ofSeconds(1), 0);
    Steps.Retry few = new Steps.Retry(Duration.ofMillis(100), Duration.ofSeconds(1), 3);
    Duration minute = Duration.ofMinutes(1);
    Duration beat = Duration.ofSeconds(3);
    return new Steps(
        new Steps.Step(Queues.CONTROL, minute, Duration.ZERO, few),
        new Steps.Step(Queues.ATTACH, minute, beat, retry),
        new Steps.Step(Queues.DATA, minute, beat, few),
        new Steps.Step(Queues.TRAIN, minute, beat, retry),
        new Steps.Step(Queues.GRAFT, minute, beat, few),
        5,
        300);
  }

  private EngineCommand engine(Class<?> main) {
    String classes =
        Stream.of(main, CanonicalJson.class)
            .map(
                type ->
                    Path.of(
                            java.net.URI.create(
                                type.getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toString()))
                        .toString())
            .distinct()
            .reduce((a, b) -> a + File.pathSeparator + b)
            .orElseThrow();
    return new EngineCommand(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dstandin.control=" + folder.resolve("control"),
            "-cp",
            classes,
            main.getName()),
        Map.of());
  }

  /** Tells the stand-ins how to behave. */
  void ask(String what, String how) throws IOException {
    Files.writeString(folder.resolve("control").resolve(what), how);
  }

  /** Process numbers of the engines that were started for a verb. */
  List<Long> started(String verb) throws IOException {
    try (Stream<Path> traces = Files.list(folder.resolve("control"))) {
      List<Path> files =
          traces
              .filter(path -> path.getFileName().toString().startsWith("started-" + verb))
              .toList();
      return files.stream().map(Ground::number).toList();
    }
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException notYet) {
      return -1;
    }
  }

  ArtifactStore store() throws IOException {
    return stores.at(store.toString());
  }

  RunCatalog catalog() throws IOException {
    return new RunCatalog(store());
  }

  /** A pipeline of so many finetunes, as a file would say it. */
  PipelineSpec pipeline(int steps, int finetunes) throws IOException {
    Path corpus = folder.resolve("corpus");
    Files.createDirectories(corpus);
    Files.writeString(corpus.resolve("a.txt"), "Grafting joins two plants.\n");
    Path rows = folder.resolve("rows.csv");
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      csv.append("this is row ").append(i).append(i % 2 == 0 ? ",even\n" : ",odd\n");
    }
    Files.writeString(rows, csv);
    StringBuilder grafts = new StringBuilder();
    for (int i = 0; i < finetunes; i++) {
      grafts.append(i == 0 ? "" : ",");
      grafts
          .append("{\"name\":\"t")
          .append(i)
          .append("\",\"task\":\"classify\",\"seed\":")
          .append(i + 1);
      grafts.append(",\"data\":\"").append(rows).append("\"}");
    }
    String json =
        """
        {"name":"garden","store":"%s","corpus":{"sources":["%s"]},"tokenizer":{"vocabulary":300},
         "model":{"depth":1},"pretrain":{"tokens":%d,"context":16,"batch":4},
         "finetunes":[%s],"evaluate":{"against":["base"]},"promote":{}}
        """
            .formatted(store, corpus, steps * 64, grafts);
    return CanonicalJson.read(json, PipelineSpec.class);
  }

  /** Starts a pipeline. */
  WorkflowStub start(String run, PipelineSpec pipeline) {
    return startRaw("pipeline/" + run, new PipelineRequest(Optional.empty(), pipeline, Map.of()));
  }

  WorkflowStub startRaw(String id, Object input) {
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            "PipelineWorkflow",
            WorkflowOptions.newBuilder().setTaskQueue(Queues.WORKFLOWS).setWorkflowId(id).build());
    stub.start(input);
    return stub;
  }

  PipelineResult run(String run, PipelineSpec pipeline) {
    return start(run, pipeline).getResult(PipelineResult.class);
  }

  PipelineWorkflow pipeline(String run) {
    return client.newWorkflowStub(PipelineWorkflow.class, "pipeline/" + run);
  }

  /** The runs of a workflow that went on as new, first to last. */
  List<String> chain(String id) {
    List<String> runs = new ArrayList<>();
    String next = first(id);
    while (!next.isEmpty()) {
      runs.add(next);
      List<HistoryEvent> events = history(id, next);
      next =
          events
              .get(events.size() - 1)
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
    }
    return runs;
  }

  private String first(String id) {
    return client
        .fetchHistory(id)
        .getEvents()
        .get(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getFirstExecutionRunId();
  }

  List<HistoryEvent> history(String id, String run) {
    return client.fetchHistory(id, run).getEvents();
  }

  /** Waits until something holds. */
  static void await(Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    temporal.close();
    stores.close();
  }
}
