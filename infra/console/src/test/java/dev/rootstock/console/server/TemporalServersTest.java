package dev.rootstock.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Reasons;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalServersTest {
  private static final Duration BRIEF = Duration.ofMillis(1500);

  @TempDir private Path folder;

  /** An address at which nobody listens: the port was free a moment ago. */
  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> environment = new HashMap<>(Map.of("XDG_CONFIG_HOME", folder.toString()));
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void withoutAnAddressAServerStartsWithinThisProcess() {
    try (TemporalServer server =
        TemporalServers.open(Optional.empty(), folder, environment(), BRIEF)) {
      assertThat(server.outlivesThisProcess()).isFalse();
      assertThat(server.words()).startsWith("Temporal: inside this process. Runs end with it");
      assertThat(server.facts()).containsEntry("server", "embedded");
    }
  }

  @Test
  void aRunOfATypeThatNobodyHasFailsAndNamesTheTypes() {
    try (TemporalServer server =
        TemporalServers.open(Optional.empty(), folder, environment(), BRIEF)) {
      Ports none = new Ports(null, null, null, null, null, null, () -> {});
      Workers workers =
          Workers.start(
              server.client(), none, EnumSet.of(Duty.WORKFLOWS), 1, Duration.ofSeconds(1));
      WorkflowStub stub =
          server
              .client()
              .newUntypedWorkflowStub(
                  "Nothing", WorkflowOptions.newBuilder().setTaskQueue(Queues.WORKFLOWS).build());
      stub.start();

      assertThatThrownBy(() -> stub.getResult(Object.class))
          .asInstanceOf(InstanceOfAssertFactories.type(WorkflowFailedException.class))
          .extracting(Reasons::of)
          .asString()
          .contains("there is no workflow type Nothing");
      workers.stop();
    }
  }

  @Test
  void anAddressThatDoesNotAnswerIsAnErrorThatNamesItAndWhereItCameFrom() throws IOException {
    String address = nobody();

    assertThatThrownBy(
            () ->
                TemporalServers.open(
                    Optional.empty(), folder, environment("TEMPORAL_ADDRESS", address), BRIEF))
        .isInstanceOf(NoAnswer.class)
        .hasMessageStartingWith("No answer from " + address + " (from TEMPORAL_ADDRESS) in 1 s: ")
        .hasMessageContaining("Connection refused")
        .hasMessageEndingWith("Unset it to work locally.");
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() throws IOException {
    String address = nobody();

    assertThatThrownBy(
            () ->
                TemporalServers.open(
                    Optional.of(address),
                    folder,
                    environment("TEMPORAL_ADDRESS", "other:1"),
                    BRIEF))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining(address + " (from --temporal)");
  }

  @Test
  void temporalsOwnSettingsFileIsRead() throws IOException {
    String address = nobody();
    Path file = folder.resolve("temporalio").resolve("temporal.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file, "[profile.default]\naddress = \"" + address + "\"\nnamespace = \"ml\"\n");

    assertThatThrownBy(
            () ->
                TemporalServers.open(
                    Optional.empty(),
                    folder,
                    environment("TEMPORAL_CONFIG_FILE", file.toString()),
                    BRIEF))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining(address + " (from " + file + ")");
  }

  @Test
  void aSettingsFileThatIsNoTomlIsAnErrorAndNoReasonToGoElsewhere() throws IOException {
    Path file = Files.writeString(folder.resolve("temporal.toml"), "address: nowhere\n");

    assertThatThrownBy(
            () ->
                TemporalServers.open(
                    Optional.empty(),
                    folder,
                    environment("TEMPORAL_CONFIG_FILE", file.toString()),
                    BRIEF))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining(file.toString());
  }
}
