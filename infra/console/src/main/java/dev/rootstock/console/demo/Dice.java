package dev.rootstock.console.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeded chance: SplitMix64 (Steele, Lea and Flood, 2014), so that every JDK throws the same. Not
 * thread-safe.
 */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** Other dice for a named purpose: what is thrown there moves nothing here. */
  Dice of(String purpose) {
    long mixed = state;
    for (byte letter : purpose.getBytes(StandardCharsets.UTF_8)) {
      mixed = mix(mixed * 31 + letter + 0x9E3779B97F4A7C15L);
    }
    return new Dice(mixed);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    state += 0x9E3779B97F4A7C15L;
    return (int) ((mix(state) >>> 33) % bound);
  }

  boolean percent(int chance) {
    return below(100) < chance;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Several, no two of them equal, in random order. */
  <T> List<T> picks(List<T> choices, int count) {
    List<T> left = new ArrayList<>(choices);
    List<T> picked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      picked.add(left.remove(below(left.size())));
    }
    return picked;
  }

  /** A hash of a text that is the same everywhere, from 0 to {@code bound - 1}. */
  static int hash(String text, int bound) {
    return new Dice(0).of(text).below(bound);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
