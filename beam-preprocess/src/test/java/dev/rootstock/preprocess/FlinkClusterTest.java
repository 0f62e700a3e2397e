package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.engine.Hopeless;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  @Test
  void aMasterThatDoesNotAnswerIsNamedWithTheRemedy() throws Exception {
    String nobody = "127.0.0.1:" + FlinkClusterExtension.freePort();

    assertThatThrownBy(() -> new FlinkCluster(nobody, Duration.ofSeconds(1)).slots("1.19"))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining("runner.flink.master is " + nobody)
        .hasMessageContaining("answered for 1 seconds")
        .hasMessageContaining("name the REST address of its JobManager");
  }
}
