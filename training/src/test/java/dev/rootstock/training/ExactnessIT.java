package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.store.Checkpoints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Twenty steps in one process, and in two, end in the same bytes. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExactnessIT {
  private static final int STEPS = 20;

  @TempDir private Path temporary;
  private TinyWorld world;
  private PretrainOrder order;
  private List<String> calm;

  @BeforeEach
  void trainInPeace() throws IOException {
    TinyWorld other = new TinyWorld(temporary.resolve("calm"));
    calm = other.sums(other.run(order(other)));
    world = new TinyWorld(temporary.resolve("store"));
    order = order(world);
  }

  private static PretrainOrder order(TinyWorld world) {
    return world.pretrain(
        TinyWorld.LLAMA,
        STEPS,
        0.01,
        new Cadence(Duration.ofHours(1), Optional.of(10L), 3, 0, Optional.of("the "), STEPS + 1));
  }

  private int run(String... settings) throws Exception {
    Path spec = temporary.resolve("spec.json");
    Files.writeString(spec, CanonicalJson.write(order));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--add-modules=jdk.incubator.vector"));
    command.addAll(List.of(settings));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EndingItself.class.getName(), "pretrain", spec.toString()));
    command.add(temporary.resolve("result.json").toString());
    Process engine =
        new ProcessBuilder(command).redirectError(temporary.resolve("engine.log").toFile()).start();
    engine.getInputStream().transferTo(OutputStream.nullOutputStream());
    return engine.waitFor();
  }

  private List<Long> saved() throws IOException {
    return new Checkpoints(world.store, order.fingerprint())
        .whole().stream().map(Checkpoints.Saved::step).toList();
  }

  private void endsInTheSameBytes(String... settings) throws Exception {
    assertThat(run(settings))
        .as(Files.readString(temporary.resolve("engine.log")))
        .isEqualTo(EngineExit.DONE);
    CheckpointRef result =
        CanonicalJson.read(Files.readString(temporary.resolve("result.json")), CheckpointRef.class);
    assertThat(world.sums(result)).isEqualTo(calm);
  }

  @Test
  void tenThenKilledThenTen() throws Exception {
    assertThat(run("-Dsignal=KILL", "-Dtold=after 13 steps", "-Dsaved=10")).isEqualTo(137);
    assertThat(saved()).containsExactly(10L);

    endsInTheSameBytes();
  }

  @Test
  void sevenThenAskedToLeaveThenThirteenInterpreted() throws Exception {
    assertThat(run("-Dsignal=TERM", "-Dtold=after 7 steps")).isEqualTo(EngineExit.RESUMABLE);
    assertThat(saved()).containsExactly(7L);

    endsInTheSameBytes("-Xint");
  }

  @Test
  void killedWhileACheckpointIsWrittenBesideTheTraining() throws Exception {
    assertThat(run("-Dsignal=KILL", "-Dpublishing=step-00000010/optimizer.safetensors"))
        .isEqualTo(137);
    assertThat(saved()).isEmpty();
    assertThat(world.store.list(new Checkpoints(world.store, order.fingerprint()).home()))
        .as("half of it is there")
        .anyMatch(key -> key.endsWith("step-00000010/model.safetensors"));

    endsInTheSameBytes();
  }

  @Test
  void killedBetweenItsFilesAndItsManifest() throws Exception {
    assertThat(run("-Dsignal=KILL", "-Dpublishing=step-00000010/manifest.json")).isEqualTo(137);
    assertThat(saved()).isEmpty();

    endsInTheSameBytes();
  }
}
