package dev.rootstock.training;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.model.Initialization;
import dev.rootstock.training.model.TensorLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where learning starts. */
public final class FirstWeights {
  private FirstWeights() {}

  /** Fills all that learns, a whole model or the adapter on a frozen one; moments are zero. */
  public static void fill(Backend model, ModelShape shape, long seed) {
    Initialization first = new Initialization(shape, seed);
    for (TensorLayout tensor : model.layout()) {
      if (tensor.trained()) {
        long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        try (INDArray values = Nd4j.createFromArray(first.values(tensor)).reshape(measures)) {
          model.write(tensor.name(), Backend.Kind.WEIGHT, values);
          values.assign(0);
          model.write(tensor.name(), Backend.Kind.EXP_AVG, values);
          model.write(tensor.name(), Backend.Kind.EXP_AVG_SQ, values);
        }
      }
    }
  }
}
