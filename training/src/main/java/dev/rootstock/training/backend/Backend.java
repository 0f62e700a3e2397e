package dev.rootstock.training.backend;

import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One model on one device, with its gradients and optimizer moments. The cut is a whole forward and
 * backward pass, so that a backend may fuse and capture as it likes. Equal calls give equal bits on
 * one machine with one thread count. Not thread-safe.
 */
public interface Backend extends AutoCloseable {
  /** What a tensor of the layout holds. */
  enum Kind {
    WEIGHT,
    /** AdamW's first moment; only of trained tensors. */
    EXP_AVG,
    /** AdamW's second moment; only of trained tensors. */
    EXP_AVG_SQ,
    /** Accumulated since the last update; only of trained tensors, for checks. */
    GRADIENT
  }

  /** All tensors, in the order in which files list them and sums run over them. */
  List<TensorLayout> layout();

  /** A copy of a tensor, in its layout's shape and this backend's dtype; the caller closes it. */
  INDArray read(String name, Kind kind);

  /** Takes over a tensor's values; the caller keeps the array. */
  void write(String name, Kind kind, INDArray values);

  /**
   * Adds the gradient of {@code scale · Σ loss} over the predicted positions of a batch.
   *
   * @param scale 1 / predicted positions of the whole step, so that accumulation over batches
   *     changes nothing
   * @return Σ loss over the predicted positions, in nats
   */
  double accumulate(Batch batch, double scale);

  /**
   * Clips the accumulated gradient, takes an AdamW step and clears the gradient. If the gradient is
   * not finite nothing is updated.
   *
   * @param step counted from 1, for the bias corrections
   * @return the gradient's Euclidean norm before clipping
   */
  double update(OptimizerSpec optimizer, double rate, long step);

  /**
   * Log-probability of each target, in nats, {@code rows × time}; 0 where it is ignored. No
   * gradient.
   */
  double[] score(Batch batch);

  /**
   * Starts a text: forgets what was fed before, feeds {@code ids} and returns the logits after the
   * last of them.
   *
   * @param ids at least one, at most the shape's context
   * @return one value an id of the vocabulary
   */
  float[] begin(int[] ids);

  /** Feeds one more id after {@link #begin} and returns the logits after it. */
  float[] next(int id);

  /** Name, library versions and threads, for a manifest's {@code madeBy}. */
  String describe();

  /**
   * Seconds spent since it was opened, of all its threads, by kind of work: {@code product}, {@code
   * attention}, {@code optimizer} and whatever else it tells apart. Empty where it does not count.
   */
  default Map<String, Double> seconds() {
    return Map.of();
  }

  @Override
  void close();
}
