package dev.rootstock.contract.tokenizer;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Byte-level byte pair encoding: the bytes of each piece of text are merged, pair by pair, lowest
 * rank first, leftmost first among equals. Gives the ids that Hugging Face's {@code tokenizers}
 * gives: {@link #encode} for text as it is, {@link #encodeMarked} for text with its markers. Pieces
 * that were met before are remembered, up to a bound. Thread-safe.
 */
public final class BytePairTokenizer implements Tokenizer {
  public static final String END_OF_TEXT = TokenizerSpec.END_OF_TEXT;

  private static final char REPLACEMENT = '\ufffd';
  private static final char FIRST_COMBINING = '\u0300'; // text of lesser characters is in NFC

  private final Vocabulary vocabulary;
  private final Pieces pieces;
  private final MergeTable merges;
  private final PieceCache remembered = new PieceCache();

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
    return new BytePairTokenizer(TokenizerJson.read(json, null));
  }

  /**
   * The same, its end of text named by the {@code tokenizer_config.json} beside it, if that names
   * one.
   */
  public static BytePairTokenizer read(byte[] json, byte[] configuration) {
    return new BytePairTokenizer(
        TokenizerJson.read(
            new String(json, StandardCharsets.UTF_8), TokenizerJson.ending(configuration)));
  }

  /**
   * A tokenizer of merges in the order in which they were learned. Ids: the special tokens, the
   * bytes in the order of {@link #byteOfId}, one for each new merge.
   */
  public static BytePairTokenizer learned(TokenizerSpec spec, List<Merge> merges) {
    return new BytePairTokenizer(Vocabulary.learned(spec.preTokenizer(), spec.special(), merges));
  }

  /** The same with the end of text, id 0, as the only special token. */
  public static BytePairTokenizer learned(PreTokenizer pattern, List<Merge> merges) {
    return new BytePairTokenizer(Vocabulary.learned(pattern, List.of(END_OF_TEXT), merges));
  }

  /** The 256 bytes in the order of their ids. */
  public static List<Integer> byteOfId() {
    return ByteSymbols.inOrder();
  }

  @Override
  public int[] encode(String text) {
    if (vocabulary.added().inOrdinaryText()) {
      return searched(text, false).all();
    }
    Ids ids = new Ids(text.length() / 3 + 8);
    encode(vocabulary.nfc() ? normal(text) : text, ids);
    return ids.all();
  }

  /**
   * Ids of text with its markers: a special token's spelling is that token, and what the tokenizer
   * puts around a text is put around it, a token that begins it for example.
   */
  public int[] encodeMarked(String text) {
    Ids ids = new Ids(text.length() / 3 + 8);
    ids.add(array(vocabulary.marks().before()));
    ids.add(searched(text, true).all());
    ids.add(array(vocabulary.marks().after()));
    return ids.all();
  }

  private Ids searched(String text, boolean special) {
    Ids ids = new Ids(text.length() / 3 + 8);
    for (AddedTokens.Part part : vocabulary.added().split(text, false, special)) {
      if (part.id() >= 0) {
        ids.add(new int[] {part.id()});
        continue;
      }
      String normal = vocabulary.nfc() ? normal(part.text()) : part.text();
      for (AddedTokens.Part inner : vocabulary.added().split(normal, true, special)) {
        if (inner.id() >= 0) {
          ids.add(new int[] {inner.id()});
        } else {
          encode(inner.text(), ids);
        }
      }
    }
    return ids;
  }

  private static int[] array(List<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private void encode(String text, Ids ids) {
    char[] chars = sound(text);
    Merging merging = new Merging(merges, vocabulary.idOfByte());
    for (int start = 0; start < chars.length; ) {
      int end = pieces.end(chars, start, chars.length);
      ids.add(piece(merging, chars, start, end));
      start = end;
    }
  }

  /**
   * Ids of text in which a special token's spelling is that token, and around which nothing is put:
   * as {@code transformers} reads what a chat template wrote.
   */
  public int[] encodeWritten(String text) {
    return searched(text, true).all();
  }

  /** Whether an id is that of a special token. */
  public boolean isSpecial(int id) {
    return vocabulary.added().all().stream().anyMatch(token -> token.id() == id && token.special());
  }

  private int[] piece(Merging merging, char[] chars, int start, int end) {
    if (end - start > PieceCache.LONGEST) {
      return merged(merging, chars, start, end);
    }
    int[] ids = remembered.find(chars, start, end);
    if (ids == null) {
      ids = merged(merging, chars, start, end);
      remembered.keep(chars, start, end, ids);
    }
    return ids;
  }

  private int[] merged(Merging merging, char[] chars, int start, int end) {
    if (vocabulary.wholePieces()) {
      byte[] bytes = new String(chars, start, end - start).getBytes(StandardCharsets.UTF_8);
      Integer whole = vocabulary.find(bytes);
      if (whole != null) {
        return new int[] {whole};
      }
    }
    return merging.of(chars, start, end);
  }

  @Override
  public String decode(int[] ids) {
    return new String(bytes(ids), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of ids; those of a part of a text may end within a character. An id beyond the
   * vocabulary has none: a model may know more ids than its tokenizer.
   */
  public byte[] bytes(int... ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ids.length * 4);
    for (int id : ids) {
      if (id < vocabulary.size()) {
        bytes.writeBytes(vocabulary.spelling(id));
      }
    }
    return bytes.toByteArray();
  }

  /** The id of a special token by its spelling. */
  public Optional<Integer> special(String spelling) {
    return vocabulary.added().all().stream()
        .filter(token -> token.content().equals(spelling))
        .map(AddedTokens.Token::id)
        .findFirst();
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

  /** The text as it is cut, without lone surrogates. */
  private static char[] sound(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 < chars.length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
          i++;
        } else {
          chars[i] = REPLACEMENT;
        }
      }
    }
    return chars;
  }

  private static String normal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= FIRST_COMBINING) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
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
