package dev.rootstock.preprocess.compare;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CleaningSpec.Deduplicate;
import dev.rootstock.contract.CleaningSpec.Repeats;
import dev.rootstock.preprocess.Document;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Sketches documents as far as a spec asks. Pure, immutable and thread-safe. */
public final class Sketcher implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Raised when the same text would come to another sketch. */
  private static final int VERSION = 2;

  private final boolean near;
  private final Repeats repeats;

  private Sketcher(boolean near, Repeats repeats) {
    this.near = near;
    this.repeats = repeats;
  }

  public static Sketcher of(CleaningSpec spec) {
    return new Sketcher(spec.duplicates() == Deduplicate.NEAR, spec.repeats());
  }

  /**
   * Names what a sketch depends on besides the document: specs of one name make equal sketches. The
   * threshold of similarity is not part of it.
   */
  public String name() {
    return "sketch/" + VERSION + (near ? "/near/" : "/exact/") + CanonicalJson.word(repeats);
  }

  /** The sketch of a document in bundle 0. */
  public Sketch sketch(Document document) {
    return sketch(document, 0);
  }

  public Sketch sketch(Document document, int bundle) {
    String text = document.text();
    return new Sketch(
        Hash128.ofHex(document.id()),
        document.origin(),
        bundle,
        document.bytes(),
        near ? signature(text) : null,
        units(text));
  }

  private static @Nullable Signature signature(String text) {
    long[] shingles = Shingles.of(text);
    return shingles.length == 0 ? null : Signature.of(shingles);
  }

  private Units units(String text) {
    return switch (repeats) {
      case KEEP -> Units.NONE;
      case LINES -> Pieces.lines(text);
      case SPANS -> Pieces.spans(text);
    };
  }
}
