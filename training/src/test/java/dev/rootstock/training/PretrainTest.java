package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainTest {
  private static final double RATE = 0.01;

  @TempDir private Path temporary;
  private TinyWorld straight;
  private TinyWorld broken;

  @BeforeEach
  void makeWorlds() throws IOException {
    straight = new TinyWorld(temporary.resolve("straight"));
    broken = new TinyWorld(temporary.resolve("broken"));
  }

  /** Stops once the sample of a step is told, which is before that step is saved. */
  private static void stopAfter(long step, PretrainOrder order) {
    Stop stop = new Stop();
    assertThatThrownBy(
            () ->
                TinyWorld.run(
                    order,
                    stop,
                    line -> {
                      if (line.contains("after " + step + " steps")) {
                        stop.ask();
                      }
                    }))
        .isInstanceOf(Stopped.class)
        .hasMessageContaining("saved step " + step);
  }

  @Test
  void resumingEqualsNeverStopping() throws IOException {
    CheckpointRef never =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(100)));
    PretrainOrder order = broken.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(100));
    stopAfter(10, order);

    CheckpointRef resumed = broken.run(order);

    assertThat(broken.sums(resumed)).isEqualTo(straight.sums(never)).hasSizeGreaterThan(6);
    assertThat(new Checkpoints(broken.store, order.fingerprint()).claims().all())
        .extracting(entry -> entry.value().resumeFrom())
        .containsExactly(0L, 10L);
  }

  @Test
  void aDescendantBeginsWhereItsAncestorIsAndResumesToTheBit() throws IOException {
    CheckpointRef base =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(100)));
    CheckpointRef same =
        broken.run(broken.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(100)));
    CheckpointRef never = straight.run(straight.descend(base, 12, 0.25, TinyWorld.everySteps(100)));
    PretrainOrder order = broken.descend(same, 12, 0.25, TinyWorld.everySteps(100));
    stopAfter(6, order);

    CheckpointRef resumed = broken.run(order);

    assertThat(broken.sums(resumed)).isEqualTo(straight.sums(never));
    assertThat(never.fingerprint()).isNotEqualTo(base.fingerprint());
    List<Map<?, ?>> lines = metrics(straight, never);
    assertThat((Double) lines.get(0).get("ancestor_bits_per_byte"))
        .isGreaterThan((Double) lines.get(lines.size() - 1).get("eval_bits_per_byte"));
    assertThat((Double) lines.get(0).get("loss"))
        .isLessThan((Double) metrics(straight, base).get(0).get("loss") - 0.5);
  }

  private static List<Map<?, ?>> metrics(TinyWorld world, CheckpointRef model) throws IOException {
    String jsonl =
        new String(world.store.read(model.location() + "/metrics.jsonl"), StandardCharsets.UTF_8);
    List<Map<?, ?>> lines = new ArrayList<>();
    for (String line : jsonl.split("\n")) {
      lines.add((Map<?, ?>) Json.parse(line));
    }
    return lines;
  }

  @Test
  void refusesADescendantOfAnotherShapeOrWithoutAnAncestor() throws IOException {
    CheckpointRef base =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 2, RATE, TinyWorld.everySteps(100)));
    PretrainOrder sound = straight.descend(base, 2, 0.25, TinyWorld.everySteps(100));
    PretrainOrder orphan =
        named(
            new PretrainOrder(
                sound.attempt(),
                sound.fingerprint(),
                sound.tokens(),
                sound.tokenizer(),
                sound.pretrain(),
                sound.cadence()));

    assertThatThrownBy(() -> straight.run(orphan))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("pretrain.replay is 0.25")
        .hasMessageContaining("given exactly where an ancestor is");
  }

  private static PretrainOrder named(PretrainOrder order) {
    return new PretrainOrder(
        order.attempt(),
        Fingerprint.of(Stage.PRETRAIN, order.inputs(), order.pretrain()),
        order.tokens(),
        order.tokenizer(),
        order.pretrain(),
        order.cadence(),
        order.ancestor());
  }

  @Test
  void resumesGpt2ToTheBitToo() throws IOException {
    ModelShape shape =
        new ModelShape(ModelShape.Family.GPT2, 1, 16, 2, 2, 8, 32, 257, 16, 1e-5, 10_000, true);
    CheckpointRef never =
        straight.run(straight.pretrain(shape, 10, RATE, TinyWorld.everySteps(100)));
    PretrainOrder order = broken.pretrain(shape, 10, RATE, TinyWorld.everySteps(100));
    stopAfter(5, order);

    assertThat(broken.sums(broken.run(order))).isEqualTo(straight.sums(never));
  }

  @Test
  void resumesAtAnyPositionOfTheDataAndAcrossEpochs() throws IOException {
    PretrainSpec spec = large(40, 30); // rows: an epoch ends between two steps, and within one
    CheckpointRef never = straight.run(straight.pretrain(spec, eachStepTold(30)));
    PretrainOrder order = broken.pretrain(spec, eachStepTold(30));
    long epoch = (straight.tokens.rows() + 39) / 40;
    for (long step : List.of(1L, epoch - 1, epoch, epoch + 1, 2 * epoch, 7 * epoch / 2)) {
      stopAfter(step, order);
    }

    assertThat(broken.sums(broken.run(order))).isEqualTo(straight.sums(never));
  }

  @Test
  void resumesWhereAStepIsSeveralParts() throws IOException {
    PretrainSpec spec = large(520, 4); // rows; 512 are computed at once
    CheckpointRef never = straight.run(straight.pretrain(spec, eachStepTold(4)));
    PretrainOrder order = broken.pretrain(spec, eachStepTold(4));
    stopAfter(1, order);
    stopAfter(3, order);

    assertThat(broken.sums(broken.run(order))).isEqualTo(straight.sums(never));
  }

  private static PretrainSpec large(int batch, long steps) {
    return new PretrainSpec(
        TinyWorld.LLAMA,
        steps,
        batch,
        new LearningSchedule(RATE, 2, steps, 0.1),
        OptimizerSpec.DEFAULT,
        7,
        Numeric.DEFAULT);
  }

  private static Cadence eachStepTold(int steps) {
    return new Cadence(Duration.ofHours(1), Optional.of(1000L), 3, 0, Optional.of("a"), steps + 1);
  }

  @Test
  void howOftenItSavesMeasuresAndSpeaksChangesNothing() throws IOException {
    CheckpointRef seldom =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 12, RATE, TinyWorld.everySteps(100)));
    Cadence busy = new Cadence(Duration.ZERO, Optional.empty(), 2, 12, Optional.of("a dog"), 13);

    CheckpointRef often = broken.run(broken.pretrain(TinyWorld.LLAMA, 12, RATE, busy));

    assertThat(broken.sums(often)).isEqualTo(straight.sums(seldom));
    assertThat(new Checkpoints(broken.store, often.fingerprint()).whole())
        .extracting(Checkpoints.Saved::step)
        .startsWith(12L)
        .hasSize(2);
  }

  @Test
  void learnsAndTellsOfEachStep() throws IOException {
    CheckpointRef model =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 60, 0.02, TinyWorld.everySteps(100)));

    String metrics =
        new String(
            straight.store.read(model.location() + "/" + Metrics.NAME), StandardCharsets.UTF_8);
    List<Double> losses = Metrics.parse(metrics).losses();
    assertThat(losses).hasSize(60);
    assertThat(losses.get(0)).isBetween(5.0, 6.1); // ln 257 is 5.55
    assertThat(losses.get(59)).isLessThan(3.0);
    assertThat(metrics.lines().filter(line -> line.contains("eval_bits_per_byte"))).hasSize(2);
    Manifest finished =
        Artifacts.find(straight.store, Stage.PRETRAIN, model.fingerprint()).orElseThrow();
    assertThat(finished.result(CheckpointRef.class)).isEqualTo(model);
    assertThat(finished.spent().tokens()).isEqualTo(60 * 4 * TinyWorld.CONTEXT);
    assertThat(finished.files()).allMatch(file -> file.path().startsWith("step-00000060/"));
    assertThat(Artifacts.faults(straight.store, Stage.PRETRAIN.at(model.fingerprint()))).isEmpty();
  }

  @Test
  void goesOnFromTheCheckpointBeforeWhereTheNewestIsCorrupt() throws IOException {
    CheckpointRef never =
        straight.run(straight.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(100)));
    PretrainOrder order = broken.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(5));
    stopAfter(10, order);
    Path weights =
        broken
            .folder
            .resolve(Stage.PRETRAIN.at(order.fingerprint()))
            .resolve("step-00000010/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);

    CheckpointRef resumed = broken.run(order);

    assertThat(broken.sums(resumed)).isEqualTo(straight.sums(never));
    Checkpoints checkpoints = new Checkpoints(broken.store, order.fingerprint());
    assertThat(checkpoints.claims().latest().orElseThrow().value().resumeFrom()).isEqualTo(5);
    assertThat(checkpoints.whole())
        .extracting(saved -> saved.folder().substring(saved.folder().lastIndexOf('/') + 1))
        .containsExactly("step-00000020", "step-00000015", "step-00000010-c000002");
  }

  @Test
  void anOlderAttemptFindsItselfFencedAndSavesNothing() throws IOException {
    PretrainOrder order = broken.pretrain(TinyWorld.LLAMA, 20, RATE, TinyWorld.everySteps(5));
    Checkpoints checkpoints = new Checkpoints(broken.store, order.fingerprint());
    boolean[] claimed = {false};

    assertThatThrownBy(
            () ->
                TinyWorld.run(
                    order,
                    new Stop(),
                    line -> {
                      if (line.contains("after 10 steps") && !claimed[0]) {
                        claimed[0] = true;
                        try {
                          while (checkpoints.whole().isEmpty()) {
                            Thread.onSpinWait(); // step 5 is written beside the training
                          }
                          checkpoints
                              .claims()
                              .append(new Claim("other", "elsewhere", 1, 2, 5, Instant.EPOCH));
                        } catch (IOException failed) {
                          throw new IllegalStateException(failed);
                        }
                      }
                    }))
        .isInstanceOf(Stopped.class)
        .hasMessageStartingWith("Fenced: claim 2 of run other");

    assertThat(checkpoints.whole()).extracting(Checkpoints.Saved::step).containsExactly(5L);
    assertThat(broken.store.list(checkpoints.home() + "/step-00000010")).isEmpty();
  }

  @Test
  void aTrainingThatBlowsUpIsHopelessAndKeepsItsLastGoodCheckpoint() {
    OptimizerSpec wild = new OptimizerSpec(0.9, 0.95, 1e-8, 1e6, 1);
    PretrainSpec spec =
        new PretrainSpec(
            TinyWorld.LLAMA,
            200,
            4,
            new LearningSchedule(0.9, 150, 200, 1),
            wild,
            7,
            Numeric.DEFAULT);
    PretrainOrder order = broken.pretrain(spec, TinyWorld.everySteps(1));

    assertThatThrownBy(() -> broken.run(order))
        .isInstanceOfSatisfying(
            Hopeless.class, hopeless -> assertThat(hopeless.kind()).isEqualTo("Diverged"))
        .hasMessageContaining("at step ")
        .hasMessageContaining("on rows [")
        .hasMessageContaining("lower peak rate");
  }

  @Test
  void namesAVocabularyAndAContextThatDoNotFit() {
    ModelShape shape =
        new ModelShape(ModelShape.Family.LLAMA, 1, 16, 2, 2, 8, 32, 300, 32, 1e-5, 10_000, true);

    assertThatThrownBy(() -> broken.run(broken.pretrain(shape, 5, RATE, TinyWorld.everySteps(5))))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("pretrain.shape.vocabulary is 300; it must be the tokenizer's, 257")
        .hasMessageContaining(
            "pretrain.shape.context is 32; it must be that of the tokens' rows, 16");
  }

  @Test
  void answersAtOnceWhatIsFinished() throws IOException {
    PretrainOrder order = straight.pretrain(TinyWorld.LLAMA, 3, RATE, TinyWorld.everySteps(100));
    CheckpointRef first = straight.run(order);

    assertThat(straight.run(order)).isEqualTo(first);
    assertThat(new Checkpoints(straight.store, order.fingerprint()).claims().all()).hasSize(1);
  }
}
