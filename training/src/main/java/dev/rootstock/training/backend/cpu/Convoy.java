package dev.rootstock.training.backend.cpu;

import java.util.ArrayList;
import java.util.List;

/** A lane's chunks of several jobs, put together into larger ones. */
final class Convoy {
  private final CpuBase base;
  private final Lane lane;
  private final int most;
  private final List<Slice> waiting = new ArrayList<>();
  private int held;

  private record Slice(CpuBase.Part part, int first, int count) {
    int tokens() {
      return count * part.work().batch().time();
    }
  }

  /**
   * @param most rows at once, unless one chunk alone has more
   */
  Convoy(CpuBase base, Lane lane, int most) {
    this.base = base;
    this.lane = lane;
    this.most = most;
  }

  void take(List<CpuBase.Part> parts) {
    for (CpuBase.Part part : parts) {
      for (int[] chunk : part.chunks()) {
        add(new Slice(part, chunk[0], chunk[1]));
      }
    }
    leave();
  }

  private void add(Slice rows) {
    int more = room(rows);
    if (held > 0 && held + more > most) {
      leave();
    }
    waiting.add(rows);
    held += more;
  }

  private static int room(Slice rows) {
    return rows.part().work().job() == null ? rows.tokens() : Pass.aligned(rows.tokens());
  }

  private void leave() {
    if (waiting.isEmpty()) {
      return;
    }
    int time = waiting.stream().mapToInt(rows -> rows.part().work().batch().time()).max().orElse(0);
    Workspace space = base.space(lane, held, time, true);
    List<Share> shares = new ArrayList<>();
    double[] scales = new double[waiting.size()];
    int at = 0;
    for (Slice rows : waiting) {
      scales[shares.size()] = rows.part().work().scale();
      shares.add(share(rows, space, at));
      at += room(rows);
    }
    double[] losses = base.model.accumulate(new Pass(lane, space, held, shares), scales);
    for (int i = 0; i < losses.length; i++) {
      Slice rows = waiting.get(i);
      rows.part().work().losses()[rows.first()] = losses[i];
    }
    waiting.clear();
    held = 0;
  }

  private Share share(Slice rows, Workspace space, int at) {
    Work work = rows.part().work();
    int from = rows.first() * work.batch().time();
    return new Share(
        lane,
        space,
        work.batch(),
        at,
        from,
        rows.tokens(),
        List.of(),
        work.job(),
        rows.part().number(),
        work.dropout().map(mask -> mask.from(mask.first() + from)).orElse(null));
  }
}
