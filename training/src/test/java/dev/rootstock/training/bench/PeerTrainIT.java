package dev.rootstock.training.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TrainBenchRun;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * PyTorch learns as we do, step by step; ROOTSTOCK_TORCH or ROOTSTOCK_PYTHON names one that has it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PeerTrainIT {
  private static final Path SCRIPT = Path.of("..", "infra", "bench", "peer_train.py");

  @TempDir private Path temporary;

  private static String python() throws Exception {
    String python =
        Optional.ofNullable(System.getenv("ROOTSTOCK_TORCH"))
            .orElse(System.getenv("ROOTSTOCK_PYTHON"));
    assumeTrue(python != null, "skipped: ROOTSTOCK_TORCH names no interpreter");
    Process probe =
        new ProcessBuilder(python, "-c", "import torch, numpy, safetensors")
            .redirectErrorStream(true)
            .start();
    probe.getInputStream().readAllBytes();
    assumeTrue(probe.waitFor() == 0, "skipped: " + python + " can not import torch");
    return python;
  }

  @ParameterizedTest
  @CsvSource({"LLAMA,2,false", "LLAMA,1,true", "GPT2,4,true"})
  void theLossesOfTwentyStepsAreEqual(Family family, int kvHeads, boolean tied) throws Exception {
    String python = python();
    ModelShape shape = new ModelShape(family, 2, 32, 4, kvHeads, 8, 48, 97, 16, 1e-5, 10_000, tied);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    TrainBenchRun ours;
    try (ProgressLog progress = new ProgressLog(nowhere, Duration.ofSeconds(1))) {
      ours =
          new BenchVerb()
              .carryOut(
                  BenchOrders.of(
                      shape,
                      6,
                      18,
                      Optional.of(temporary.resolve("exchange").toString()),
                      Optional.empty(),
                      false),
                  progress,
                  new Stop());
    }
    Path log = temporary.resolve("log");
    Process peer =
        new ProcessBuilder(
                python, SCRIPT.toString(), "--folder", temporary.resolve("exchange").toString())
            .redirectError(log.toFile())
            .start();
    String said = new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(peer.waitFor()).as(Files.readString(log)).isZero();

    TrainBenchRun theirs = CanonicalJson.read(said.strip(), TrainBenchRun.class);

    assertThat(theirs.parameters()).isEqualTo(ours.parameters());
    assertThat(theirs.seconds()).hasSize(18);
    assertThat(theirs.losses()).hasSize(20);
    for (int step = 0; step < 20; step++) {
      assertThat(ours.losses().get(step))
          .as("step " + step)
          .isCloseTo(theirs.losses().get(step), within(1e-4));
    }
    assertThat(ours.losses().get(19)).isLessThan(ours.losses().get(0) - 0.1);
  }
}
