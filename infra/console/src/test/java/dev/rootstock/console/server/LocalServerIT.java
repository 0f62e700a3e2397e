package dev.rootstock.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.workflows.Queues;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Temporal's own development server, where there is one. */
@Timeout(300)
class LocalServerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir private Path workspace;

  private TemporalBinary binary;

  @BeforeEach
  void find() {
    Optional<TemporalBinary> found = BuiltTemporal.find();
    assumeTrue(
        found.isPresent(),
        "skipped: no Temporal command here; rootstock doctor --install-temporal builds it");
    binary = found.orElseThrow();
  }

  @AfterEach
  void stop() throws Exception {
    LocalServer.stop(workspace);
  }

  private TemporalServer open() {
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", workspace.toString());
    return TemporalServers.open(Optional.empty(), workspace, environment, PATIENCE);
  }

  @Test
  void aKilledServerIsNotReplacedInSilenceAndItsRunsAreThereWhenItStartsAgain() throws Exception {
    LocalServer.Note first = LocalServer.start(binary, workspace, 0, 0);
    try (TemporalServer server = open()) {
      assertThat(server.outlivesThisProcess()).isTrue();
      assertThat(server.words()).contains(first.version(), first.file(), first.page());
      WorkflowOptions options =
          WorkflowOptions.newBuilder()
              .setTaskQueue(Queues.WORKFLOWS)
              .setWorkflowId("pipeline/kept")
              .build();
      server.client().newUntypedWorkflowStub("PipelineWorkflow", options).start();
    }

    ProcessHandle process = first.process().orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
    assertThatThrownBy(this::open)
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining("has ended (process " + first.pid() + ")")
        .hasMessageContaining("rootstock server");

    LocalServer.Note second = LocalServer.start(binary, workspace, first.port(), first.pagePort());
    assertThat(second.address()).isEqualTo(first.address());
    try (TemporalServer server = open()) {
      WorkflowStub kept = server.client().newUntypedWorkflowStub("pipeline/kept");
      assertThat(kept.describe().getWorkflowType()).isEqualTo("PipelineWorkflow");
    }

    assertThat(LocalServer.stop(workspace)).isTrue();
    assertThat(second.lives()).isFalse();
    try (TemporalServer server = open()) {
      assertThat(server.outlivesThisProcess()).isFalse();
    }
  }
}
