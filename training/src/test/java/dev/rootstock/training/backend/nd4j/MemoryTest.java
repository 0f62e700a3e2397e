package dev.rootstock.training.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final long SLACK =
      24L << 20; // bytes; the heap may still grow, one pass's activations are as much

  @Test
  void doesNotGrowOverSixtyStepsOfChangingBatches() {
    ModelShape shape =
        new ModelShape(ModelShape.Family.LLAMA, 2, 32, 4, 4, 8, 64, 64, 256, 1e-5, 10_000, true);
    try (Backend backend = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 2)) {
      long settled = 0;
      for (int step = 1; step <= 60; step++) {
        int time = step % 2 == 0 ? 255 : 200; // each change lets go of some ten megabytes
        Batch batch = new Batch(new int[4 * time], new int[4 * time], 4, time);
        backend.accumulate(batch, 0.001);
        backend.update(OptimizerSpec.DEFAULT, 0.001, step);
        backend.begin(new int[time]);
        backend.next(1);
        if (step == 10) {
          settled = Pointer.physicalBytes();
        }
      }
      assertThat(Pointer.physicalBytes() - settled).isLessThan(SLACK);
    }
  }
}
