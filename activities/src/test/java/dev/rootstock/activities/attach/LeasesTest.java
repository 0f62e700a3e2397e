package dev.rootstock.activities.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.LocalStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
  @TempDir Path folder;
  private Leases leases;

  @BeforeEach
  void open() {
    leases =
        new Leases(
            LocalStore.open(folder.toUri()),
            Stage.PRETRAIN,
            new Fingerprint("a".repeat(32)),
            Duration.ofMinutes(1));
  }

  @Test
  void oneHoldsItAndTheNextTakesItOnceItIsGivenBack() throws Exception {
    Leases.Held held = leases.take("one", "first").held().orElseThrow();
    assertThat(leases.take("two", "second").other().orElseThrow().run()).isEqualTo("first");
    assertThat(leases.take("one", "first").held()).isPresent(); // another attempt of the same
    held.close();
    leases
        .entries()
        .append(entry(Lease.State.RELEASED, ProcessHandle.current().pid(), Instant.now()));
    assertThat(leases.take("two", "second").held()).isPresent();
  }

  @Test
  void aDeadProcessOfThisMachineHoldsNothingAndASilentOneElsewhereOnlyForItsTerm()
      throws Exception {
    Process gone =
        new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version")
            .start();
    gone.waitFor();
    leases.entries().append(entry(Lease.State.HELD, gone.pid(), Instant.now().plusSeconds(60)));
    assertThat(leases.take("two", "second").held()).isPresent();
    leases
        .entries()
        .append(
            entry(Lease.State.HELD, ProcessHandle.current().pid(), Instant.now().minusSeconds(1)));
    assertThat(leases.take("three", "third").held()).isPresent();
  }

  private static Lease entry(Lease.State state, long process, Instant expires) {
    return new Lease(
        state,
        "other",
        "other",
        Host.here(),
        process,
        Optional.empty(),
        Instant.now(),
        expires,
        Optional.empty());
  }
}
