package dev.rootstock.training.backend;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.cpu.CpuBackend;
import dev.rootstock.training.backend.nd4j.Nd4jBackend;
import dev.rootstock.training.model.Learns;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints how many bytes a program grows by between steps 60 and 300 of batches that change their
 * measures.
 */
final class LongTraining {
  /** Which backend. */
  enum By {
    ND4J,
    CPU
  }

  private LongTraining() {}

  public static void main(String[] arguments) {
    ModelShape shape =
        new ModelShape(ModelShape.Family.LLAMA, 2, 32, 4, 4, 8, 64, 64, 256, 1e-5, 10_000, true);
    long settled = 0;
    try (Backend backend = open(By.valueOf(arguments[0]), shape)) {
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

  private static Backend open(By backend, ModelShape shape) {
    return backend == By.CPU
        ? new CpuBackend(shape, Learns.all(), 2)
        : new Nd4jBackend(shape, Learns.all(), Numeric.DEFAULT, 2);
  }
}
