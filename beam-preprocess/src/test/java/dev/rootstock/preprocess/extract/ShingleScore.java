package dev.rootstock.preprocess.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The measure of the public article extraction benchmark: runs of four words, counted; precision
 * and recall of each page, averaged, and F1 of the averages.
 */
final class ShingleScore {
  private static final int WORDS = 4;
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  /** Of one page; NaN where there is nothing to be right or wrong about. */
  record Page(double precision, double recall) {}

  /** Of many pages. */
  record Score(double precision, double recall, double f1) {}

  private ShingleScore() {}

  static Page page(String truth, String found) {
    Map<List<String>, Integer> wanted = shingles(truth);
    Map<List<String>, Integer> got = shingles(found);
    Set<List<String>> all = new HashSet<>(wanted.keySet());
    all.addAll(got.keySet());
    double right = 0;
    double wrong = 0;
    double missed = 0;
    for (List<String> shingle : all) {
      int want = wanted.getOrDefault(shingle, 0);
      int have = got.getOrDefault(shingle, 0);
      right += Math.min(want, have);
      wrong += Math.max(0, have - want);
      missed += Math.max(0, want - have);
    }
    return new Page(right / (right + wrong), right / (right + missed));
  }

  static Score of(List<Page> pages) {
    double precision = mean(pages, Page::precision);
    double recall = mean(pages, Page::recall);
    return new Score(precision, recall, 2 * precision * recall / (precision + recall));
  }

  /** The 2.5th and 97.5th percentile of F1 over pages drawn with repetition. */
  static double[] interval(List<Page> pages, int draws, Random random) {
    double[] scores = new double[draws];
    for (int i = 0; i < draws; i++) {
      List<Page> drawn = new ArrayList<>();
      for (int j = 0; j < pages.size(); j++) {
        drawn.add(pages.get(random.nextInt(pages.size())));
      }
      scores[i] = of(drawn).f1();
    }
    java.util.Arrays.sort(scores);
    return new double[] {scores[draws * 25 / 1000], scores[draws * 975 / 1000]};
  }

  private static double mean(List<Page> pages, ToDoubleFunction<Page> part) {
    return pages.stream().mapToDouble(part).filter(x -> !Double.isNaN(x)).average().orElse(0);
  }

  private static Map<List<String>, Integer> shingles(String text) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(text); word.find(); ) {
      words.add(word.group());
    }
    Map<List<String>, Integer> shingles = new HashMap<>();
    int last = Math.max(0, words.size() - WORDS);
    for (int i = 0; i <= last && !words.isEmpty(); i++) {
      shingles.merge(
          List.copyOf(words.subList(i, Math.min(i + WORDS, words.size()))), 1, Integer::sum);
    }
    return shingles;
  }
}
