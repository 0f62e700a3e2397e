package dev.rootstock.training;

import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.engine.WeighOrder;
import dev.rootstock.contract.engine.Weighed;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.optimize.MemoryNeed;
import java.util.ArrayList;
import java.util.List;

/** What trainings would need, by the count that each makes before its first step. */
final class WeighVerb implements Verb<WeighOrder> {
  @Override
  public Class<WeighOrder> order() {
    return WeighOrder.class;
  }

  @Override
  public Weighed carryOut(WeighOrder order, ProgressLog progress, Stop stop) {
    List<Long> bytes = new ArrayList<>();
    for (WeighOrder.Training training : order.trainings()) {
      Learns learns = Learns.of(training.shape(), training.lora(), training.freeze(), 0);
      bytes.add(
          MemoryNeed.of(
                  training.shape(),
                  training.numeric(),
                  learns.count(training.shape()),
                  training.copies(),
                  order.attempt().cores(),
                  training.row())
              .bytes());
    }
    return new Weighed(bytes, MemoryNeed.available());
  }
}
