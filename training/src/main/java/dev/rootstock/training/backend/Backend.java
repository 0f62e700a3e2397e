package dev.rootstock.training.backend;

import dev.rootstock.contract.OptimizerSpec;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One model on one device, with its gradients and optimizer moments. The cut is a whole forward and
 * backward pass, so that a backend may fuse and capture as it likes. Equal calls give equal bits on
 * one machine with one thread count. Not thread-safe.
 */
public interface Backend extends ModelTensors, AutoCloseable {
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

  /**
   * Copies a tensor into an array that there is already. Between two calls of other methods,
   * distinct tensors may be copied on distinct threads at once.
   *
   * @param into contiguous, of this backend's dtype and the tensor's number of elements
   */
  default void read(String name, Kind kind, INDArray into) {
    try (INDArray values = read(name, kind)) {
      Pointer.memcpy(
          into.data().addressPointer(),
          values.data().addressPointer(),
          into.length() * into.dataType().width());
    }
  }

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

  /**
   * Writes texts to their ends, side by side where the backend can and else one after another.
   * Forgets a text that was begun. If a text throws, the others end early and it is thrown on.
   * Beside others a text has the logits that it has alone, but for rounding.
   */
  default void write(List<? extends Text> texts) {
    for (Text text : texts) {
      boolean more = true;
      while (more) {
        more = text.hear(text.begins() ? begin(text.ids()) : next(text.ids()[0]));
      }
    }
  }

  /** Name, library versions and threads, for a manifest's {@code madeBy}. */
  String describe();

  /**
   * Seconds spent since it was opened, of all its threads, by kind of work: {@code linear}, {@code
   * attention}, {@code optimizer} and whatever else it tells apart, {@code waiting} for one another
   * among them. Empty where it does not count.
   */
  default Map<String, Double> seconds() {
    return Map.of();
  }

  @Override
  void close();
}
