package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import dev.rootstock.contract.engine.TrainBenchRun.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainTableTest {
  private static final ModelShape SHAPE = ModelShape.ofDepth(ModelShape.Family.LLAMA, 1, 512, 100);
  private static final TrainBenchOrder ORDER =
      new TrainBenchOrder(
          2,
          Optional.empty(),
          SHAPE,
          10,
          3,
          1,
          new LearningSchedule(0.01, 1, 4, 0.1),
          OptimizerSpec.DEFAULT,
          Numeric.DEFAULT,
          1,
          Optional.empty(),
          Optional.empty(),
          true);

  private static TrainBenchRun run(double last, Double... seconds) {
    return new TrainBenchRun(
        "nd4j",
        2,
        SHAPE.parameters(),
        List.of(4.0, 3.0, 2.0, last),
        List.of(seconds),
        1_000,
        Map.of("product", 3.0, "optimizer", 1.0),
        List.of(new Product("a", 1, 1, 1, 1e9, 1e9), new Product("b", 1, 1, 1, 3e9, 3e9)),
        Optional.empty());
  }

  private static TrainTable table(Optional<Double> peak) {
    return new TrainTable(
        ORDER,
        List.of(run(1, 0.5, 0.4, 9.0), run(1, 1.0, 1.0, 1.0), run(1, 2.0, 2.0, 2.0)),
        List.of(run(1.5, 1.0, 1.0, 1.0), run(1.5, 3.0, 3.0, 3.0), run(1.5, 8.0, 8.0, 8.0)),
        List.of(),
        List.of(0.1, 0.2, 0.3),
        peak);
  }

  @Test
  @SuppressWarnings("unchecked")
  void speedsAreMediansAndTheRatioIsThatOfNeighbouringRuns() {
    Map<String, Object> tree = table(Optional.empty()).tree();

    assertThat(tree)
        .containsEntry("median_step_s", 1.0)
        .containsEntry("tokens_per_s", 1000.0)
        .containsEntry("loss", 1.0)
        .containsEntry("peak_memory_bytes", 1_000L)
        .containsEntry("parameters", SHAPE.parameters())
        .containsEntry("sgemm_flops_per_s", 2e9)
        .containsEntry("group_shares", Map.of("product", 0.75, "optimizer", 0.25));
    Map<String, Object> torch = (Map<String, Object>) tree.get("torch");
    assertThat(torch).containsEntry("times_as_fast_as", 3.0); // 2, 3 and 4
    assertThat(torch).containsEntry("largest_loss_difference", 0.5);
    assertThat(tree).doesNotContainKey("torch_compile");
  }

  @Test
  void mfuIsAShareOfTheProductsOrOfThePeakThatIsGiven() {
    double flops = SHAPE.trainingFlopsPerToken() * 1000;

    assertThat((double) table(Optional.empty()).tree().get("mfu"))
        .isCloseTo(flops / 2e9, within(1e-9));
    assertThat((double) table(Optional.of(10.0)).tree().get("mfu"))
        .isCloseTo(flops / 1e10, within(1e-9));
  }
}
