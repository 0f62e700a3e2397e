package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Piece;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Reply;
import dev.rootstock.contract.store.Checkpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a process of its own: killed, asked to leave, left alone. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EngineIT {
  private static final int STEPS = 400;

  @TempDir private Path temporary;
  private TinyWorld world;
  private Path result;

  @BeforeEach
  void makeWorld() throws IOException {
    world = new TinyWorld(temporary.resolve("store"));
    result = temporary.resolve("result.json");
  }

  private Process start(String verb, Record order) throws IOException {
    Path spec = temporary.resolve("spec.json");
    Files.writeString(spec, CanonicalJson.write(order));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            TrainingMain.class.getName(),
            verb,
            spec.toString(),
            result.toString())
        .redirectError(temporary.resolve("engine.log").toFile())
        .start();
  }

  private static BufferedReader lines(Process engine) {
    return new BufferedReader(
        new InputStreamReader(engine.getInputStream(), StandardCharsets.UTF_8));
  }

  private void awaitSaved(PretrainOrder order, long step) throws Exception {
    Checkpoints checkpoints = new Checkpoints(world.store, order.fingerprint());
    while (checkpoints.whole().stream().noneMatch(saved -> saved.step() >= step)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private PretrainOrder order() {
    return world.pretrain(TinyWorld.LLAMA, STEPS, 0.01, TinyWorld.everySteps(10));
  }

  private CheckpointRef finish(Record order) throws Exception {
    Process engine = start("pretrain", order);
    engine.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(engine.waitFor())
        .as(Files.readString(temporary.resolve("engine.log")))
        .isEqualTo(EngineExit.DONE);
    return CanonicalJson.read(Files.readString(result), CheckpointRef.class);
  }

  @Test
  void killedAtAnyMomentAndBegunAgainItEndsInTheSameBytes() throws Exception {
    TinyWorld other = new TinyWorld(temporary.resolve("other"));
    CheckpointRef never =
        other.run(other.pretrain(TinyWorld.LLAMA, STEPS, 0.01, TinyWorld.everySteps(1000)));
    PretrainOrder order = order();
    SplittableRandom random = new SplittableRandom(11);
    long saved = 0;
    for (int kill = 0; kill < 3; kill++) {
      Process engine = start("pretrain", order);
      saved += 20;
      awaitSaved(order, saved);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(150)); // the random moment is the point
      engine.toHandle().destroyForcibly();
      assertThat(engine.waitFor()).isEqualTo(137);
      saved = new Checkpoints(world.store, order.fingerprint()).whole().get(0).step();
    }

    CheckpointRef resumed = finish(order);

    assertThat(world.sums(resumed)).isEqualTo(other.sums(never));
    assertThat(new Checkpoints(world.store, order.fingerprint()).claims().all()).hasSize(4);
  }

  @Test
  void savesAndLeavesOnSigterm() throws Exception {
    PretrainOrder order = order();
    Process engine = start("pretrain", order);
    awaitSaved(order, 10);
    engine.toHandle().destroy();

    assertThat(engine.waitFor()).isIn(EngineExit.RESUMABLE, EngineExit.TERMINATED);
    assertThat(Files.readString(temporary.resolve("engine.log"))).contains("saved step ");
    assertThat(result).doesNotExist();
  }

  @Test
  void savesAndLeavesWhenItsParentIsGone() throws Exception {
    PretrainOrder order = order();
    Process engine = start("pretrain", order);
    awaitSaved(order, 10);
    engine.getOutputStream().close();

    assertThat(engine.waitFor()).isEqualTo(EngineExit.RESUMABLE);
    assertThat(new Checkpoints(world.store, order.fingerprint()).whole().get(0).step())
        .isGreaterThan(9);
  }

  @Test
  void saysInItsResultFileWhatIsWrongWithAnOrder() throws Exception {
    ModelShape large =
        new ModelShape(ModelShape.Family.LLAMA, 1, 16, 2, 2, 8, 32, 300, 16, 1e-5, 10_000, true);
    Process engine = start("pretrain", world.pretrain(large, 5, 0.01, TinyWorld.everySteps(5)));

    assertThat(engine.waitFor()).isEqualTo(EngineExit.INVALID);
    Failure failure = CanonicalJson.read(Files.readString(result), Failure.class);
    assertThat(failure.kind()).isEqualTo("InvalidConfig");
    assertThat(failure.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.path()).isEqualTo("pretrain.shape.vocabulary"));
  }

  @Test
  void endsWithThreeWhereItWouldFailAgain() throws Exception {
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
    Process engine = start("pretrain", world.pretrain(spec, TinyWorld.everySteps(1000)));

    assertThat(engine.waitFor()).isEqualTo(EngineExit.HOPELESS);
    assertThat(CanonicalJson.read(Files.readString(result), Failure.class).kind())
        .isEqualTo("Diverged");
  }

  @Test
  void answersEachPromptThatIsWrittenToIt() throws Exception {
    CheckpointRef model =
        world.run(world.pretrain(TinyWorld.LLAMA, 5, 0.01, TinyWorld.everySteps(100)));
    Process engine =
        start("generate", new GenerateOrder(world.attempt(1), model, List.of(), 8, 0.8, 0.95, 1));
    List<String> replies = new ArrayList<>();
    try (PrintWriter prompts =
            new PrintWriter(engine.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader lines = lines(engine)) {
      for (String prompt : List.of("\"the cat\"", "not json", "\"a dog\"")) {
        prompts.println(prompt);
        String line = lines.readLine();
        StringBuilder pieces = new StringBuilder();
        while (line.contains("\"stage\"") || line.startsWith("{\"piece\"")) {
          if (line.startsWith("{\"piece\"")) {
            pieces.append(CanonicalJson.read(line, Piece.class).piece());
          }
          line = lines.readLine();
        }
        assertThat(CanonicalJson.read(line, Reply.class).text()).isEqualTo(pieces.toString());
        replies.add(line);
      }
      prompts.close();
      assertThat(engine.waitFor()).isEqualTo(EngineExit.DONE);
    }

    assertThat(replies.get(0)).startsWith("{\"text\":\"");
    assertThat(replies.get(1)).contains("\"problem\":\"the line is not JSON");
    assertThat(replies.get(2)).startsWith("{\"text\":\"");
  }
}
