package dev.rootstock.training.bench;

import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.engine.TrainBenchOrder;
import java.util.Optional;

/** Small orders, of two steps to warm up and some more. */
final class BenchOrders {
  private static final int WARMUP = 2;

  private BenchOrders() {}

  static TrainBenchOrder of(
      ModelShape shape,
      int batch,
      long steps,
      Optional<String> exchange,
      Optional<TrainBenchOrder.Text> text,
      boolean ceiling) {
    return new TrainBenchOrder(
        2,
        Optional.empty(),
        shape,
        batch,
        steps,
        WARMUP,
        new LearningSchedule(0.01, 3, steps + WARMUP, 0.1),
        OptimizerSpec.DEFAULT,
        Numeric.DEFAULT,
        1,
        exchange,
        text,
        ceiling);
  }

  static TrainBenchOrder by(String backend, TrainBenchOrder order) {
    return new TrainBenchOrder(
        order.threads(),
        Optional.of(backend),
        order.shape(),
        order.batch(),
        order.steps(),
        order.warmup(),
        order.schedule(),
        order.optimizer(),
        order.numeric(),
        order.seed(),
        order.exchange(),
        order.text(),
        order.ceiling());
  }
}
