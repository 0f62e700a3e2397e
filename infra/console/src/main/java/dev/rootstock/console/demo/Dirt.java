package dev.rootstock.console.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a raw corpus has and a clean one has not. */
final class Dirt {
  static final int LONGEST = 4000; // characters; longer is boilerplate here, and the recipe says so

  private Dirt() {}

  /**
   * A document that cleaning drops: a repetition, a scrap, nothing at all, or a page lost in a
   * wrong encoding.
   */
  static String page(Dice dice, List<String> before) {
    return switch (dice.below(8)) {
      case 0, 1, 2, 3 -> dice.pick(before);
      case 4, 5 -> "See the notice at the " + dice.pick(Lexicon.PLACES) + ".";
      case 6 -> "";
      default -> garbled(dice.pick(before));
    };
  }

  /** The same rules for visitors, again and again. */
  static String boilerplate() {
    return "All rights to this page are kept by the village. Ask at the inn before you copy it. "
        .repeat(LONGEST / 60)
        .strip();
  }

  /** Not UTF-8: a lone lead byte after every word. */
  static byte[] damaged(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ' ') {
        bytes[i] = (byte) 0xC3;
      }
    }
    return bytes;
  }

  private static String garbled(String text) {
    return text.replaceAll("[aou]", "\uFFFD");
  }
}
