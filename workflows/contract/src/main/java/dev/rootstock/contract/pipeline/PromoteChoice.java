package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Metric;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which alias the new models get, and on what condition.
 *
 * @param alias default {@code production}
 * @param when {@code METRIC >= RIVAL} or {@code METRIC > RIVAL}, where METRIC is a {@link Metric}
 *     or {@code score} (the task's own) and RIVAL is {@code champion} (the alias' present holder;
 *     none: passed), {@code scratch}, {@code base} or a number. For a metric where lower is better,
 *     {@code >=} reads "at least as good as". Default {@code score >= champion}
 */
public record PromoteChoice(
    @Default("\"production\"") String alias, @Default("\"score >= champion\"") String when) {
  private static final Pattern RULE =
      Pattern.compile("\\s*([a-z0-9_-]+)\\s*(>=|>)\\s*(champion|scratch|base|[0-9.eE+-]+)\\s*");

  public PromoteChoice {
    String metrics =
        Stream.of(Metric.values()).map(CanonicalJson::word).reduce("score", (a, b) -> a + ", " + b);
    new Check()
        .alias("alias", alias)
        .that(
            rule(when).isPresent(),
            "when",
            "\"" + when + "\"",
            "METRIC >= RIVAL or METRIC > RIVAL",
            "METRIC is one of " + metrics + "; RIVAL is champion, scratch, base or a number.")
        .done();
  }

  /**
   * The rule in parts.
   *
   * @param metric empty for {@code score}
   * @param rival {@code champion}, {@code scratch}, {@code base} or a number
   */
  public record Rule(Optional<Metric> metric, boolean strictly, String rival) {}

  public Rule rule() {
    return rule(when).orElseThrow();
  }

  private static Optional<Rule> rule(String text) {
    Matcher parts = RULE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String metric = parts.group(1).replace('_', '-').toLowerCase(Locale.ROOT);
    Optional<Metric> known =
        Stream.of(Metric.values())
            .filter(candidate -> CanonicalJson.word(candidate).equals(metric))
            .findFirst();
    if (known.isEmpty() && !metric.equals("score")) {
      return Optional.empty();
    }
    String rival = parts.group(3);
    if (Character.isLetter(rival.charAt(0))
        ? false
        : !rival.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return Optional.empty();
    }
    return Optional.of(new Rule(known, parts.group(2).equals(">"), rival));
  }
}
