package dev.rootstock.contract.tokenizer;

import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte-level byte pair encoding: the bytes of each piece of text are merged, pair by pair, lowest
 * rank first, leftmost first among equals. Gives the ids that Hugging Face's {@code tokenizers}
 * gives for text without special tokens. Pieces that were met before are remembered, up to a bound.
 * Thread-safe.
 */
public final class BytePairTokenizer implements Tokenizer {
  public static final String END_OF_TEXT = "<|endoftext|>";

  private static final int REMEMBERED = 1 << 16; // pieces
  private static final int LONGEST_REMEMBERED = 48; // characters
  private static final int SHORT = 48; // bytes up to which looking through all pairs beats a queue

  private final Vocabulary vocabulary;
  private final Pieces pieces;
  private final MergeTable merges;
  private final Map<String, int[]> remembered = new ConcurrentHashMap<>();

  /**
   * A merge of a pair of ids.
   *
   * @param id of the two together; a later merge that spells a known token gives that token's id
   */
  public record Merge(int left, int right, int id) {}

  BytePairTokenizer(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.pieces = new Pieces(vocabulary.pattern());
    this.merges = new MergeTable(vocabulary.merges().size());
    for (int rank = 0; rank < vocabulary.merges().size(); rank++) {
      Merge merge = vocabulary.merges().get(rank);
      merges.put(merge.left(), merge.right(), rank, merge.id());
    }
  }

  /**
   * Reads a {@code tokenizer.json}, UTF-8; see FORMATS.md.
   *
   * @throws IllegalArgumentException if it is none, or asks for what is not supported here; the
   *     message names the key
   */
  public static BytePairTokenizer read(byte[] json) {
    return read(new String(json, StandardCharsets.UTF_8));
  }

  /** The same from text. */
  public static BytePairTokenizer read(String json) {
    return new BytePairTokenizer(TokenizerJson.read(json));
  }

  /**
   * A tokenizer of merges in the order in which they were learned; id 0 is the end of text, 1 to
   * 256 are {@link #byteOfId}.
   */
  public static BytePairTokenizer learned(PreTokenizer pattern, List<Merge> merges) {
    return new BytePairTokenizer(Vocabulary.learned(pattern, merges));
  }

  /** The bytes that the ids 1 to 256 of a learned tokenizer stand for, from index 0. */
  public static List<Integer> byteOfId() {
    return ByteSymbols.inOrder();
  }

  @Override
  public int[] encode(String text) {
    String sound = withoutLoneSurrogates(text);
    Ids ids = new Ids(sound.length() / 3 + 8);
    for (int start = 0; start < sound.length(); ) {
      int end = pieces.end(sound, start);
      ids.add(piece(sound.substring(start, end)));
      start = end;
    }
    return ids.all();
  }

  private int[] piece(String piece) {
    int[] known = remembered.get(piece);
    if (known != null) {
      return known;
    }
    int[] ids = merged(piece.getBytes(StandardCharsets.UTF_8));
    if (piece.length() <= LONGEST_REMEMBERED && remembered.size() < REMEMBERED) {
      remembered.put(piece, ids);
    }
    return ids;
  }

  private int[] merged(byte[] bytes) {
    if (vocabulary.wholePieces()) {
      Integer whole = vocabulary.find(bytes);
      if (whole != null) {
        return new int[] {whole};
      }
    }
    int[] ids = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ids[i] = vocabulary.idOfByte(bytes[i] & 0xff);
    }
    return bytes.length <= SHORT ? mergeShort(ids) : mergeLong(ids);
  }

  private int[] mergeShort(int[] ids) {
    int length = ids.length;
    while (true) {
      int best = MergeTable.NONE;
      int at = -1;
      for (int i = 0; i + 1 < length; i++) {
        int rank = merges.rank(ids[i], ids[i + 1]);
        if (rank < best) {
          best = rank;
          at = i;
        }
      }
      if (at < 0) {
        return Arrays.copyOf(ids, length);
      }
      ids[at] = merges.id(ids[at], ids[at + 1]);
      System.arraycopy(ids, at + 2, ids, at + 1, length - at - 2);
      length--;
    }
  }

  /**
   * The same in n log n: candidates in a queue, ids in a linked list; a candidate whose ids have
   * changed is stale.
   */
  private int[] mergeLong(int[] ids) {
    int[] before = new int[ids.length];
    int[] after = new int[ids.length];
    PriorityQueue<Candidate> candidates = new PriorityQueue<>();
    for (int i = 0; i < ids.length; i++) {
      before[i] = i - 1;
      after[i] = i + 1;
    }
    for (int i = 0; i + 1 < ids.length; i++) {
      offer(candidates, ids, i, i + 1);
    }
    for (Candidate next = candidates.poll(); next != null; next = candidates.poll()) {
      int at = next.at();
      int gone = after[at];
      if (ids[at] != next.left() || gone >= ids.length || ids[gone] != next.right()) {
        continue;
      }
      ids[at] = merges.id(next.left(), next.right());
      ids[gone] = -1;
      after[at] = after[gone];
      if (after[at] < ids.length) {
        before[after[at]] = at;
        offer(candidates, ids, at, after[at]);
      }
      if (before[at] >= 0) {
        offer(candidates, ids, before[at], at);
      }
    }
    return Arrays.stream(ids).filter(id -> id >= 0).toArray();
  }

  private void offer(PriorityQueue<Candidate> candidates, int[] ids, int at, int next) {
    int rank = merges.rank(ids[at], ids[next]);
    if (rank != MergeTable.NONE) {
      candidates.add(new Candidate(rank, at, ids[at], ids[next]));
    }
  }

  private record Candidate(int rank, int at, int left, int right) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(at, other.at);
    }
  }

  @Override
  public String decode(int[] ids) {
    return new String(bytes(ids), StandardCharsets.UTF_8);
  }

  /** The bytes of ids; those of a part of a text may end within a character. */
  public byte[] bytes(int... ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
    for (int id : ids) {
      bytes.writeBytes(vocabulary.spelling(id));
    }
    return bytes.toByteArray();
  }

  /** The id of a special token by its spelling. */
  public Optional<Integer> special(String spelling) {
    return Optional.ofNullable(vocabulary.special().get(spelling));
  }

  /**
   * Text as it is cut, token by token, for people; a token that ends within a character shows
   * U+FFFD.
   */
  public List<String> cut(String text) {
    List<String> tokens = new ArrayList<>();
    for (int id : encode(text)) {
      tokens.add(decode(new int[] {id}));
    }
    return tokens;
  }

  @Override
  public int vocabulary() {
    return vocabulary.size();
  }

  @Override
  public int endOfText() {
    return vocabulary.endOfText();
  }

  /** The {@code tokenizer.json} of this tokenizer. */
  public String json() {
    return TokenizerJson.write(vocabulary);
  }

  /** The {@code tokenizer_config.json} that lies beside it. */
  public String configuration() {
    return TokenizerJson.configuration(decode(new int[] {endOfText()}));
  }

  private static String withoutLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return text;
  }

  private static final class Ids {
    int[] ids;
    int length;

    Ids(int expected) {
      ids = new int[expected];
    }

    void add(int[] more) {
      if (length + more.length > ids.length) {
        ids = Arrays.copyOf(ids, Math.max(length + more.length, ids.length + ids.length / 2));
      }
      System.arraycopy(more, 0, ids, length, more.length);
      length += more.length;
    }

    int[] all() {
      return Arrays.copyOf(ids, length);
    }
  }
}
