package dev.rootstock.preprocess.compare;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Removal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is taken out of one document: all of it, for the sake of a kept twin, or passages.
 *
 * @param twin id of the kept twin, or null if the document stays
 * @param twinOrigin where the kept twin is, or null if the document stays
 * @param same whether the twin has the same text
 * @param cuts in order, apart from one another; empty if the whole document goes
 */
public record TakeOut(
    Origin origin,
    @Nullable String twin,
    @Nullable Origin twinOrigin,
    boolean same,
    List<Range> cuts)
    implements Removal {
  private static final String EXACT = "exact/duplicate/1";
  private static final String NEAR = "near/duplicate/1";
  private static final String REPEATS = "repeats/left/1";

  public TakeOut {
    cuts = List.copyOf(cuts);
  }

  static TakeOut whole(Twin twin, Twin kept) {
    return new TakeOut(
        twin.origin(), kept.id().hex(), kept.origin(), twin.id().equals(kept.id()), List.of());
  }

  static TakeOut passages(Origin origin, List<Range> cuts) {
    return new TakeOut(origin, null, null, false, Range.merge(cuts));
  }

  @Override
  public boolean whole() {
    return twin != null;
  }

  /**
   * The document as it is dropped: whole, or because too little is left of it. Empty if it stays,
   * as {@link #left} has it.
   */
  @Override
  public Optional<Dropped> dropped(Document document) {
    if (whole()) {
      String detail =
          (same ? "same text as " : "much the same text as ") + twin + " from " + twinOrigin;
      Reason reason = same ? Reason.DUPLICATE : Reason.NEAR_DUPLICATE;
      return Optional.of(new Dropped(document, reason, same ? EXACT : NEAR, detail));
    }
    return Cut.objection(left(document))
        .map(detail -> new Dropped(document, Reason.DUPLICATE_SPANS, REPEATS, detail));
  }

  /** The text without the passages. */
  @Override
  public String left(Document document) {
    return Cut.apply(document.text(), cuts);
  }

  @Override
  public String line() {
    String rest =
        whole()
            ? (same ? EXACT : NEAR) + " " + twin + " " + twinOrigin
            : REPEATS
                + cuts.stream()
                    .map(cut -> " " + cut.from() + "-" + cut.to())
                    .collect(Collectors.joining());
    return origin + " " + rest;
  }
}
