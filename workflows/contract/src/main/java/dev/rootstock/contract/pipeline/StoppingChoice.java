package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.StoppingSpec;
import java.util.Optional;

/**
 * When a graft stops early. The state that was best on the dev rows is the result in any case.
 *
 * @param metric the best state is chosen by; default {@code auto}: the lowest loss on the dev rows
 * @param patience evaluations without gain before stopping; default 5
 * @param evaluations how often the dev rows are scored over the whole training; default 10
 * @param gain by which an evaluation must beat the best, to count as gain; default 0
 * @param minimumSteps before which it never stops; default 0
 */
public record StoppingChoice(
    Optional<Metric> metric,
    @Default("5") int patience,
    @Default("10") int evaluations,
    @Default("0") double gain,
    @Default("0") int minimumSteps) {
  public static final StoppingChoice DEFAULT = new StoppingChoice(Optional.empty(), 5, 10, 0, 0);

  public StoppingChoice {
    new Check().positive("patience", patience).positive("evaluations", evaluations).done();
    new StoppingSpec(metric, gain, minimumSteps);
  }

  /** What is not patience; empty where it is as it is by default. */
  public Optional<StoppingSpec> spec() {
    StoppingSpec spec = new StoppingSpec(metric, gain, minimumSteps);
    return spec.equals(StoppingSpec.DEFAULT) ? Optional.empty() : Optional.of(spec);
  }
}
