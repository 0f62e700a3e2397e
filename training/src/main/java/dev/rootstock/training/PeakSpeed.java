package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.engine.TrainBenchRun.Product;
import dev.rootstock.training.bench.Products;
import java.util.Optional;

/** What MFU is a share of. */
final class PeakSpeed {
  /** GFLOP/s of this machine, where someone knows them; else the model's products are timed. */
  private static final String GIVEN = "ROOTSTOCK_PEAK_GFLOPS";

  private static final double WORTH =
      1e13; // FLOPs of a training that some seconds do not matter to

  private PeakSpeed() {}

  /** FLOP/s, as given or measured; empty for a training too short to measure for. */
  static Optional<Double> of(PretrainSpec spec, int threads) {
    String given = System.getenv(GIVEN);
    if (given != null) {
      return Optional.of(read(given) * 1e9);
    }
    if (spec.tokens() * spec.shape().trainingFlopsPerToken() < WORTH) {
      return Optional.empty();
    }
    return Optional.of(Product.together(new Products(spec.shape(), spec.batch(), threads).time()));
  }

  static double read(String gigaflops) {
    double value = gigaflops.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(gigaflops) : 0;
    new Check()
        .that(value > 0, GIVEN, "\"" + gigaflops + "\"", "a number above 0, in GFLOP/s")
        .done();
    return value;
  }
}
