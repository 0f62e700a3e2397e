package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.checkpoint.Checkpoint;
import dev.rootstock.training.checkpoint.TrainingCheckpoints;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Damage to the newest of two checkpoints, in files of 20 kB at most: 5 is whole, 10 is not. */
class CheckpointFaultsTest {
  private static final int STEPS = 14;
  private static final double RATE = 0.01;
  private static final Cadence IN_SHARDS =
      new Cadence(
          Duration.ofHours(1),
          Optional.of(5L),
          9,
          0,
          Optional.of("the "),
          STEPS + 1,
          Optional.empty(),
          false,
          20_000);

  @TempDir private Path temporary;
  private TinyWorld world;
  private PretrainOrder order;
  private Path newest;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void leaveTwoCheckpoints() throws IOException {
    world = new TinyWorld(temporary.resolve("store"));
    order = world.pretrain(TinyWorld.LLAMA, STEPS, RATE, IN_SHARDS);
    Stop stop = new Stop();
    try {
      TinyWorld.run(
          order,
          stop,
          line -> {
            if (line.contains("after 10 steps")) {
              stop.ask();
            }
          });
    } catch (Stopped asked) {
      // as it was to be
    }
    newest = home().resolve("step-00000010");
  }

  private Path home() {
    return world.folder.resolve(Stage.PRETRAIN.at(order.fingerprint()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(newest)) {
      return files.sorted().toList();
    }
  }

  /** Restores the newest sound checkpoint into a model that holds something else. */
  private Optional<Long> restored(Backend model) throws IOException {
    told.clear();
    for (TensorLayout tensor : model.layout()) {
      try (INDArray other =
          Nd4j.ones(tensor.shape().stream().mapToLong(Long::longValue).toArray())) {
        for (Backend.Kind kind :
            List.of(Backend.Kind.WEIGHT, Backend.Kind.EXP_AVG, Backend.Kind.EXP_AVG_SQ)) {
          model.write(tensor.name(), kind, other);
        }
      }
    }
    return new TrainingCheckpoints(world.store, order.fingerprint())
        .restoreNewest(saved -> Checkpoint.restore(world.store, saved, model), told::add)
        .map(Checkpoints.Saved::step);
  }

  private static int state(Backend model) {
    int state = 0;
    for (TensorLayout tensor : model.layout()) {
      for (Backend.Kind kind :
          List.of(Backend.Kind.WEIGHT, Backend.Kind.EXP_AVG, Backend.Kind.EXP_AVG_SQ)) {
        try (INDArray values = model.read(tensor.name(), kind)) {
          state = 31 * state + Arrays.hashCode(values.ravel().toFloatVector());
        }
      }
    }
    return state;
  }

  private Backend open() {
    return Backends.open(TinyWorld.LLAMA, Optional.empty(), order.pretrain().numeric(), 2);
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private void eachIsFound(Damage damage) throws IOException {
    byte[] kept;
    try (Backend model = open()) {
      assertThat(restored(model)).contains(10L);
      assertThat(told).isEmpty();
      int ten = state(model);
      kept = Files.readAllBytes(newest.resolve(Manifest.NAME));
      Files.delete(newest.resolve(Manifest.NAME));
      assertThat(restored(model)).contains(5L);
      int five = state(model);
      assertThat(five).isNotEqualTo(ten);
      Files.write(newest.resolve(Manifest.NAME), kept);
      for (Path file : files()) {
        byte[] whole = Files.readAllBytes(file);
        damage.to(file);
        assertThat(restored(model)).as(file.toString()).contains(5L);
        assertThat(told)
            .singleElement()
            .asString()
            .contains("step-00000010")
            .containsAnyOf(file.getFileName().toString(), "no manifest.json");
        assertThat(state(model)).as("what lies in the model beside %s", file).isEqualTo(five);
        Files.write(file, whole);
      }
      assertThat(restored(model)).contains(10L);
      assertThat(state(model)).isEqualTo(ten);
    }
  }

  @Test
  void aCheckpointLiesInShards() throws IOException {
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .contains(
            "model-00001-of-00002.safetensors",
            "model.safetensors.index.json",
            "optimizer.safetensors.index.json",
            "trainer_state.json",
            "manifest.json")
        .doesNotContain("model.safetensors", "optimizer.safetensors");
  }

  @Test
  void anyFlippedBitIsFound() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 2; round++) {
      eachIsFound(
          file -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);
          });
    }
  }

  @Test
  void anyFileCutShortIsFound() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    eachIsFound(
        file -> {
          byte[] bytes = Files.readAllBytes(file);
          Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        });
  }

  @Test
  void anyMissingFileIsFound() throws IOException {
    eachIsFound(Files::delete);
  }

  @Test
  void filesThatChangedPlacesAreFound() throws IOException {
    eachIsFound(
        file -> {
          List<Path> all = files();
          Path next = all.get((all.indexOf(file) + 1) % all.size());
          Files.copy(next, file, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  /** Commits the newest checkpoint anew with sums that are right for other bytes. */
  private void forge(String file, byte[] bytes) throws IOException {
    String key = Stage.PRETRAIN.at(order.fingerprint()) + "/step-00000010";
    Manifest said = Artifacts.read(world.store, key).orElseThrow();
    Files.write(newest.resolve(file), bytes);
    Files.delete(newest.resolve(Manifest.NAME));
    List<StoredFile> files = new ArrayList<>();
    for (StoredFile each : said.files()) {
      Path path = newest.resolve(each.path());
      files.add(new StoredFile(each.path(), Files.size(path), Artifacts.sum(path)));
    }
    Artifacts.commit(
        world.store,
        key,
        new Manifest(
            said.format(),
            said.stage(),
            said.fingerprint(),
            said.form(),
            files,
            said.result(),
            said.spent(),
            said.madeBy(),
            said.madeAt()));
  }

  @Test
  void valuesThatAreNotFiniteAreRefusedThoughTheirSumsAreRight() throws IOException {
    List<String> shards =
        files().stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.startsWith("optimizer-"))
            .toList();
    String last = shards.get(shards.size() - 1); // all but it are in the model by then
    byte[] bytes = Files.readAllBytes(newest.resolve(last));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    forge(last, bytes);

    try (Backend model = open()) {
      assertThat(restored(model)).contains(5L);
      assertThat(told).singleElement().asString().contains("step-00000010").contains("not finite");
    }
    endsAsIfNothingHadBeen();
  }

  @Test
  void aTensorOfAnotherShapeIsRefusedThoughItsSumIsRight() throws IOException {
    String index = "model.safetensors.index.json";
    byte[] other =
        Files.readString(newest.resolve(index))
            .replace("model.norm.weight", "model.warm.weight")
            .getBytes(StandardCharsets.UTF_8);
    forge(index, other);

    try (Backend model = open()) {
      assertThat(restored(model)).contains(5L);
      assertThat(told).singleElement().asString().contains("model.norm.weight");
    }
  }

  @Test
  void afterFallingBackItEndsInTheSameBytes() throws IOException {
    Path shard =
        files().stream()
            .filter(file -> file.toString().contains("model-"))
            .findFirst()
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 4;
    Files.write(shard, bytes);

    endsAsIfNothingHadBeen();
  }

  @Test
  void withNothingSoundLeftItBeginsAnewAndEndsInTheSameBytes() throws IOException {
    Files.delete(newest.resolve("trainer_state.json"));
    byte[] manifest = Files.readAllBytes(home().resolve("step-00000005/manifest.json"));
    manifest[manifest.length / 2] ^= 1;
    Files.write(home().resolve("step-00000005/manifest.json"), manifest);

    endsAsIfNothingHadBeen();
  }

  private void endsAsIfNothingHadBeen() throws IOException {
    List<String> lines = new ArrayList<>();
    CheckpointRef resumed = TinyWorld.run(order, new Stop(), lines::add);
    assertThat(lines).as("it is told").anyMatch(line -> line.contains("step-00000010"));
    TinyWorld calm = new TinyWorld(temporary.resolve("calm"));
    assertThat(world.sums(resumed))
        .isEqualTo(calm.sums(calm.run(calm.pretrain(TinyWorld.LLAMA, STEPS, RATE, IN_SHARDS))));
  }
}
