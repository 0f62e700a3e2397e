package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Reason;
import java.util.Optional;

/** Texts for rules to judge. */
public final class Passages {
  private static final Document.Origin ORIGIN = new Document.Origin(0, "0123456789ab", 0);

  private Passages() {}

  public static Document document(String text) {
    return Document.of(text, ORIGIN, null, null, null);
  }

  public static Document at(String url) {
    return Document.of("text", ORIGIN, url, null, null);
  }

  public static Passage passage(String text) {
    return Passage.of(document(text));
  }

  /** Why a rule objects to a text; empty if it does not. */
  public static Optional<Reason> objection(Rule rule, String text) {
    return objection(rule, passage(text));
  }

  /** Why a rule objects to a passage; empty if it does not. */
  public static Optional<Reason> objection(Rule rule, Passage passage) {
    return rule.judge(passage) instanceof Verdict.Objection objection
        ? Optional.of(objection.reason())
        : Optional.empty();
  }
}
