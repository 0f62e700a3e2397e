package dev.rootstock.console;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.attach.SingleFlightActivities;
import dev.rootstock.activities.engine.Drain;
import dev.rootstock.activities.engine.EnginePreprocessActivities;
import dev.rootstock.activities.engine.EngineSettings;
import dev.rootstock.activities.engine.EngineTrainingActivities;
import dev.rootstock.activities.forecast.Forecast;
import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.activities.registry.StoreRegistryActivities;
import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.activities.report.StoreReportActivities;
import dev.rootstock.activities.request.RequestResolver;
import dev.rootstock.activities.request.StoreRequestActivities;
import dev.rootstock.console.server.LocalServer;
import dev.rootstock.console.server.Ports;
import dev.rootstock.console.server.TemporalServers;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.workflows.PipelineRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a person can do with Rootstock, however they ask: the command comes here, and so may a
 * page. Thread-safe.
 */
public final class Platform implements AutoCloseable {
  private static final Duration LOCAL_START = Duration.ofSeconds(60); // on a busy machine

  private final Path home;
  private final Workspace workspace;
  private final OpenStores stores = new OpenStores();

  /**
   * @param home where Rootstock lies, built or installed
   */
  public Platform(Path home, Workspace workspace) {
    this.home = home;
    this.workspace = workspace;
  }

  /** The platform of the current directory. */
  public static Platform here() {
    return new Platform(
        Path.of(System.getProperty("rootstock.home", "")).toAbsolutePath(), Workspace.here());
  }

  public Path home() {
    return home;
  }

  public Workspace workspace() {
    return workspace;
  }

  /** The store at a place as a person writes it; closed with the platform. */
  public ArtifactStore store(String place) {
    try {
      return stores.at(place);
    } catch (IOException unreachable) {
      throw new Refused(
          "store " + place + " can not be reached: " + unreachable.getMessage(), unreachable);
    }
  }

  /**
   * What is wrong with a pipeline whose words are right: files, columns, stores, names. Nothing is
   * written.
   */
  public List<Problem> preflight(PipelineSpec spec) {
    try {
      new RequestResolver(stores).resolve(request(spec));
      return List.of();
    } catch (InvalidConfig invalid) {
      return invalid.problems();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * What a pipeline would make and what it would reuse. Nothing is written; an engine is asked for
   * the memory of what has to be trained.
   */
  public Forecast plan(PipelineSpec spec) {
    try {
      Forecast forecast = Forecast.of(new RequestResolver(stores).resolve(request(spec)), stores);
      return forecast.trainings().isEmpty()
          ? forecast
          : forecast.weighed(
              engines().weigh(stores.at(spec.store()).root().toString(), forecast.trainings()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static PipelineRequest request(PipelineSpec spec) {
    return new PipelineRequest(Optional.of(spec.name()), spec, Map.of());
  }

  /**
   * Opens the Temporal server that this environment asks for.
   *
   * @param address from the command line, which wins
   */
  public Session session(Optional<String> address) {
    workspace.captureLogs();
    return new Session(
        TemporalServers.open(address, workspace.folder()), this::crew, OwnRuns.of(workspace));
  }

  /** Opens a Temporal server within this process, whatever the environment names. */
  public Session embedded() {
    workspace.captureLogs();
    return new Session(TemporalServers.embedded(), this::crew, OwnRuns.of(workspace));
  }

  /** The same, but only a server that other processes reach too; empty if none is named. */
  public Optional<Session> remote(Optional<String> address) {
    return TemporalServers.isThere(address, workspace.folder())
        ? Optional.of(session(address))
        : Optional.empty();
  }

  /** Opens a local server that was just started, and waits until it answers. */
  public Session local(LocalServer.Note note) {
    workspace.captureLogs();
    return new Session(TemporalServers.local(note, LOCAL_START), this::crew, OwnRuns.of(workspace));
  }

  Ports crew(WorkflowClient client) {
    Drain drain = new Drain();
    EngineSettings settings = EngineSettings.of(home, Path.of(""), 0);
    return new Ports(
        new StoreRequestActivities(stores),
        new SingleFlightActivities(client, stores),
        new EnginePreprocessActivities(settings, stores, drain),
        new EngineTrainingActivities(settings, stores, drain),
        new StoreRegistryActivities(stores),
        new StoreReportActivities(stores),
        drain::ask);
  }

  /** Engines for using what was made. */
  public Engines engines() {
    return new Engines(home, workspace);
  }

  /** Long lists of finetunes that train nothing. */
  public FanoutBench fanoutBench() {
    workspace.captureLogs();
    return new FanoutBench(
        this,
        this::crew,
        workspace.folder().resolve("bench-fanout-" + ProcessHandle.current().pid()));
  }

  /** Documents of a corpus for their own sake. */
  public Preparation preparation() {
    return new Preparation(this, stores);
  }

  /** Documents that were made, wherever they lie. */
  public DataCatalog data(String store) {
    return new DataCatalog(this, store);
  }

  /** The names of models in a store. */
  public ModelRegistry models(String store) {
    return new ModelRegistry(store(store));
  }

  /**
   * A model by its name.
   *
   * @param reference {@code NAME}, {@code NAME@ALIAS} or {@code NAME@3}
   * @throws InvalidConfig naming what is there
   */
  public ModelVersion model(String store, String reference) {
    try {
      return models(store).require("model", reference);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What runs left in a store, readable long after every server has forgotten them. */
  public RunCatalog runs(String store) {
    return new RunCatalog(store(store));
  }

  /**
   * A run's state with what this workspace knows of it besides: a server of its own that is gone.
   */
  public RunCatalog.Summary seen(RunCatalog.Summary run) {
    return OwnRuns.of(workspace).seen(run);
  }

  /** The newest whole checkpoint's step of a training, if there is one. */
  public Optional<Long> savedStep(String store, Fingerprint base) {
    try {
      return new Checkpoints(store(store), base)
          .whole().stream().findFirst().map(Checkpoints.Saved::step);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    stores.close();
  }
}
