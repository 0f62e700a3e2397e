package dev.rootstock.preprocess.clean.c4;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Sentences;
import dev.rootstock.preprocess.language.Writing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Takes out the lines that are not prose, strips references, and objects to what is code, a filler
 * or has few sentences left. The order of the tests is C4's: a line that an earlier test takes out
 * is not looked at by a later one.
 */
public final class C4Lines implements Rule {
  private static final int LONGEST_WORD = 1000; // characters
  private static final int LEAST_SENTENCES = 5;
  private static final String SCRIPT = "javascript";
  private static final Pattern REFERENCE =
      Pattern.compile("\\[\\d{0,9}]|\\[edit]|\\[citation needed]");
  private static final List<String> POLICY =
      List.of(
          "terms of use",
          "privacy policy",
          "cookie policy",
          "uses cookies",
          "use of cookies",
          "use cookies");

  private final boolean asksLineEnds;

  private C4Lines(boolean asksLineEnds) {
    this.asksLineEnds = asksLineEnds;
  }

  /** As C4 did it. */
  public static C4Lines published() {
    return new C4Lines(true);
  }

  /** As FineWeb did it: lines need not end in a mark. */
  public static C4Lines withoutLineEnds() {
    return new C4Lines(false);
  }

  @Override
  public Verdict judge(Passage passage) {
    Writing writing = passage.writing();
    Map<String, Long> counts = new TreeMap<>();
    List<String> kept = new ArrayList<>();
    int sentences = 0;
    for (String whole : passage.lines()) {
      String line = whole.strip();
      boolean tooLong = longestWord(line) > LONGEST_WORD;
      String text = tooLong ? line : withoutReferences(line, counts);
      String low = text.toLowerCase(Locale.ROOT);
      Optional<String> fault = tooLong ? Optional.of("long word") : shape(line, text, writing);
      if (fault.isEmpty() && low.contains("lorem ipsum")) {
        return new Verdict.Objection(Reason.LOREM_IPSUM, "lorem ipsum");
      }
      if (fault.isEmpty() && !low.contains(SCRIPT) && text.indexOf('{') >= 0) {
        return new Verdict.Objection(Reason.CURLY, "a curly bracket");
      }
      fault = fault.or(() -> notice(low));
      if (fault.isPresent()) {
        counts.merge("lines " + fault.get(), 1L, Long::sum);
      } else {
        kept.add(text);
        sentences += sentences < LEAST_SENTENCES ? Sentences.in(text, writing) : 0;
      }
    }
    if (writing.marksSentences() && sentences < LEAST_SENTENCES || kept.isEmpty()) {
      return new Verdict.Objection(
          Reason.FEW_SENTENCES, sentences + " sentences; at least " + LEAST_SENTENCES);
    }
    return new Verdict.Change(passage.withText(String.join("\n", kept).strip()), counts);
  }

  /** What a page says of itself; empty if it is none of that. */
  private static Optional<String> notice(String low) {
    if (low.contains(SCRIPT)) {
      return Optional.of("javascript");
    }
    return POLICY.stream().anyMatch(low::contains) ? Optional.of("policy") : Optional.empty();
  }

  /** What is wrong with the make-up of a line; empty if nothing is. */
  private Optional<String> shape(String line, String without, Writing writing) {
    if (asksLineEnds && writing.marksSentences() && !LineEnd.ofProse(without, writing)) {
      return Optional.of("no end");
    }
    int size = writing.line().words() ? spacedWords(line) : Passage.characters(line);
    return size < writing.line().least() ? Optional.of("short") : Optional.empty();
  }

  private static String withoutReferences(String line, Map<String, Long> counts) {
    if (line.indexOf('[') < 0) {
      return line;
    }
    long[] found = {0};
    String without =
        REFERENCE
            .matcher(line)
            .replaceAll(
                reference -> {
                  found[0]++;
                  return "";
                });
    if (found[0] > 0) {
      counts.merge("references", found[0], Long::sum);
    }
    return without.strip();
  }

  private static int longestWord(String line) {
    int longest = 0;
    int length = 0;
    for (int i = 0; i < line.length(); i++) {
      length = Character.isWhitespace(line.charAt(i)) ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static int spacedWords(String line) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < line.length(); i++) {
      boolean space = Character.isWhitespace(line.charAt(i));
      words += !space && !inside ? 1 : 0;
      inside = !space;
    }
    return words;
  }

  @Override
  public String name() {
    return "c4-lines/1";
  }
}
