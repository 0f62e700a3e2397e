package dev.rootstock.training.evaluate;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.task.TaskRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The label that most rows have: what a model that has learned nothing may answer every time.
 *
 * @param share of the rows, 0 to 1: the accuracy of that answer
 */
public record Commonest(String label, double share) {
  /** Of at least one row; of labels equally common the first by name. */
  public static Commonest of(List<TaskRow> rows) {
    Map<String, Long> counts =
        rows.stream()
            .collect(Collectors.groupingBy(TaskRow::answer, TreeMap::new, Collectors.counting()));
    Map.Entry<String, Long> most =
        counts.entrySet().stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElseThrow();
    return new Commonest(most.getKey(), (double) most.getValue() / rows.size());
  }

  /** For people. */
  public String words(int rows) {
    return String.format(
        Locale.ROOT,
        "%d test rows; \"%s\" alone would be right in %.4f of them",
        rows,
        label,
        share);
  }

  /**
   * What to try, for people, where a model answers no better than this; empty where it does.
   *
   * @param method it was taught by
   */
  public Optional<String> doubt(Scores scores, FinetuneSpec.Method method) {
    String remedy =
        method == FinetuneSpec.Method.LORA
            ? "method: full (an adapter leaves embeddings as they are, and labels that the base has"
                + " hardly read stay hard to write), or a base of more tokens"
            : "more rows or epochs, or a base of more tokens";
    return scores
        .find(Metric.ACCURACY)
        .filter(accuracy -> accuracy <= share)
        .map(
            accuracy ->
                String.format(
                    Locale.ROOT,
                    "accuracy %.4f is no better than to answer \"%s\" always, %.4f. Try %s",
                    accuracy,
                    label,
                    share,
                    remedy));
  }
}
