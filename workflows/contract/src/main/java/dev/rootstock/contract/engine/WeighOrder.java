package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.FreezeSpec;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import java.util.List;
import java.util.Optional;

/**
 * Verb {@code weigh}: the memory that trainings would need on this machine, with the attempt's
 * threads. Nothing is opened. Result: {@link Weighed}.
 */
public record WeighOrder(Attempt attempt, List<Training> trainings) {
  public WeighOrder {
    trainings = List.copyOf(trainings);
  }

  /**
   * One training.
   *
   * @param lora given: an adapter learns, on a base that does not
   * @param freeze what of a whole model does not learn
   * @param copies of what learns that are kept aside: one of a finetune's best state
   * @param row positions of its longest row, at most the context
   */
  public record Training(
      ModelShape shape,
      Numeric numeric,
      Optional<LoraSpec> lora,
      Optional<FreezeSpec> freeze,
      int copies,
      int row) {
    public Training {
      new Check()
          .that(
              row > 0 && row <= shape.context(),
              "row",
              row,
              "from 1 to the context, " + shape.context())
          .done();
    }
  }
}
