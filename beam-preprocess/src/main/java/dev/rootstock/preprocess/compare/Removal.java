package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.TakeOut;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What comparing takes from one document: all of it, for the sake of a kept twin, or passages.
 *
 * @param twin id of the kept twin, or null if the document stays
 * @param twinOrigin where the kept twin is, or null if the document stays
 * @param same whether the twin has the same text
 * @param cuts in order, apart from one another; empty if the whole document goes
 */
public record Removal(
    Origin origin,
    @Nullable String twin,
    @Nullable Origin twinOrigin,
    boolean same,
    List<Range> cuts)
    implements Serializable {
  private static final String EXACT = "exact/duplicate/1";
  private static final String NEAR = "near/duplicate/1";
  private static final String REPEATS = "repeats/left/1";

  public Removal {
    cuts = List.copyOf(cuts);
  }

  static Removal whole(Twin twin, Twin kept) {
    return new Removal(
        twin.origin(), kept.id().hex(), kept.origin(), twin.id().equals(kept.id()), List.of());
  }

  static Removal passages(Origin origin, List<Range> cuts) {
    return new Removal(origin, null, null, false, Range.merge(cuts));
  }

  /** Whether nothing of the document stays. */
  public boolean whole() {
    return twin != null;
  }

  /**
   * How the document is dropped: for a twin, or because too little is left of it. Empty if it
   * stays, as {@link #left} has it.
   *
   * @param text of the document, as it was sketched
   */
  public Optional<TakeOut> takeOut(String text) {
    if (whole()) {
      String detail =
          (same ? "same text as " : "much the same text as ") + twin + " from " + twinOrigin;
      return Optional.of(
          same
              ? new TakeOut(origin, Reason.DUPLICATE, EXACT, detail)
              : new TakeOut(origin, Reason.NEAR_DUPLICATE, NEAR, detail));
    }
    return Cut.objection(left(text))
        .map(detail -> new TakeOut(origin, Reason.DUPLICATE_SPANS, REPEATS, detail));
  }

  /** The text without the passages. */
  public String left(String text) {
    return Cut.apply(text, cuts);
  }
}
