package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Reason;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A document that passed the rules and is not learned from after all, for what other documents
 * hold.
 *
 * @param rule {@code family/rule/version}
 * @param detail the kept twin
 */
public record TakeOut(Document.Origin origin, Reason reason, String rule, String detail)
    implements Serializable {
  static final Comparator<TakeOut> BY_ORIGIN =
      Comparator.comparing(TakeOut::origin).thenComparing(TakeOut::reason);
}
