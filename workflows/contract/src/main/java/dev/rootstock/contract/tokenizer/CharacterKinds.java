package dev.rootstock.contract.tokenizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is a letter, a number, white space or anything else, by Unicode 16.0: that of Hugging Face's
 * {@code tokenizers} 0.23. The running JDK's own tables differ from version to version, and ids
 * must not.
 */
final class CharacterKinds {
  static final byte OTHER = 0;
  static final byte LETTER = 1;
  static final byte NUMBER = 2;
  static final byte SPACE = 3;

  /** Of a UTF-16 unit that begins a pair: its kind is that of the code point. */
  static final byte PAIR = 4;

  private static final String TABLE = "unicode-16.txt";
  private static final int[] SPACES = {
    0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000
  };
  private static final byte[] KINDS = read();

  private CharacterKinds() {}

  /** By UTF-16 unit; the caller must not write. */
  static byte[] ofUnits() {
    byte[] units = Arrays.copyOf(KINDS, Character.MAX_VALUE + 1);
    Arrays.fill(units, Character.MIN_HIGH_SURROGATE, Character.MAX_HIGH_SURROGATE + 1, PAIR);
    return units;
  }

  static byte of(int codePoint) {
    return codePoint < KINDS.length ? KINDS[codePoint] : OTHER;
  }

  private static byte[] read() {
    byte[] kinds = new byte[0x40000]; // no letter lies beyond
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                CharacterKinds.class.getResourceAsStream(TABLE), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] range = line.split(" ");
          Arrays.fill(
              kinds,
              Integer.parseInt(range[0], 16),
              Integer.parseInt(range[1], 16) + 1,
              range[2].equals("L") ? LETTER : NUMBER);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Arrays.fill(kinds, '\t', '\r' + 1, SPACE);
    Arrays.fill(kinds, 0x2000, 0x200a + 1, SPACE);
    for (int space : SPACES) {
      kinds[space] = SPACE;
    }
    return kinds;
  }
}
