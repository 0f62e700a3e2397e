package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import java.io.Serializable;

/** A document among its duplicates. */
record Twin(Hash128 id, Origin origin, int bundle) implements Serializable {
  static Twin of(Sketch sketch) {
    return new Twin(sketch.id(), sketch.origin(), sketch.bundle());
  }
}
