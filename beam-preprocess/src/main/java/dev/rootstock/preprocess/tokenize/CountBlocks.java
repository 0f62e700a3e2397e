package dev.rootstock.preprocess.tokenize;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Counted pieces as blocks of bytes: a shuffle carries and sorts some thousand blocks where it
 * would carry millions of pieces. A piece is its length in UTF-8, its bytes and its count, the
 * numbers as varints. Not thread-safe.
 */
final class CountBlocks {
  /** Groups of pieces by hash, each added up by itself, in memory. */
  static final int SHARES = 256;

  private static final int BLOCK = 1 << 18; // bytes
  private static final int NUMBERS = 15; // bytes of a length and a count at most

  private final Consumer<byte[]> taker;
  private ByteBuffer block = ByteBuffer.allocate(1 << 12);

  /**
   * @param taker of full blocks
   */
  CountBlocks(Consumer<byte[]> taker) {
    this.taker = taker;
  }

  /** Which of the {@link #SHARES} a piece is in, on any machine. */
  static int share(String piece) {
    return Math.floorMod(piece.hashCode() * 0x9E3779B1 >>> 8, SHARES);
  }

  void add(String piece, long count) {
    byte[] spelled = piece.getBytes(StandardCharsets.UTF_8);
    int needed = block.position() + spelled.length + NUMBERS;
    if (needed > block.capacity()) {
      block.flip();
      block = ByteBuffer.allocate(Math.max(needed, 2 * block.capacity())).put(block);
    }
    put(spelled.length);
    block.put(spelled);
    put(count);
    if (block.position() >= BLOCK) {
      end();
    }
  }

  /** Hands the last block on, if it holds anything. */
  void end() {
    if (block.position() > 0) {
      taker.accept(Arrays.copyOf(block.array(), block.position()));
      block.clear();
    }
  }

  /** Blocks of all these pieces, the last one too. */
  static void write(Map<String, long[]> counts, Consumer<byte[]> taker) {
    CountBlocks blocks = new CountBlocks(taker);
    counts.forEach((piece, count) -> blocks.add(piece, count[0]));
    blocks.end();
  }

  /** Hands the pieces of a block to {@code taker}. */
  static void read(byte[] block, ObjLongConsumer<String> taker) {
    ByteBuffer bytes = ByteBuffer.wrap(block);
    while (bytes.hasRemaining()) {
      int length = (int) number(bytes);
      String piece = new String(block, bytes.position(), length, StandardCharsets.UTF_8);
      bytes.position(bytes.position() + length);
      taker.accept(piece, number(bytes));
    }
  }

  private void put(long number) {
    long rest = number;
    for (; rest > 0x7f; rest >>>= 7) {
      block.put((byte) (rest | 0x80));
    }
    block.put((byte) rest);
  }

  private static long number(ByteBuffer bytes) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }
}
