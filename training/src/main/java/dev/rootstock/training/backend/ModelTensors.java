package dev.rootstock.training.backend;

import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tensors that can be read: those of a model at work, or of a copy of it. */
public interface ModelTensors {
  /** All tensors, in the order in which files list them and sums run over them. */
  List<TensorLayout> layout();

  /** A copy of a tensor, in its layout's shape and the model's dtype; the caller closes it. */
  INDArray read(String name, Backend.Kind kind);
}
