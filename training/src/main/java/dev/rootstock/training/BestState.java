package dev.rootstock.training;

import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.model.TensorLayout;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of what a model has learned so far, to come back to. Not thread-safe. */
final class BestState implements AutoCloseable {
  private final Backend model;
  private final Map<String, INDArray> values = new HashMap<>();

  BestState(Backend model) {
    this.model = model;
  }

  void keep() {
    close();
    for (TensorLayout tensor : model.layout()) {
      if (tensor.trained()) {
        values.put(tensor.name(), model.read(tensor.name(), Backend.Kind.WEIGHT));
      }
    }
  }

  /** Puts back what was kept last. */
  void restore() {
    values.forEach((name, kept) -> model.write(name, Backend.Kind.WEIGHT, kept));
  }

  @Override
  public void close() {
    values.values().forEach(INDArray::close);
    values.clear();
  }
}
