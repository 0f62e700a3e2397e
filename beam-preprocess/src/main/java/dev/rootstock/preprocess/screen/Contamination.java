package dev.rootstock.preprocess.screen;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Removal;
import java.util.Locale;
import java.util.Optional;

/**
 * A document that holds a passage of a test row.
 *
 * @param task first 12 characters of the task's fingerprint
 * @param row of the test rows, from 0: the first that was found
 */
record Contamination(Document.Origin origin, String task, long row) implements Removal {
  private static final String RULE = "decontaminate/passage/1";

  @Override
  public Optional<Dropped> dropped(Document document) {
    String detail =
        String.format(
            Locale.ROOT,
            "a passage (%d words, or %d characters where no spaces part them) of test row %d of task %s",
            Passages.WORDS,
            Passages.UNITS,
            row,
            task);
    return Optional.of(new Dropped(document, Reason.CONTAMINATED, RULE, detail));
  }

  @Override
  public String left(Document document) {
    return "";
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public String line() {
    return origin + " " + RULE + " " + task + " " + row;
  }
}
