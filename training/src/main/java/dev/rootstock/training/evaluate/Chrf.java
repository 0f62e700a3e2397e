package dev.rootstock.training.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Corpus chrF2, 0 to 100 (Popović, 2015), as sacreBLEU counts it: characters, orders 1 to 6, white
 * space left out.
 */
public final class Chrf {
  private static final int ORDERS = 6;
  private static final double BETA_SQUARED = 4;

  private Chrf() {}

  /** The score of answers against their references, one each. */
  public static double of(List<String> answers, List<String> references) {
    long[] answered = new long[ORDERS];
    long[] wanted = new long[ORDERS];
    long[] right = new long[ORDERS];
    for (int i = 0; i < answers.size(); i++) {
      for (int order = 1; order <= ORDERS; order++) {
        Map<String, Integer> answer = counts(answers.get(i), order);
        Map<String, Integer> reference = counts(references.get(i), order);
        if (!reference
            .isEmpty()) { // as sacreBLEU: what has no reference of that length is not held against
          // the answer
          answered[order - 1] += sum(answer);
        }
        wanted[order - 1] += sum(reference);
        for (Map.Entry<String, Integer> gram : answer.entrySet()) {
          right[order - 1] += Math.min(gram.getValue(), reference.getOrDefault(gram.getKey(), 0));
        }
      }
    }
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int order = 0; order < ORDERS; order++) {
      if (answered[order] > 0 && wanted[order] > 0) {
        precision += (double) right[order] / answered[order];
        recall += (double) right[order] / wanted[order];
        orders++;
      }
    }
    if (orders == 0 || precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  private static Map<String, Integer> counts(String text, int order) {
    int[] points =
        text.codePoints()
            .filter(point -> !Character.isWhitespace(point) && !Character.isSpaceChar(point))
            .toArray();
    Map<String, Integer> counts = new HashMap<>();
    for (int from = 0; from + order <= points.length; from++) {
      counts.merge(new String(points, from, order), 1, Integer::sum);
    }
    return counts;
  }

  private static long sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }
}
