package dev.rootstock.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerTest {
  @TempDir private Path workspace;

  @Test
  void anotherServersPortIsRefusedBeforeAnythingIsStarted() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      TemporalBinary binary = new TemporalBinary(workspace.resolve("absent"), "a test");

      assertThatThrownBy(() -> LocalServer.start(binary, workspace, other.getLocalPort(), 0))
          .isInstanceOf(NoAnswer.class)
          .hasMessageContaining("port " + other.getLocalPort() + " is taken")
          .hasMessageContaining("--port");
      assertThatThrownBy(() -> LocalServer.start(binary, workspace, 0, other.getLocalPort()))
          .isInstanceOf(NoAnswer.class)
          .hasMessageContaining("--ui-port");
    }
    assertThat(workspace).isEmptyDirectory();
  }

  @Test
  void aServerThatEndsAgainAndAgainAtOnceIsGivenUp() {
    Restarts restarts = new Restarts();

    assertThat(restarts.allowed(Duration.ofSeconds(1))).isTrue();
    assertThat(restarts.allowed(Duration.ofSeconds(1))).isTrue();
    assertThat(restarts.allowed(Duration.ofHours(1))).isTrue();
    assertThat(restarts.allowed(Duration.ofSeconds(1))).isTrue();
    assertThat(restarts.allowed(Duration.ofSeconds(1))).isTrue();
    assertThat(restarts.allowed(Duration.ofSeconds(1))).isFalse();
  }
}
