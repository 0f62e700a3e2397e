package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Learns merges from counted pieces: again and again the commonest pair of neighbours becomes one
 * token; of equally common pairs the one with the least left id, then the least right id. Depends
 * on nothing but the counts, not even on their order. Not thread-safe.
 */
public final class MergeLearner {
  /** Bytes of a piece that is learned from; a longer one is no word. */
  static final int LONGEST = 1_000;

  private static final long RAREST = 2; // a pair met once is not worth a token

  private final TokenizerSpec spec;
  private final int[] idOfByte = new int[256];
  private final List<byte[]> spellings = new ArrayList<>();
  private final Map<ByteBuffer, Integer> ids = new HashMap<>();
  private final PairTable pairs = new PairTable();
  private final PriorityQueue<Entry> queue = new PriorityQueue<>(Entry.ORDER);
  private final Grown grown = new Grown();
  private int[] tokens = new int[1 << 12]; // of all words, one after another
  private int[] starts = new int[1 << 8]; // by word
  private int[] lengths = new int[1 << 8]; // by word, in tokens now
  private long[] counts = new long[1 << 8]; // by word
  private int words;
  private int end; // of tokens
  private long bytes;

  public MergeLearner(TokenizerSpec spec) {
    this.spec = spec;
    spec.special().forEach(token -> spellings.add(token.getBytes(StandardCharsets.UTF_8)));
    for (int value : BytePairTokenizer.byteOfId()) {
      idOfByte[value] = spellings.size();
      ids.put(ByteBuffer.wrap(new byte[] {(byte) value}), spellings.size());
      spellings.add(new byte[] {(byte) value});
    }
  }

  /** A pair with the count it had when queued; stale if its count has changed since. */
  private record Entry(long count, int left, int right, int pair) {
    static final Comparator<Entry> ORDER =
        Comparator.comparingLong(Entry::count)
            .reversed()
            .thenComparingInt(Entry::left)
            .thenComparingInt(Entry::right);
  }

  /**
   * Learns from pieces that are all there.
   *
   * @param onMerge told of each merge, for progress
   */
  public static List<Merge> learn(Map<String, Long> pieces, TokenizerSpec spec, Runnable onMerge) {
    MergeLearner learner = new MergeLearner(spec);
    pieces.forEach(learner::add);
    return learner.learn(onMerge);
  }

  /** Takes a piece, once, with how often it occurs; one longer than 1,000 bytes is left out. */
  public void add(String piece, long count) {
    byte[] spelled = piece.getBytes(StandardCharsets.UTF_8);
    if (spelled.length > LONGEST) {
      return;
    }
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, 2 * words);
      lengths = Arrays.copyOf(lengths, 2 * words);
      counts = Arrays.copyOf(counts, 2 * words);
    }
    if (end + spelled.length > tokens.length) {
      tokens = Arrays.copyOf(tokens, Math.addExact(tokens.length, tokens.length / 2));
    }
    starts[words] = end;
    lengths[words] = spelled.length;
    counts[words] = count;
    for (byte value : spelled) {
      tokens[end++] = idOfByte[value & 0xff];
    }
    for (int i = starts[words]; i + 1 < end; i++) {
      pairs.in(pairs.add(tokens[i], tokens[i + 1], count), words);
    }
    bytes += count * spelled.length;
    words++;
  }

  /**
   * Learns as many ids as asked for, fewer where no pair is left that stands twice. Once only.
   *
   * @param onMerge told of each merge, for progress
   */
  public List<Merge> learn(Runnable onMerge) {
    for (int pair = 0; pair < pairs.size(); pair++) {
      offer(pair);
    }
    List<Merge> merges = new ArrayList<>();
    while (spellings.size() < spec.vocabulary()) {
      Entry best = queue.poll();
      if (best == null) {
        break;
      }
      if (pairs.count(best.pair()) != best.count()) {
        offer(best.pair());
        continue;
      }
      merges.add(merge(best));
      onMerge.run();
    }
    return merges;
  }

  /** Tokens that all that was added is cut into. */
  long tokens() {
    long sum = 0;
    for (int word = 0; word < words; word++) {
      sum += counts[word] * lengths[word];
    }
    return sum;
  }

  /** UTF-8 bytes of all that was added. */
  long bytes() {
    return bytes;
  }

  int pieces() {
    return words;
  }

  private void offer(int pair) {
    if (pairs.count(pair) >= RAREST) {
      queue.add(new Entry(pairs.count(pair), pairs.left(pair), pairs.right(pair), pair));
    }
  }

  private Merge merge(Entry best) {
    byte[] spelling = joined(spellings.get(best.left()), spellings.get(best.right()));
    int id = ids.computeIfAbsent(ByteBuffer.wrap(spelling), unknown -> spellings.size());
    if (id == spellings.size()) {
      spellings.add(spelling);
    }
    Merge merge = new Merge(best.left(), best.right(), id);
    grown.begin();
    for (int word : pairs.take(best.pair())) {
      merge(word, merge);
    }
    pairs.take(best.pair()); // what repetitions in a word, as of aaa, have left of it
    for (int i = 0; i < grown.size; i++) {
      offer(grown.list[i]);
    }
    return merge;
  }

  private void merge(int word, Merge merge) {
    int start = starts[word];
    int length = lengths[word];
    long count = counts[word];
    int kept = start;
    for (int i = start; i < start + length; i++) {
      boolean here =
          tokens[i] == merge.left() && i + 1 < start + length && tokens[i + 1] == merge.right();
      if (!here) {
        tokens[kept++] = tokens[i];
        continue;
      }
      if (kept > start) {
        pairs.add(tokens[kept - 1], merge.left(), -count);
        grown.in(pairs.add(tokens[kept - 1], merge.id(), count), word);
      }
      if (i + 2 < start + length) {
        pairs.add(merge.right(), tokens[i + 2], -count);
        grown.in(pairs.add(merge.id(), tokens[i + 2], count), word);
      }
      tokens[kept++] = merge.id();
      i++;
    }
    lengths[word] = kept - start;
  }

  /** Pairs that a merge makes commoner, each once. */
  private final class Grown {
    private int[] list = new int[1 << 10];
    private int size;
    private int[] metAt = new int[1 << 10]; // by pair: the merge that met it last
    private int merge;

    void begin() {
      size = 0;
      merge++;
    }

    void in(int pair, int word) {
      pairs.in(pair, word);
      if (pair >= metAt.length) {
        metAt = Arrays.copyOf(metAt, Math.max(pair + 1, 2 * metAt.length));
      }
      if (metAt[pair] != merge) {
        metAt[pair] = merge;
        if (size == list.length) {
          list = Arrays.copyOf(list, 2 * size);
        }
        list[size++] = pair;
      }
    }
  }

  private static byte[] joined(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }
}
