package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints how many bytes a program grows by between steps 60 and 300 of batches that change their
 * measures.
 */
final class LongTraining {
  private LongTraining() {}

  public static void main(String[] arguments) {
    ModelShape shape =
        new ModelShape(ModelShape.Family.LLAMA, 2, 32, 4, 4, 8, 64, 64, 256, 1e-5, 10_000, true);
    long settled = 0;
    try (Backend backend = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 2)) {
      for (int step = 1; step <= 300; step++) {
        int time = step % 2 == 0 ? 255 : 200;
        backend.accumulate(new Batch(new int[4 * time], new int[4 * time], 4, time), 0.001);
        backend.update(OptimizerSpec.DEFAULT, 0.001, step);
        backend.begin(new int[time]);
        backend.next(1);
        if (step == 60) {
          settled = Pointer.physicalBytes();
        }
      }
      System.out.println("grown " + (Pointer.physicalBytes() - settled));
    }
  }
}
