package dev.rootstock.preprocess;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A document that is not learned from.
 *
 * @param rule {@code recipe/rule/version}
 * @param detail the value found and the threshold, or the kept twin
 */
public record Dropped(Document document, Reason reason, String rule, String detail)
    implements Serializable {
  /** A total order but for documents equal in everything that is written. */
  public static final Comparator<Dropped> BY_ID =
      Comparator.comparing((Dropped dropped) -> dropped.document().id())
          .thenComparing(dropped -> dropped.document().origin())
          .thenComparing(Dropped::reason);
}
