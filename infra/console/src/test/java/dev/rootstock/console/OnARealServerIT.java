package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.activities.report.RunRecord;
import dev.rootstock.console.server.BuiltTemporal;
import dev.rootstock.console.server.Duty;
import dev.rootstock.console.server.LocalServer;
import dev.rootstock.console.server.TemporalBinary;
import dev.rootstock.console.server.TemporalServer;
import dev.rootstock.console.server.TemporalServers;
import dev.rootstock.console.server.Workers;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Reasons;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only Temporal's own server can show; its process is killed in earnest. */
@Timeout(300)
class OnARealServerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration BEAT = Duration.ofSeconds(1);

  @TempDir private Path folder;

  private TemporalBinary binary;
  private Platform platform;
  private LocalServer.Note note;
  private TemporalServer server;
  private Workers workers;

  @BeforeEach
  void start() throws Exception {
    Optional<TemporalBinary> found = BuiltTemporal.find();
    assumeTrue(
        found.isPresent(),
        "skipped: no Temporal command here; rootstock doctor --install-temporal builds it");
    binary = found.orElseThrow();
    platform = new Platform(folder, new Workspace(folder));
    note = LocalServer.start(binary, folder, 0, 0);
    server = TemporalServers.local(note, PATIENCE);
    workers =
        Workers.start(
            server.client(),
            platform.crew(server.client()).training(new NoTraining(3)),
            EnumSet.of(Duty.WORKFLOWS, Duty.CONTROL, Duty.GRAFT),
            4,
            BEAT);
  }

  @AfterEach
  void stop() throws Exception {
    if (workers != null) {
      workers.stop();
      server.close();
      platform.close();
      LocalServer.stop(folder);
    }
  }

  @Test
  void whatAFormSendsThatIsNoRequestEndsItsRunWithTheReason() {
    Map<String, Object> sound = Map.of("name", "garden", "base", "garden@1");
    assertThat(end("key", Map.of("pipelin", sound)))
        .contains("pipelin is an unknown key")
        .contains("Did you mean pipeline?");
    assertThat(end("nested", Map.of("pipeline", Map.of("name", "a", "modl", Map.of()))))
        .contains("pipeline.modl is an unknown key");
    assertThat(end("type", Map.of("pipeline", Map.of("name", "a", "finetunes", "all"))))
        .contains("pipeline.finetunes is \"all\"; it must be a list");
    assertThat(end("array", List.of(Map.of("pipeline", sound)))).contains("a list");
    assertThat(end("window", Map.of("pipeline", sound, "atOnce", "many")))
        .contains("atOnce is \"many\"");
    assertThat(end("nothing", null)).contains("none was given");
  }

  @Test
  void aListGoesOnWhereAServerWasKilledAndStartedAgainOnItsFileAndWhatIsHopelessIsTriedOnce()
      throws Exception {
    ArtifactStore store = platform.store(folder.resolve("store").toString());
    FanoutBench.Load load = new FanoutBench.Load(150, 20, 4, 3);
    WorkflowStub list = stub("FinetuneBatchWorkflow", "finetune-batch/list");
    list.start(FanoutBench.request(store, "list", load));
    RunRecord record = new RunRecord(store, "list");
    await(() -> record.done().size() >= 20 && record.failures().size() == 3);
    ProcessHandle process = note.process().orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    int before = record.done().size();
    LocalServer.start(binary, folder, note.port(), note.pagePort());
    BatchResult result =
        list.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, BatchResult.class);

    assertThat(before).isLessThan(147);
    assertThat(result.done()).isEqualTo(147);
    assertThat(result.failures())
        .extracting(BatchResult.Failed::name)
        .containsExactlyInAnyOrder("job-0", "job-1", "job-2");
    assertThat(record.done()).hasSize(147);
    assertThat(record.failures()).hasSize(3);
    List<HistoryEvent> failed =
        server.client().fetchHistory("finetune-batch/list").getEvents().stream()
            .filter(HistoryEvent::hasActivityTaskFailedEventAttributes)
            .toList();
    assertThat(failed).hasSize(3);
    List<HistoryEvent> all = server.client().fetchHistory("finetune-batch/list").getEvents();
    assertThat(failed)
        .extracting(
            event ->
                all.get((int) event.getActivityTaskFailedEventAttributes().getStartedEventId() - 1)
                    .getActivityTaskStartedEventAttributes()
                    .getAttempt())
        .containsOnly(1);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private WorkflowStub stub(String type, String id) {
    return server
        .client()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder().setTaskQueue(Queues.WORKFLOWS).setWorkflowId(id).build());
  }

  private String end(String id, Object input) {
    WorkflowStub form = stub("PipelineWorkflow", id);
    form.start(input);
    WorkflowException failed =
        catchThrowableOfType(
            WorkflowException.class, () -> form.getResult(60, TimeUnit.SECONDS, Object.class));
    return Reasons.of(failed);
  }
}
