package dev.rootstock.training.backend;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.cpu.CpuBackend;
import dev.rootstock.training.backend.nd4j.Nd4jBackend;
import dev.rootstock.training.model.Initialization;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a few steps of a tiny model and prints the sum of all its weights and moments, for another
 * JVM to compare.
 */
final class TinyTraining {
  private static final int STEPS = 6;
  private static final Backend.Kind[] STATE = {
    Backend.Kind.WEIGHT, Backend.Kind.EXP_AVG, Backend.Kind.EXP_AVG_SQ
  };

  /** A backend and what it trains. */
  enum Of {
    ND4J_LLAMA(ModelShape.Family.LLAMA),
    ND4J_GPT2(ModelShape.Family.GPT2),
    CPU_GPT2(ModelShape.Family.GPT2),
    CPU_QWEN3(ModelShape.Family.QWEN3),
    CPU_ADAPTER(ModelShape.Family.LLAMA);

    private final ModelShape.Family family;

    Of(ModelShape.Family family) {
      this.family = family;
    }

    Learns learns() {
      return this == CPU_ADAPTER
          ? new Learns(
              Optional.of(new LoraSpec(3, 5, Optional.of(0.2), Optional.empty(), Optional.empty())),
              Set.of(),
              4)
          : Learns.all();
    }

    /** The width of a head leaves vectors that are not whole, and so does the vocabulary. */
    ModelShape shape() {
      return new ModelShape(family, 2, 20, 2, 2, 10, 24, 31, 16, 1e-5, 10_000, true);
    }

    Backend open() {
      return name().startsWith("CPU")
          ? new CpuBackend(shape(), learns(), 2)
          : new Nd4jBackend(shape(), learns(), Numeric.DEFAULT, 2);
    }
  }

  private TinyTraining() {}

  public static void main(String[] arguments) {
    System.out.println("weights " + sum(Of.valueOf(arguments[0])));
  }

  static String sum(Of what) {
    Random random = new Random(5);
    try (Backend backend = what.open()) {
      fill(backend, what.shape());
      for (int step = 1; step <= STEPS; step++) {
        step(backend, random, step);
      }
      return sum(backend);
    }
  }

  /** The same with a new backend after so many steps, given what a checkpoint holds. */
  static String sumResumedAfter(Of what, int steps) {
    Random random = new Random(5);
    try (Backend first = what.open();
        Backend second = what.open()) {
      fill(first, what.shape());
      for (int step = 1; step <= steps; step++) {
        step(first, random, step);
      }
      for (TensorLayout tensor : first.layout()) {
        for (Backend.Kind kind : STATE) {
          if (kind == Backend.Kind.WEIGHT || tensor.trained()) {
            try (INDArray values = first.read(tensor.name(), kind)) {
              second.write(tensor.name(), kind, values);
            }
          }
        }
      }
      for (int step = steps + 1; step <= STEPS; step++) {
        step(second, random, step);
      }
      return sum(second);
    }
  }

  private static void fill(Backend backend, ModelShape shape) {
    Initialization first = new Initialization(shape, 9);
    for (TensorLayout tensor : backend.layout()) {
      try (INDArray values = Nd4j.createFromArray(first.values(tensor))) {
        backend.write(tensor.name(), Backend.Kind.WEIGHT, values);
      }
    }
  }

  private static void step(Backend backend, Random random, int step) {
    int[] ids = random.ints(3 * 16, 0, 31).toArray();
    backend.accumulate(new Batch(ids, random.ints(3 * 16, 0, 31).toArray(), 3, 16), 1.0 / 48);
    backend.update(OptimizerSpec.DEFAULT, 0.01, step);
  }

  private static String sum(Backend backend) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (TensorLayout tensor : backend.layout()) {
        for (Backend.Kind kind : STATE) {
          if (kind != Backend.Kind.WEIGHT && !tensor.trained()) {
            continue;
          }
          try (INDArray array = backend.read(tensor.name(), kind)) {
            for (float value : array.data().asFloat()) {
              digest.update(ByteBuffer.allocate(4).putFloat(value).flip());
            }
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
