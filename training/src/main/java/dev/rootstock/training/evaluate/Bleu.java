package dev.rootstock.training.evaluate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Corpus BLEU, 0 to 100 (Papineni et al., 2002), as sacreBLEU counts it (Post, 2018): one
 * reference, orders 1 to 4, 13a tokens, exponential smoothing.
 */
public final class Bleu {
  private static final int ORDERS = 4;
  private static final Pattern MARKS = Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])");
  private static final Pattern POINT_AFTER = Pattern.compile("([^0-9])([\\.,])");
  private static final Pattern POINT_BEFORE = Pattern.compile("([\\.,])([^0-9])");
  private static final Pattern DASH = Pattern.compile("([0-9])(-)");

  private Bleu() {}

  /** The score of answers against their references, one each. */
  public static double of(List<String> answers, List<String> references) {
    long[] right = new long[ORDERS];
    long[] total = new long[ORDERS];
    long answered = 0;
    long wanted = 0;
    for (int i = 0; i < answers.size(); i++) {
      List<String> answer = tokens(answers.get(i));
      List<String> reference = tokens(references.get(i));
      answered += answer.size();
      wanted += reference.size();
      for (int order = 1; order <= ORDERS; order++) {
        Map<List<String>, Integer> there = counts(reference, order);
        for (Map.Entry<List<String>, Integer> gram : counts(answer, order).entrySet()) {
          right[order - 1] += Math.min(gram.getValue(), there.getOrDefault(gram.getKey(), 0));
          total[order - 1] += gram.getValue();
        }
      }
    }
    if (Arrays.stream(right).allMatch(count -> count == 0)
        || Arrays.stream(total).anyMatch(count -> count == 0)) {
      return 0;
    }
    double logs = 0;
    double smooth = 1;
    for (int order = 0; order < ORDERS; order++) {
      if (right[order] == 0) {
        smooth *= 2;
        logs += Math.log(100.0 / (smooth * total[order]));
      } else {
        logs += Math.log(100.0 * right[order] / total[order]);
      }
    }
    double brevity = answered < wanted ? Math.exp(1 - (double) wanted / answered) : 1;
    return brevity * Math.exp(logs / ORDERS);
  }

  private static Map<List<String>, Integer> counts(List<String> tokens, int order) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (int from = 0; from + order <= tokens.size(); from++) {
      counts.merge(tokens.subList(from, from + order), 1, Integer::sum);
    }
    return counts;
  }

  /** mteval-v13a's tokens. */
  static List<String> tokens(String text) {
    String line = text.strip().replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
    line =
        line.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    line = " " + line + " ";
    line = MARKS.matcher(line).replaceAll(" $1 ");
    line = POINT_AFTER.matcher(line).replaceAll("$1 $2 ");
    line = POINT_BEFORE.matcher(line).replaceAll(" $1 $2");
    line = DASH.matcher(line).replaceAll("$1 $2 ");
    String stripped = line.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }
}
