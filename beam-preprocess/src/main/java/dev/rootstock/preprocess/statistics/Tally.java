package dev.rootstock.preprocess.statistics;

import java.util.List;

/**
 * Some documents.
 *
 * @param bytes UTF-8 length of their texts
 * @param characters code points of their texts
 */
public record Tally(long documents, long bytes, long characters) {
  static final Tally NONE = new Tally(0, 0, 0);

  /** One document. */
  static Tally of(String text) {
    long bytes = 0;
    long characters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLowSurrogate(c)) {
        continue; // its high one was counted for both
      }
      characters++;
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isHighSurrogate(c) ? 4 : 3;
    }
    return new Tally(1, bytes, characters);
  }

  Tally plus(Tally other) {
    return new Tally(
        documents + other.documents, bytes + other.bytes, characters + other.characters);
  }

  List<Object> tree() {
    return List.of(documents, bytes, characters);
  }

  static Tally ofTree(Object tree) {
    List<?> counts = (List<?>) tree;
    return new Tally((Long) counts.get(0), (Long) counts.get(1), (Long) counts.get(2));
  }
}
