package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saves that are written while the training goes on. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SavesBesideTest {
  private static final int STEPS = 12;
  private static final double RATE = 0.01;

  @TempDir private Path temporary;
  private TinyWorld world;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  @BeforeEach
  void makeWorld() throws IOException {
    world = new TinyWorld(temporary.resolve("store"));
  }

  /** Samples each step, so that each is told. */
  private PretrainOrder order(Duration every, Optional<Long> steps) {
    return world.pretrain(
        TinyWorld.LLAMA,
        STEPS,
        RATE,
        new Cadence(every, steps, 20, 0, Optional.of("the "), STEPS + 1));
  }

  private CheckpointRef run(
      PretrainOrder order, ObstinateStore.Before before, Stop stop, Consumer<String> hearer)
      throws IOException {
    try (ProgressLog progress = TinyWorld.log(hearer)) {
      return PretrainVerb.carryOut(order, new ObstinateStore(world.store, before), progress, stop);
    }
  }

  private void holdBack(String key, String part) {
    if (key.contains(part)) {
      reached.countDown();
      pass(leave);
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private List<Long> saved(PretrainOrder order) throws IOException {
    return new Checkpoints(world.store, order.fingerprint())
        .whole().stream().map(Checkpoints.Saved::step).toList();
  }

  @Test
  void byTheClockTheTrainingWaitsForNoSave() throws IOException {
    PretrainOrder order = order(Duration.ZERO, Optional.empty());
    List<String> meanwhile = new CopyOnWriteArrayList<>();

    CheckpointRef model =
        run(
            order,
            key -> holdBack(key, "step-00000001/optimizer"),
            new Stop(),
            line -> {
              if (leave.getCount() > 0) {
                meanwhile.add(line);
              }
              if (line.contains("after 11 steps")) {
                leave.countDown();
              }
            });

    assertThat(model.step()).isEqualTo(STEPS);
    assertThat(meanwhile).anyMatch(line -> line.contains("after 11 steps"));
    assertThat(meanwhile)
        .as("no step is told as saved before its manifest is there")
        .noneMatch(line -> line.contains("\"checkpoint\""));
    assertThat(saved(order)).contains(12L, 1L).doesNotContain(2L, 5L, 10L);
  }

  @Test
  void whoeverNamesStepsGetsThem() throws IOException {
    PretrainOrder order = order(Duration.ofHours(1), Optional.of(2L));

    run(order, key -> {}, new Stop(), line -> {});

    assertThat(saved(order)).containsExactly(12L, 10L, 8L, 6L, 4L, 2L);
  }

  @Test
  void aFailedSaveEndsTheTrainingWithItsReason() throws IOException {
    PretrainOrder order = order(Duration.ofHours(1), Optional.of(3L));

    assertThatThrownBy(
            () ->
                run(
                    order,
                    key -> {
                      if (key.contains("step-00000006/model")) {
                        throw new IOException("the disk is full");
                      }
                    },
                    new Stop(),
                    line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("step 6 could not be saved: the disk is full");

    assertThat(saved(order)).containsExactly(3L);
    TinyWorld calm = new TinyWorld(temporary.resolve("calm"));
    assertThat(world.sums(world.run(order)))
        .isEqualTo(
            calm.sums(calm.run(calm.pretrain(TinyWorld.LLAMA, STEPS, RATE, Cadence.DEFAULT))));
  }

  @Test
  void aSaveThatIsOvertakenByAnotherAttemptIsNotCommitted() throws IOException {
    PretrainOrder order = order(Duration.ofHours(1), Optional.of(5L));
    Checkpoints checkpoints = new Checkpoints(world.store, order.fingerprint());

    assertThatThrownBy(
            () ->
                run(
                    order,
                    key -> holdBack(key, "step-00000005/optimizer"),
                    new Stop(),
                    line -> {
                      if (line.contains("after 8 steps") && leave.getCount() > 0) {
                        pass(reached);
                        claim(checkpoints);
                        leave.countDown();
                      }
                    }))
        .isInstanceOf(Stopped.class)
        .hasMessageStartingWith("Fenced: claim 2 of run other");

    assertThat(saved(order)).isEmpty();
    assertThat(world.store.list(checkpoints.home() + "/step-"))
        .noneMatch(key -> key.endsWith("manifest.json"));
  }

  @Test
  void aManifestThatIsOvertakenDoesNotCount() throws IOException {
    PretrainOrder order = order(Duration.ofHours(1), Optional.of(5L));
    Checkpoints checkpoints = new Checkpoints(world.store, order.fingerprint());

    assertThatThrownBy(
            () ->
                run(
                    order,
                    key -> holdBack(key, "step-00000005/manifest"),
                    new Stop(),
                    line -> {
                      if (line.contains("after 8 steps") && leave.getCount() > 0) {
                        pass(reached);
                        claim(checkpoints);
                        leave.countDown();
                      }
                    }))
        .isInstanceOf(Stopped.class);

    assertThat(world.store.list(checkpoints.home() + "/step-"))
        .anyMatch(key -> key.endsWith("step-00000005/manifest.json"));
    assertThat(saved(order)).isEmpty();
  }

  private static void claim(Checkpoints checkpoints) {
    try {
      checkpoints.claims().append(new Claim("other", "elsewhere", 1, 2, 0, Instant.EPOCH));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void askedToLeaveWhileItSavesItSavesTheStepItIsAtToo() throws IOException {
    PretrainOrder order = order(Duration.ofHours(1), Optional.of(5L));
    Stop stop = new Stop();

    assertThatThrownBy(
            () ->
                run(
                    order,
                    key -> holdBack(key, "step-00000005/optimizer"),
                    stop,
                    line -> {
                      if (line.contains("after 7 steps")) {
                        pass(reached);
                        stop.ask();
                        leave.countDown();
                      }
                    }))
        .isInstanceOf(Stopped.class)
        .hasMessageContaining("saved step 7");

    assertThat(saved(order)).containsExactly(7L, 5L);
  }

  @Test
  void theBestByHeldOutTextIsSavedAndStays() throws IOException {
    Cadence cadence =
        new Cadence(Duration.ofHours(1), Optional.of(1000L), 1, 6, Optional.empty(), 0);
    PretrainOrder order = world.pretrain(TinyWorld.LLAMA, STEPS, RATE, cadence);

    CheckpointRef model = run(order, key -> {}, new Stop(), line -> {});

    Metrics metrics =
        Metrics.parse(
            new String(
                world.store.read(model.location() + "/" + Metrics.NAME), StandardCharsets.UTF_8));
    long best = metrics.best().orElseThrow();
    assertThat(saved(order)).contains(best, (long) STEPS).hasSizeLessThanOrEqualTo(2);
  }
}
