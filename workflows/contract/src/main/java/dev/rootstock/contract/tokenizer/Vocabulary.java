package dev.rootstock.contract.tokenizer;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a tokenizer knows: its pattern, the bytes of each id, its merges by rank. Thread-safe. */
final class Vocabulary {
  private final PreTokenizer pattern;
  private final byte[][] spellings; // by id; empty where an id is not used
  private final List<Merge> merges;
  private final AddedTokens added;
  private final PostProcessor marks;
  private final boolean wholePieces;
  private final boolean nfc;
  private final int endOfText;
  private final int[] idOfByte = new int[256];
  private final Map<ByteBuffer, Integer> ids = new HashMap<>();

  /**
   * @param added tokens that no piece of text is merged to
   * @param marks what is put around a text
   * @param wholePieces whether a piece that is itself a token is taken at once, merges or not
   * @param nfc whether text is brought into NFC before it is cut
   * @throws IllegalArgumentException if a byte has no id
   */
  Vocabulary(
      PreTokenizer pattern,
      List<byte[]> spellings,
      List<Merge> merges,
      AddedTokens added,
      PostProcessor marks,
      boolean wholePieces,
      boolean nfc,
      int endOfText) {
    this.pattern = pattern;
    this.spellings = spellings.toArray(byte[][]::new);
    this.merges = List.copyOf(merges);
    this.added = added;
    this.marks = marks;
    this.wholePieces = wholePieces;
    this.nfc = nfc;
    this.endOfText = endOfText;
    Set<Integer> apart = new HashSet<>();
    added.all().forEach(token -> apart.add(token.id()));
    for (int id = 0; id < this.spellings.length; id++) {
      if (!apart.contains(id)) {
        ids.putIfAbsent(ByteBuffer.wrap(this.spellings[id]), id);
      }
    }
    for (int value = 0; value < idOfByte.length; value++) {
      Integer id = ids.get(ByteBuffer.wrap(new byte[] {(byte) value}));
      if (id == null) {
        throw new IllegalArgumentException(
            "model.vocab has no token for byte "
                + value
                + "; it must have one for each of the 256 bytes");
      }
      idOfByte[value] = id;
    }
  }

  static Vocabulary learned(PreTokenizer pattern, List<String> special, List<Merge> merges) {
    List<byte[]> spellings = new ArrayList<>();
    List<AddedTokens.Token> added = new ArrayList<>();
    for (String token : special) {
      added.add(AddedTokens.Token.special(token, spellings.size()));
      spellings.add(token.getBytes(StandardCharsets.UTF_8));
    }
    ByteSymbols.inOrder().forEach(value -> spellings.add(new byte[] {value.byteValue()}));
    for (Merge merge : merges) {
      if (merge.id() == spellings.size()) {
        spellings.add(joined(spellings.get(merge.left()), spellings.get(merge.right())));
      } else if (merge.id() > spellings.size()) {
        throw new IllegalArgumentException(
            "a merge gives id "
                + merge.id()
                + "; it must be the next, "
                + spellings.size()
                + ", or a known one");
      }
    }
    return new Vocabulary(
        pattern,
        spellings,
        merges,
        new AddedTokens(added, pattern == PreTokenizer.QWEN2),
        PostProcessor.NONE,
        false,
        pattern == PreTokenizer.QWEN2,
        special.indexOf(TokenizerSpec.END_OF_TEXT));
  }

  static byte[] joined(byte[] left, byte[] right) {
    return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
  }

  PreTokenizer pattern() {
    return pattern;
  }

  List<Merge> merges() {
    return merges;
  }

  AddedTokens added() {
    return added;
  }

  PostProcessor marks() {
    return marks;
  }

  boolean wholePieces() {
    return wholePieces;
  }

  int endOfText() {
    return endOfText;
  }

  int size() {
    return spellings.length;
  }

  byte[] spelling(int id) {
    if (id < 0 || id >= spellings.length) {
      throw new IllegalArgumentException(
          "id is " + id + "; it must be between 0 and " + (spellings.length - 1));
    }
    return spellings[id];
  }

  /** By byte; the caller must not write. */
  int[] idOfByte() {
    return idOfByte;
  }

  /** Whether text is brought into NFC before it is cut. */
  boolean nfc() {
    return nfc;
  }

  /** The id of an ordinary token, or null. */
  Integer find(byte[] spelling) {
    return ids.get(ByteBuffer.wrap(spelling));
  }
}
