package dev.rootstock.contract.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The printable character that stands for each byte in {@code tokenizer.json}: itself where it is
 * printable Latin-1, else the next of U+0100, U+0101, ….
 */
final class ByteSymbols {
  private static final int BYTES = 256;
  private static final char[] SYMBOL = new char[BYTES];
  private static final short[] BYTE = new short[2 * BYTES]; // by symbol; -1: stands for none

  static {
    java.util.Arrays.fill(BYTE, (short) -1);
    int next = BYTES;
    for (int value = 0; value < BYTES; value++) {
      boolean printable =
          value > ' ' && value < 0x7f
              || value > 0xa0 && value != 0xad; // neither space, control nor soft hyphen
      SYMBOL[value] = (char) (printable ? value : next++);
      BYTE[SYMBOL[value]] = (short) value;
    }
  }

  private ByteSymbols() {}

  /** The bytes 0 to 255 in the order of their symbols: the order of their ids. */
  static List<Integer> inOrder() {
    List<Integer> bytes = new ArrayList<>();
    for (int value = 0; value < BYTES; value++) {
      bytes.add(value);
    }
    bytes.sort(Comparator.comparingInt(value -> SYMBOL[value]));
    return bytes;
  }

  /** Bytes as symbols. */
  static String spell(byte[] bytes) {
    StringBuilder symbols = new StringBuilder(bytes.length);
    for (byte value : bytes) {
      symbols.append(SYMBOL[value & 0xff]);
    }
    return symbols.toString();
  }

  /** Symbols as bytes; text that holds anything else is taken as itself, in UTF-8. */
  static byte[] bytes(String symbols) {
    byte[] bytes = new byte[symbols.length()];
    for (int i = 0; i < bytes.length; i++) {
      char symbol = symbols.charAt(i);
      if (symbol >= BYTE.length || BYTE[symbol] < 0) {
        return symbols.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) BYTE[symbol];
    }
    return bytes;
  }
}
