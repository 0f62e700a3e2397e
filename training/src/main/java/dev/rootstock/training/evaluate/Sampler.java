package dev.rootstock.training.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses the next token from logits. Holds its own random numbers, so no training notices it. Not
 * thread-safe.
 */
public final class Sampler {
  private final double temperature;
  private final double topP;
  private final SplittableRandom random;

  /**
   * A sampler.
   *
   * @param temperature 0 takes the likeliest token, the first of equals
   * @param topP the smallest set of tokens with this probability is sampled from; 1: all
   */
  public Sampler(double temperature, double topP, long seed) {
    this.temperature = temperature;
    this.topP = topP;
    this.random = new SplittableRandom(seed);
  }

  /** Takes the likeliest. */
  public static Sampler greedy() {
    return new Sampler(0, 1, 0);
  }

  /** The id of the next token. */
  public int next(float[] logits) {
    int likeliest = 0;
    for (int id = 1; id < logits.length; id++) {
      if (logits[id] > logits[likeliest]) {
        likeliest = id;
      }
    }
    if (temperature == 0) {
      return likeliest;
    }
    double[] weight = new double[logits.length];
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      weight[id] = StrictMath.exp((logits[id] - logits[likeliest]) / temperature);
      sum += weight[id];
    }
    int[] ids = candidates(weight, sum);
    double kept = Arrays.stream(ids).mapToDouble(id -> weight[id]).sum();
    double mark = random.nextDouble() * kept;
    for (int id : ids) {
      mark -= weight[id];
      if (mark < 0) {
        return id;
      }
    }
    return ids[ids.length - 1];
  }

  private int[] candidates(double[] weight, double sum) {
    if (topP >= 1) {
      return IntStream.range(0, weight.length).toArray();
    }
    int[] sorted =
        IntStream.range(0, weight.length)
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
