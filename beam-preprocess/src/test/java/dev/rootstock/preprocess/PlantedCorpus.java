package dev.rootstock.preprocess;

import dev.rootstock.preprocess.Document.Origin;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Documents of made-up words, by number, of which some are copies of others: exact ones, near ones
 * of known similarity, and decoys that are not similar enough.
 */
record PlantedCorpus(int documents) implements Serializable {
  private static final int VOCABULARY = 20_000;
  private static final int FILE = 1000; // documents
  private static final int PERIOD = 20;
  private static final int SENTENCE = 12; // words
  private static final int SIGNED = 3; // originals without copies, all of which end alike
  private static final String SIGNATURE = "Write to us! We answer soon! Yours as ever!";

  /** What a document is to the one it was made from. */
  enum Kind {
    ORIGINAL,
    EXACT,
    NEAR,
    DECOY,
    /** A page of boilerplate, one and the same everywhere. */
    BOILERPLATE,
    /** The same but for a number, which does not count. */
    NUMBERED
  }

  static Kind kind(int number) {
    return switch (number % PERIOD) {
      case 14 -> Kind.EXACT;
      case 15, 16 -> Kind.NEAR;
      case 17 -> Kind.DECOY;
      case 18 -> Kind.BOILERPLATE;
      case 19 -> Kind.NUMBERED;
      default -> Kind.ORIGINAL;
    };
  }

  /** The original a copy was made from; itself for an original. */
  static int original(int number) {
    return switch (kind(number)) {
      case ORIGINAL -> number;
      case BOILERPLATE, NUMBERED -> PERIOD - 2;
      default -> number - 10;
    };
  }

  Document document(int number) {
    return Document.of(text(number), origin(number), null, null, null);
  }

  /** Scattered over files, so that a copy comes before its original as often as after it. */
  Origin origin(int number) {
    int place = (int) (number * 7919L % documents); // a prime: no two share a place
    return new Origin(0, String.format(Locale.ROOT, "%012x", place / FILE), place % FILE);
  }

  static String text(int number) {
    return switch (kind(number)) {
      case ORIGINAL ->
          sentences(words(number)) + (number % PERIOD == SIGNED ? ". " + SIGNATURE : "");
      case EXACT -> text(original(number));
      case NEAR -> sentences(altered(number, 0.80, 0.95));
      case DECOY -> sentences(altered(number, 0.50, 0.70));
      case BOILERPLATE -> sentences(words(PERIOD - 2));
      case NUMBERED -> sentences(words(PERIOD - 2)) + " page " + number;
    };
  }

  private static String sentences(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words.size(); i++) {
      text.append(words.get(i)).append(i % SENTENCE == SENTENCE - 1 ? "! " : " ");
    }
    return text.toString().strip();
  }

  /** Jaccard similarity of the sets of five words on end, spelled out. */
  static double similarity(int one, int other) {
    Set<List<String>> both = fives(one);
    Set<List<String>> others = fives(other);
    int sum = both.size() + others.size();
    both.retainAll(others);
    return (double) both.size() / (sum - both.size());
  }

  private static Set<List<String>> fives(int number) {
    List<String> words = Arrays.asList(text(number).split(" "));
    Set<List<String>> fives = new HashSet<>();
    for (int i = 0; i + 5 <= words.size(); i++) {
      fives.add(words.subList(i, i + 5));
    }
    return fives;
  }

  /** Common words are much more common than rare ones. */
  private static List<String> words(int number) {
    SplittableRandom random = new SplittableRandom(number * 31L + 1);
    int count = (int) (60 * Math.pow(10, random.nextDouble()));
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add(word((int) Math.pow(VOCABULARY, random.nextDouble())));
    }
    return words;
  }

  /** Each changed word spoils five shingles of both texts; none of them is spoiled twice. */
  private static List<String> altered(int number, double from, double to) {
    SplittableRandom random = new SplittableRandom(number * 31L + 2);
    List<String> words = words(original(number));
    int shingles = words.size() - 4;
    double similarity = random.nextDouble(from, to);
    double changed = shingles * (1 - similarity) / (5 * (1 + similarity));
    // Few changes make coarse steps: to the side of what is asked.
    int changes = from < 0.8 ? (int) Math.ceil(changed) : Math.max(1, (int) changed);
    int apart = words.size() / changes;
    for (int change = 0; change < changes; change++) {
      int place = change * apart + apart / 2;
      words.set(place, word(VOCABULARY + random.nextInt(VOCABULARY)));
    }
    return words;
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number + 26; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }
}
