package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import java.util.List;
import java.util.function.Predicate;

/** Is no list of bullet points, and few of its lines trail off in an ellipsis. */
public record LineMarks() implements Rule {
  private static final double MOST_BULLETS = 0.9; // of all lines
  private static final double MOST_ELLIPSES = 0.3;

  @Override
  public Verdict judge(Passage passage) {
    List<String> lines = passage.lines();
    double bullets = share(lines, line -> line.startsWith("\u2022") || line.startsWith("-"));
    if (bullets > MOST_BULLETS) {
      return Verdict.atMost(
          bullets, MOST_BULLETS, Reason.BULLETS, "share of lines with a bullet point");
    }
    return Verdict.atMost(
        share(lines, line -> line.endsWith("...") || line.endsWith("\u2026")),
        MOST_ELLIPSES,
        Reason.ELLIPSIS_LINES,
        "share of lines that end in an ellipsis");
  }

  private static double share(List<String> lines, Predicate<String> such) {
    long count = lines.stream().map(String::strip).filter(such).count();
    return lines.isEmpty() ? 0 : (double) count / lines.size();
  }

  @Override
  public String name() {
    return "line-marks/1";
  }
}
