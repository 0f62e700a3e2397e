package dev.rootstock.training.evaluate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses the next token from logits, by what Hugging Face's processors do and in their order:
 * repetition penalty, temperature, top-k, top-p. A draw depends on the seed, the text's row and the
 * position in it alone, so no training and no other text notices it. Not thread-safe.
 */
public final class Sampler {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // odd: keeps rows and positions apart
  private static final long ROW = 0xD1B54A32D192ED03L;

  private final double temperature;
  private final int topK;
  private final double topP;
  private final double repetitionPenalty;
  private final long seed;
  private final BitSet seen = new BitSet();
  private long row;
  private long position;

  /**
   * A sampler, in its first text.
   *
   * @param temperature 0 takes the likeliest token, the first of equals; the penalty counts even so
   * @param topK so many likeliest tokens, and those equal to the last of them, are sampled from; 0:
   *     all
   * @param topP the smallest set of tokens with this probability is sampled from; 1: all
   * @param repetitionPenalty the logit of each id that the text has is divided by it where
   *     positive, else multiplied (Keskar et al., 2019); 1: none
   */
  public Sampler(double temperature, int topK, double topP, double repetitionPenalty, long seed) {
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    this.repetitionPenalty = repetitionPenalty;
    this.seed = seed;
  }

  public Sampler(double temperature, double topP, long seed) {
    this(temperature, 0, topP, 1, seed);
  }

  /** Takes the likeliest. */
  public static Sampler greedy() {
    return new Sampler(0, 1, 0);
  }

  /** Starts the text of a row, its prompt given: what was chosen before is forgotten. */
  public void begin(long row, int[] prompt) {
    this.row = row;
    position = 0;
    seen.clear();
    Arrays.stream(prompt).forEach(seen::set);
  }

  /** The id of the next token. */
  public int next(float[] logits) {
    double[] scores = new double[logits.length];
    for (int id = 0; id < scores.length; id++) {
      double penalty = seen.get(id) ? repetitionPenalty : 1;
      scores[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
    }
    int id = choose(scores);
    position++;
    seen.set(id);
    return id;
  }

  private int choose(double[] scores) {
    int likeliest = 0;
    for (int id = 1; id < scores.length; id++) {
      if (scores[id] > scores[likeliest]) {
        likeliest = id;
      }
    }
    if (temperature == 0) {
      return likeliest;
    }
    double least = topK > 0 && topK < scores.length ? kth(scores) : Double.NEGATIVE_INFINITY;
    double[] weight = new double[scores.length];
    double sum = 0;
    for (int id = 0; id < scores.length; id++) {
      weight[id] =
          scores[id] < least ? 0 : StrictMath.exp((scores[id] - scores[likeliest]) / temperature);
      sum += weight[id];
    }
    int[] ids = candidates(weight, sum);
    double kept = Arrays.stream(ids).mapToDouble(id -> weight[id]).sum();
    double mark = draw() * kept;
    for (int id : ids) {
      mark -= weight[id];
      if (mark < 0) {
        return id;
      }
    }
    return ids[ids.length - 1];
  }

  private double draw() {
    return new SplittableRandom(seed * GOLDEN ^ (row + 1) * ROW ^ mixed(position)).nextDouble();
  }

  private static long mixed(long value) {
    return new SplittableRandom(value).nextLong();
  }

  private double kth(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - topK];
  }

  private int[] candidates(double[] weight, double sum) {
    IntStream possible = IntStream.range(0, weight.length).filter(id -> weight[id] > 0);
    if (topP >= 1) {
      return possible.toArray();
    }
    int[] sorted =
        possible
            .boxed()
            .sorted(Comparator.comparingDouble((Integer id) -> -weight[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    int count = 0;
    for (double reached = 0; count < sorted.length && reached < topP * sum; count++) {
      reached += weight[sorted[count]];
    }
    return Arrays.copyOf(sorted, Math.max(1, count));
  }
}
