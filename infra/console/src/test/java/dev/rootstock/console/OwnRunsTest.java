package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.report.RunCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnRunsTest {
  @TempDir private Path folder;

  private static RunCatalog.Summary run(String name, String state) {
    return new RunCatalog.Summary(
        name,
        "garden",
        state,
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        0);
  }

  private String seen(String name, String state) {
    return OwnRuns.of(new Workspace(folder)).seen(run(name, state)).state();
  }

  @Test
  void aRunWhoseServerIsGoneIsInterruptedAndOthersAreAsTheStoreSays() throws Exception {
    OwnRuns own = OwnRuns.of(new Workspace(folder));
    Process gone = new ProcessBuilder("sleep", "0").start();
    gone.waitFor();
    own.note("lost", new OwnRuns.Note(gone.pid(), Instant.EPOCH));
    own.note("reused", new OwnRuns.Note(ProcessHandle.current().pid(), Instant.EPOCH));
    own.begun("here");
    own.note("moved", new OwnRuns.Note(gone.pid(), Instant.EPOCH));
    own.handedOver("moved");

    assertThat(seen("lost", "running")).isEqualTo("interrupted");
    assertThat(seen("lost", "done")).isEqualTo("done");
    assertThat(seen("reused", "running")).isEqualTo("interrupted");
    assertThat(seen("here", "running")).isEqualTo("running");
    assertThat(seen("moved", "running")).isEqualTo("running");
    assertThat(seen("elsewhere", "running")).isEqualTo("running");
  }
}
