package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One text in the making: keys and values of every id fed so far. */
final class Generation implements AutoCloseable {
  private static final int ROOM = 256; // ids; what a short text has without growing

  private final ModelShape shape;
  private final Optional<LoraSpec> lora;
  private final Measures measures;
  private final Transformer model;
  private final Adapters job;
  private final Lane lane;
  private final List<Matrix> caches = new ArrayList<>(); // a block each; T rows of keys and values
  private final Workspace one;
  private int fed;

  Generation(CpuBase base, Adapters job, Lane lane) {
    shape = base.shape;
    lora = base.widest;
    measures = base.measures;
    model = base.model;
    this.job = job;
    this.lane = lane;
    one = new Workspace(shape, lora, measures, 1, shape.context(), false);
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
    fed = 0;
    hold(ids.length);
    try (Workspace whole = new Workspace(shape, lora, measures, ids.length, ids.length, false)) {
      float[] logits = feed(whole, ids);
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
    float[] logits = feed(one, new int[] {id});
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
      Matrix larger = Matrix.of(new Slab((long) rows * width), rows, width);
      if (held == 0) {
        caches.add(larger);
        continue;
      }
      Matrix old = caches.get(i);
      for (int t = 0; t < fed; t++) {
        Rows.copy(old.memory(), old.row(t), larger.memory(), larger.row(t), width);
      }
      old.slab().close();
      caches.set(i, larger);
    }
  }

  private float[] feed(Workspace space, int[] ids) {
    Batch batch = new Batch(ids, new int[ids.length], 1, ids.length);
    Matrix row =
        model.logits(
            Pass.of(
                new Share(
                    lane, space, batch, 0, 0, ids.length, fed, caches, job, lane.index(), null)));
    float[] logits = new float[shape.vocabulary()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Access.HERE.get(row.memory(), row.row(0) + (long) i * Access.BYTES);
    }
    return logits;
  }

  @Override
  public void close() {
    caches.forEach(cache -> cache.slab().close());
    one.close();
  }
}
