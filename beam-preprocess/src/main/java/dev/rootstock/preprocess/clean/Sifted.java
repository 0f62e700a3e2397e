package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.DocumentCoder;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.DroppedCoder;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** The two outcomes of a step that drops documents. */
public final class Sifted {
  public static final TupleTag<Document> KEPT =
      new TupleTag<>("kept") {
        private static final long serialVersionUID = 1L;
      };
  public static final TupleTag<Dropped> DROPPED =
      new TupleTag<>("dropped") {
        private static final long serialVersionUID = 1L;
      };

  private Sifted() {}

  static PCollectionTuple coded(PCollectionTuple sifted) {
    sifted.get(KEPT).setCoder(DocumentCoder.of());
    sifted.get(DROPPED).setCoder(DroppedCoder.of());
    return sifted;
  }
}
