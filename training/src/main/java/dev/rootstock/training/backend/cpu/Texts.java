package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One lane's texts side by side: each is read alone, then a pass feeds the next id of each. The
 * next in line takes the place of one that has ended.
 */
final class Texts implements AutoCloseable {
  static final int AT_ONCE = 24; // more gain little, and wait for one another
  private static final long HELD = 256L << 20; // bytes of keys and values, of all lanes

  private final CpuBase base;
  private final Adapters job;
  private final Lane lane;
  private final Deque<Text> waiting;
  private final List<Place> places = new ArrayList<>();
  private final Workspace step;
  private final float[] logits;

  /** A text that is being written. */
  private record Place(Text text, Fed fed) {}

  Texts(CpuBase base, Adapters job, Lane lane, List<Text> texts) {
    this.base = base;
    this.job = job;
    this.lane = lane;
    waiting = new ArrayDeque<>(texts);
    int rows = Math.max(1, Math.min(AT_ONCE, texts.size()));
    step = new Workspace(base.shape, base.widest, base.measures, rows, base.shape.context(), false);
    logits = new float[base.shape.vocabulary()];
  }

  /** Bytes of keys and values of all lanes' texts, at most. */
  static long held(ModelShape shape, int lanes, int time) {
    long text = Fed.bytes(shape) * time;
    return lanes * Math.max(text, Math.min(HELD / lanes, AT_ONCE * text));
  }

  /**
   * Until all have ended.
   *
   * @param failed whether a text of any lane has thrown: then nobody needs the others
   */
  void write(AtomicBoolean failed) {
    boolean whole = false;
    try {
      while (!failed.get() && (takeIn() || !places.isEmpty())) {
        List<Place> going = new ArrayList<>();
        for (Iterator<Place> each = places.iterator(); each.hasNext(); ) {
          Place place = each.next();
          if (!place.text.begins()) {
            going.add(place);
          } else if (!read(place)) {
            each.remove();
            place.fed.close();
          }
        }
        if (!going.isEmpty()) {
          feed(going);
        }
      }
      whole = true;
    } finally {
      if (!whole) {
        failed.set(true);
      }
    }
  }

  /** As many as there is room for, but one at least. */
  private boolean takeIn() {
    long held = places.stream().mapToLong(place -> bytes(place.text)).sum();
    while (!waiting.isEmpty() && places.size() < AT_ONCE) {
      long more = bytes(waiting.peek());
      if (!places.isEmpty() && (held + more) * base.lanes.count() > HELD) {
        break;
      }
      held += more;
      Text text = waiting.remove();
      places.add(new Place(text, new Fed(base.shape, text.most())));
    }
    return !places.isEmpty();
  }

  private long bytes(Text text) {
    return Fed.bytes(base.shape) * text.most();
  }

  private boolean read(Place place) {
    int[] ids = place.text.ids();
    place.fed.forget();
    place.fed.room(ids.length);
    Workspace space = base.space(lane, ids.length, ids.length, false);
    Matrix row = base.model.logits(Pass.of(share(space, ids, List.of(place.fed))));
    place.fed.add(ids.length);
    return hear(place, row);
  }

  private void feed(List<Place> going) {
    int[] ids = new int[going.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = going.get(i).text.ids()[0];
      going.get(i).fed.room(1);
    }
    List<Fed> fed = going.stream().map(Place::fed).toList();
    base.model.logits(
        Pass.of(share(step, ids, fed)),
        (n, row) -> {
          Place place = going.get(n);
          place.fed.add(1);
          if (!hear(place, row)) {
            places.remove(place);
            place.fed.close();
          }
        });
  }

  private Share share(Workspace space, int[] ids, List<Fed> fed) {
    return Share.of(lane, space, ids, fed, job);
  }

  private boolean hear(Place place, Matrix logits_1V) {
    Rows.get(logits_1V.memory(), logits_1V.row(0), logits);
    return place.text.hear(logits);
  }

  @Override
  public void close() {
    places.forEach(place -> place.fed.close());
    step.close();
  }
}
