package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One text in the making: keys and values of every id fed so far. */
final class Generation implements AutoCloseable {
  private final ModelShape shape;
  private final Optional<LoraSpec> lora;
  private final Measures measures;
  private final Transformer model;
  private final Adapters job;
  private final Lane lane;
  private final List<Matrix> caches = new ArrayList<>(); // a block each; T rows of keys and values
  private final Workspace one;
  private int fed;

  Generation(
      ModelShape shape,
      Optional<LoraSpec> lora,
      Measures measures,
      Transformer model,
      Adapters job,
      Lane lane) {
    this.shape = shape;
    this.lora = lora;
    this.measures = measures;
    this.model = model;
    this.job = job;
    this.lane = lane;
    int width = 2 * shape.keys();
    for (int i = 0; i < shape.layers(); i++) {
      caches.add(Matrix.of(new Slab((long) shape.context() * width), shape.context(), width));
    }
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
    float[] logits = feed(one, new int[] {id});
    fed++;
    return logits;
  }

  private float[] feed(Workspace space, int[] ids) {
    Batch batch = new Batch(ids, new int[ids.length], 1, ids.length);
    Matrix row = model.logits(new Pass(lane, space, batch, 0, ids.length, fed, caches, job));
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
