package dev.rootstock.training.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchVerbTest {
  private static final ModelShape TINY =
      new ModelShape(ModelShape.Family.LLAMA, 1, 16, 2, 1, 8, 24, 257, 16, 1e-5, 10_000, true);

  @TempDir private Path temporary;

  private static TrainBenchRun run(TrainBenchOrder order) throws IOException {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (ProgressLog progress = new ProgressLog(nowhere, Duration.ofSeconds(1))) {
      return new BenchVerb().carryOut(order, progress, new Stop());
    }
  }

  @Test
  void timesEachStepAfterTheWarmUpAndTheProducts() throws IOException {
    TrainBenchRun run = run(BenchOrders.of(TINY, 4, 30, Optional.empty(), Optional.empty(), true));

    assertThat(run.losses()).hasSize(32);
    assertThat(run.losses().get(0)).isBetween(5.0, 6.1); // ln 257 is 5.55
    assertThat(run.losses().get(31)).isLessThan(run.losses().get(0) - 0.5);
    assertThat(run.seconds()).hasSize(30).allMatch(seconds -> seconds > 0);
    assertThat(run.parameters()).isEqualTo(TINY.parameters());
    assertThat(run.products())
        .extracting(TrainBenchRun.Product::name)
        .containsExactly("qkv", "out", "up", "down", "head", "attention");
    double flops = run.products().stream().mapToDouble(TrainBenchRun.Product::flops).sum();
    assertThat(flops / (4 * 16))
        .isBetween(
            TINY.trainingFlopsPerToken() - 6.0 * 3 * 16, TINY.trainingFlopsPerToken() + 1e-6);
    assertThat(run.productFlopsPerSecond()).isPositive();
    assertThat(run.heldOut()).isEmpty();
  }

  @Test
  void tellsWhatTheTimeOfAllThreadsWentTo() throws IOException {
    TrainBenchOrder order = BenchOrders.of(TINY, 4, 5, Optional.empty(), Optional.empty(), false);
    TrainBenchRun run = run(order);

    assertThat(run.backend()).startsWith("cpu");
    assertThat(run.groups())
        .containsOnlyKeys(
            "activation",
            "attention",
            "embedding",
            "head",
            "linear",
            "norm",
            "optimizer",
            "rotary",
            "waiting");
    assertThat(run.groups().values()).allMatch(seconds -> seconds >= 0);
    assertThat(run.groups()).extractingByKey("linear").matches(seconds -> seconds > 0);
    double timed = run.seconds().stream().mapToDouble(Double::doubleValue).sum();
    double told = run.groups().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(told).isLessThanOrEqualTo(timed * order.threads() * 1.001);
  }

  @Test
  void oneOrderGivesOneCurve() throws IOException {
    TrainBenchOrder order = BenchOrders.of(TINY, 4, 5, Optional.empty(), Optional.empty(), false);

    assertThat(run(order).losses()).isEqualTo(run(order).losses());
  }

  @Test
  void scoresTheDocumentsThatAreHeldOutOfAText() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6_000; i++) {
      text.append("the cat number ").append(i * 7919 % 1000).append(i % 5 == 0 ? ".\n\n" : " sat ");
    }
    Path file = Files.writeString(temporary.resolve("text.txt"), text);
    long held =
        TextRows.documents(text.toString()).stream()
            .map(document -> document.getBytes(StandardCharsets.UTF_8))
            .filter(TextRows::isHeldOut)
            .mapToLong(document -> document.length)
            .sum();
    TrainBenchOrder.Text from =
        new TrainBenchOrder.Text(List.of(file.toString()), Optional.empty());

    TrainBenchRun.HeldOut scored =
        run(BenchOrders.of(TINY, 8, 60, Optional.empty(), Optional.of(from), false))
            .heldOut()
            .orElseThrow();

    assertThat(held).isBetween(1L, text.length() / 3L);
    assertThat(scored.bytes()).isEqualTo(held);
    assertThat(scored.bitsPerByte()).isBetween(0.5, 5.5); // of a blind guess: 8.006
  }

  @Test
  void aBackendThatIsNotThereIsNamed() {
    TrainBenchOrder order = BenchOrders.of(TINY, 4, 5, Optional.empty(), Optional.empty(), false);
    TrainBenchOrder other = BenchOrders.by("abacus", order);

    assertThatThrownBy(() -> run(other))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("backend is abacus")
        .hasMessageContaining("it opened ");
  }
}
