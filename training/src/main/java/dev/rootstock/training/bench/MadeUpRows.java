package dev.rootstock.training.bench;

import java.util.List;
import java.util.SplittableRandom;

/** Ids of which few are common, as words are, so that there is something to learn. */
record MadeUpRows(int vocabulary, int context, long seed) implements BenchRows {
  @Override
  public int[] row(long number) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    int[] ids = new int[context + 1];
    for (int i = 0; i < ids.length; i++) {
      double share = random.nextDouble();
      ids[i] = (int) (vocabulary * share * share * share);
    }
    return ids;
  }

  @Override
  public List<int[]> heldOut() {
    return List.of();
  }

  @Override
  public long heldOutBytes() {
    return 0;
  }
}
