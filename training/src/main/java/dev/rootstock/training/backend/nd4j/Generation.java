package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** One text in the making: keys and values of every id fed so far. */
final class Generation implements AutoCloseable {
  private final ModelShape shape;
  private final DataType dtype;
  private final Transformer model;
  private final Lane lane;
  private static final int ROOM = 256; // rows that caches begin with; contexts may be very long

  private final List<Matrix> caches = new ArrayList<>(); // a block each; rows of keys and values
  private final Activations one;
  private int fed;

  Generation(ModelShape shape, DataType dtype, Transformer model, Lane lane) {
    this.shape = shape;
    this.dtype = dtype;
    this.model = model;
    this.lane = lane;
    one = new Activations(shape, dtype, 1, 1, false);
  }

  float[] begin(int[] ids) {
    if (ids.length == 0 || ids.length > shape.context()) {
      throw new IllegalArgumentException(
          "a text of "
              + ids.length
              + " ids; it must be at least 1 and at most the context ("
              + shape.context()
              + "). Cut it from the left");
    }
    hold(ids.length);
    try (Activations a = new Activations(shape, dtype, 1, ids.length, false)) {
      float[] logits = heap(model.begin(lane, a, ids, caches));
      fed = ids.length;
      return logits;
    }
  }

  float[] next(int id) {
    if (fed == 0 || fed >= shape.context()) {
      throw new IllegalStateException(
          fed == 0
              ? "no text was begun; call begin first"
              : "the text has " + fed + " ids, as many as the context; begin again with fewer");
    }
    hold(fed + 1);
    float[] logits = heap(model.next(lane, one, id, caches, fed));
    fed++;
    return logits;
  }

  /** Makes room for so many ids; what was fed stays. */
  private void hold(int ids) {
    int held = caches.isEmpty() ? 0 : caches.get(0).rows();
    if (ids <= held) {
      return;
    }
    int rows = Math.min(shape.context(), Math.max(ids, Math.max(ROOM, 2 * held)));
    int width = 2 * shape.keys();
    for (int i = 0; i < shape.layers(); i++) {
      Matrix larger = Matrix.of(new Slab(dtype, (long) rows * width), rows, width);
      if (held > 0) {
        Matrix old = caches.get(i);
        larger.slab().copy(0, old.slab(), 0, (long) held * width);
        old.slab().close();
        caches.set(i, larger);
      } else {
        caches.add(larger);
      }
    }
  }

  private float[] heap(Matrix logits_1V) {
    double[] wide = lane.row(0, shape.vocabulary());
    lane.get(logits_1V.slab(), logits_1V.at(), wide, shape.vocabulary());
    float[] logits = new float[shape.vocabulary()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) wide[i];
    }
    return logits;
  }

  @Override
  public void close() {
    caches.forEach(cache -> cache.slab().close());
    one.close();
  }
}
