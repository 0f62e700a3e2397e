package dev.rootstock.training.backend.cpu;

import java.util.List;

/** One text in the making. */
final class Generation implements AutoCloseable {
  private final CpuBase base;
  private final Adapters job;
  private final Lane lane;
  private final Fed fed;
  private final Workspace one;

  Generation(CpuBase base, Adapters job, Lane lane) {
    this.base = base;
    this.job = job;
    this.lane = lane;
    fed = new Fed(base.shape, base.shape.context());
    one = new Workspace(base.shape, base.widest, base.measures, 1, base.shape.context(), false);
  }

  float[] begin(int[] ids) {
    fed.forget();
    fed.room(ids.length);
    int time = ids.length;
    try (Workspace whole =
        new Workspace(base.shape, base.widest, base.measures, time, time, false)) {
      return feed(whole, ids);
    }
  }

  float[] next(int id) {
    if (fed.ids() == 0 || fed.ids() >= base.shape.context()) {
      throw new IllegalStateException(
          fed.ids() == 0
              ? "no text was begun; call begin first"
              : "the text has "
                  + fed.ids()
                  + " ids, as many as the context; begin again with fewer");
    }
    fed.room(1);
    return feed(one, new int[] {id});
  }

  private float[] feed(Workspace space, int[] ids) {
    Share share = Share.of(lane, space, ids, List.of(fed), job);
    Matrix row = base.model.logits(Pass.of(share));
    fed.add(ids.length);
    float[] logits = new float[base.shape.vocabulary()];
    Rows.get(row.memory(), row.row(0), logits);
    return logits;
  }

  @Override
  public void close() {
    fed.close();
    one.close();
  }
}
