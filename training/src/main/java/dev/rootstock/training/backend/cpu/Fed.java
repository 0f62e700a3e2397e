package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of every id of one text that was fed so far. */
final class Fed implements AutoCloseable {
  private static final int ROOM = 256; // ids; what a short text has without growing

  private final ModelShape shape;
  private final int most; // ids
  private final List<Matrix> caches = new ArrayList<>(); // a block each; T rows of keys and values
  private int ids;

  /**
   * @param most ids that it will hold
   */
  Fed(ModelShape shape, int most) {
    this.shape = shape;
    this.most = Math.min(most, shape.context());
  }

  /** Bytes of an id. */
  static long bytes(ModelShape shape) {
    return (long) shape.layers() * 2 * shape.keys() * Access.BYTES;
  }

  int ids() {
    return ids;
  }

  void forget() {
    ids = 0;
  }

  void add(int more) {
    ids += more;
  }

  Matrix cache(int layer) {
    return caches.get(layer);
  }

  /**
   * Makes room for more ids; what was fed stays.
   *
   * @throws IllegalArgumentException if there are to be none, or more than the context
   */
  void room(int more) {
    int all = ids + more;
    if (more == 0 || all > shape.context()) {
      throw new IllegalArgumentException(
          "a text of "
              + all
              + " ids; it must be at least 1 and at most the context ("
              + shape.context()
              + "). Cut it from the left");
    }
    int held = caches.isEmpty() ? 0 : caches.get(0).rows();
    if (all <= held) {
      return;
    }
    int rows = Math.max(all, Math.min(most, Math.max(ROOM, 2 * held)));
    int width = 2 * shape.keys();
    for (int i = 0; i < shape.layers(); i++) {
      Matrix larger = Matrix.of(new Slab((long) rows * width), rows, width);
      if (held == 0) {
        caches.add(larger);
        continue;
      }
      Matrix old = caches.get(i);
      for (int t = 0; t < ids; t++) {
        Rows.copy(old.memory(), old.row(t), larger.memory(), larger.row(t), width);
      }
      old.slab().close();
      caches.set(i, larger);
    }
  }

  @Override
  public void close() {
    caches.forEach(cache -> cache.slab().close());
  }
}
