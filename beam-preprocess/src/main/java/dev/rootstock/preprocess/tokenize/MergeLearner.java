package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;

/**
 * Learns merges from counted pieces: again and again the commonest pair of neighbours becomes one
 * token; of equally common pairs the one with the least left id, then the least right id. Depends
 * on nothing but the counts. Not thread-safe.
 */
public final class MergeLearner {
  static final int LONGEST =
      1_000; // bytes of a piece that is learned from; a longer one is no word
  static final long RAREST = 2; // a pair met once is not worth a token

  /** Long's hash of two small numbers side by side is their exclusive or: most pairs would collide. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final long GATHER = 0xF1DE83E19937733DL; // SPREAD · GATHER = 1, modulo 2⁶⁴

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private final List<byte[]> spellings = new ArrayList<>();
  private final Map<ByteBuffer, Integer> ids = new HashMap<>();

  private MergeLearner() {
    spellings.add(BytePairTokenizer.END_OF_TEXT.getBytes(StandardCharsets.UTF_8));
    for (int value : BytePairTokenizer.byteOfId()) {
      ids.put(ByteBuffer.wrap(new byte[] {(byte) value}), spellings.size());
      spellings.add(new byte[] {(byte) value});
    }
  }

  /** Where a pair stands, and how often. */
  private static final class Pair {
    long count;
    int[] words = new int[2]; // may name one twice, and ones that have lost the pair
    int length;

    void in(int word) {
      if (length > 0 && words[length - 1] == word) {
        return;
      }
      if (length == words.length) {
        words = Arrays.copyOf(words, length * 2);
      }
      words[length++] = word;
    }
  }

  /**
   * A pair in the queue with the count it had then; stale if the pair's count has changed since.
   */
  private record Entry(long count, int left, int right) implements Comparable<Entry> {
    private static final Comparator<Entry> ORDER =
        Comparator.comparingLong(Entry::count)
            .reversed()
            .thenComparingInt(Entry::left)
            .thenComparingInt(Entry::right);

    @Override
    public int compareTo(Entry other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Learns up to {@code vocabulary} ids, fewer where no pair is left that stands twice.
   *
   * @param pieces how often each piece of text occurs
   * @param onMerge told of each merge, for progress
   */
  public static List<Merge> learn(
      SortedMap<String, Long> pieces, int vocabulary, Runnable onMerge) {
    MergeLearner learner = new MergeLearner();
    pieces.forEach(learner::add);
    learner.pairs.forEach(
        (key, pair) -> learner.queue.add(new Entry(pair.count, left(key), right(key))));
    List<Merge> merges = new ArrayList<>();
    while (learner.spellings.size() < vocabulary) {
      Entry best = learner.queue.poll();
      if (best == null || best.count() < RAREST) {
        break;
      }
      Pair pair = learner.pairs.get(key(best.left(), best.right()));
      if (pair == null || pair.count != best.count()) {
        if (pair != null && pair.count > 0) {
          learner.queue.add(new Entry(pair.count, best.left(), best.right()));
        }
        continue;
      }
      merges.add(learner.merge(best.left(), best.right(), pair));
      onMerge.run();
    }
    return merges;
  }

  private void add(String piece, long count) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 2 || bytes.length > LONGEST) {
      return;
    }
    int[] word = new int[bytes.length];
    for (int i = 0; i < word.length; i++) {
      word[i] = ids.get(ByteBuffer.wrap(bytes, i, 1));
    }
    words.add(word);
    counts.add(count);
    count(words.size() - 1, word, count);
  }

  private Merge merge(int left, int right, Pair pair) {
    byte[] spelling = joined(spellings.get(left), spellings.get(right));
    int id = ids.computeIfAbsent(ByteBuffer.wrap(spelling), unknown -> spellings.size());
    if (id == spellings.size()) {
      spellings.add(spelling);
    }
    int[] affected = Arrays.stream(pair.words, 0, pair.length).sorted().distinct().toArray();
    Set<Long> grown = new HashSet<>();
    for (int word : affected) {
      int[] before = words.get(word);
      int[] after = merged(before, left, right, id);
      if (after.length < before.length) {
        count(word, before, -counts.get(word));
        count(word, after, counts.get(word));
        words.set(word, after);
        for (int i = 0; i + 1 < after.length; i++) {
          if (after[i] == id || after[i + 1] == id) {
            grown.add(key(after[i], after[i + 1]));
          }
        }
      }
    }
    pairs.remove(key(left, right));
    for (long key : grown) {
      Pair now = pairs.get(key);
      if (now != null && now.count > 0) {
        queue.add(new Entry(now.count, left(key), right(key)));
      }
    }
    return new Merge(left, right, id);
  }

  private void count(int word, int[] tokens, long count) {
    for (int i = 0; i + 1 < tokens.length; i++) {
      Pair pair = pairs.computeIfAbsent(key(tokens[i], tokens[i + 1]), unknown -> new Pair());
      pair.count += count;
      if (count > 0) {
        pair.in(word);
      }
    }
  }

  private static int[] merged(int[] tokens, int left, int right, int id) {
    int[] merged = new int[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean here = tokens[i] == left && i + 1 < tokens.length && tokens[i + 1] == right;
      merged[length++] = here ? id : tokens[i];
      i += here ? 1 : 0;
    }
    return Arrays.copyOf(merged, length);
  }

  private static byte[] joined(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) * SPREAD;
  }

  private static int left(long key) {
    return (int) (key * GATHER >>> 32);
  }

  private static int right(long key) {
    return (int) (key * GATHER);
  }
}
