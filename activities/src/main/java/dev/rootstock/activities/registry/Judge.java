package dev.rootstock.activities.registry;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.pipeline.PromoteChoice;
import dev.rootstock.workflows.PromoteRequest;
import java.util.Locale;
import java.util.Optional;

/** Whether a model gets an alias, in figures. */
final class Judge {
  private static final String CHAMPION = "champion";

  private Judge() {}

  /** A judgement and its reason in words. */
  record Verdict(boolean passed, String reason) {}

  /**
   * Applies a rule. A base is judged by bits per byte, and against the champion unless the rule
   * names a figure for just that. Where there is no champion yet, a finetune that is no better than
   * its untouched base does not become the first; without the base's scores any does.
   *
   * @param own the model's scores
   * @param champion the alias' present holder, if there is one
   */
  static Verdict judge(
      PromoteRequest request, boolean base, Scores own, Optional<ModelVersion> champion) {
    PromoteChoice.Rule rule = request.rule().rule();
    Metric metric = base ? Metric.BITS_PER_BYTE : rule.metric().orElse(request.task().primary());
    boolean figure = !Character.isLetter(rule.rival().charAt(0));
    boolean fits = !base || (figure && rule.metric().equals(Optional.of(Metric.BITS_PER_BYTE)));
    String rival = fits ? rule.rival() : CHAMPION;
    Optional<Double> value = own.find(metric);
    String word = CanonicalJson.word(metric);
    if (value.isEmpty()) {
      return new Verdict(false, "it has no " + word + " to be judged by");
    }
    if (rival.equals(CHAMPION) && champion.isEmpty()) {
      return first(value.get(), metric, base ? Optional.empty() : request.base());
    }
    Optional<Double> other = other(rival, request, metric, champion);
    if (other.isEmpty()) {
      return new Verdict(
          false,
          word + " " + figure(value.get()) + "; " + rival + " has no " + word + " to compare with");
    }
    boolean passed =
        rule.strictly()
            ? metric.better(value.get(), other.get())
            : !metric.better(other.get(), value.get());
    String than = rule.strictly() ? "better than " : "at least as good as ";
    String whose =
        rival.equals(CHAMPION) ? champion.get().ref().label() + "'s " : figure ? "" : rival + "'s ";
    return new Verdict(
        passed,
        word
            + " "
            + figure(value.get())
            + (passed ? " is " : " is not ")
            + than
            + whose
            + figure(other.get()));
  }

  private static Verdict first(double value, Metric metric, Optional<Scores> untouched) {
    String alone = CanonicalJson.word(metric) + " " + figure(value) + "; there is no champion yet";
    return untouched
        .flatMap(scores -> scores.find(metric))
        .filter(floor -> !metric.better(value, floor))
        .map(
            floor ->
                new Verdict(
                    false,
                    alone + ", but it is no better than the untouched base's " + figure(floor)))
        .orElseGet(() -> new Verdict(true, alone));
  }

  private static Optional<Double> other(
      String rival, PromoteRequest request, Metric metric, Optional<ModelVersion> champion) {
    return switch (rival) {
      case CHAMPION -> champion.flatMap(version -> version.scores().find(metric));
      case "scratch" -> request.scratch().flatMap(scores -> scores.find(metric));
      case "base" -> request.base().flatMap(scores -> scores.find(metric));
      default -> Optional.of(Double.valueOf(rival));
    };
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
