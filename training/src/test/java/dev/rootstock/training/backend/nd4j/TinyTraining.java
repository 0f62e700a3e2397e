package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.Initialization;
import dev.rootstock.training.model.TensorLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains ten steps of a tiny model and prints the sum of all its weights and moments, for another
 * JVM to compare.
 */
final class TinyTraining {
  private TinyTraining() {}

  public static void main(String[] arguments) {
    System.out.println("weights " + sum(ModelShape.Family.valueOf(arguments[0])));
  }

  static String sum(ModelShape.Family family) {
    ModelShape shape = new ModelShape(family, 2, 16, 2, 2, 8, 24, 31, 16, 1e-5, 10_000, true);
    Random random = new Random(5);
    try (Backend backend = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 2)) {
      Initialization first = new Initialization(shape, 9);
      for (TensorLayout tensor : backend.layout()) {
        backend.write(
            tensor.name(), Backend.Kind.WEIGHT, Nd4j.createFromArray(first.values(tensor)));
      }
      for (int step = 1; step <= 10; step++) {
        int[] ids = random.ints(4 * 16, 0, 31).toArray();
        backend.accumulate(new Batch(ids, random.ints(4 * 16, 0, 31).toArray(), 4, 16), 1.0 / 64);
        backend.update(OptimizerSpec.DEFAULT, 0.01, step);
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (TensorLayout tensor : backend.layout()) {
        for (Backend.Kind kind :
            new Backend.Kind[] {
              Backend.Kind.WEIGHT, Backend.Kind.EXP_AVG, Backend.Kind.EXP_AVG_SQ
            }) {
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
