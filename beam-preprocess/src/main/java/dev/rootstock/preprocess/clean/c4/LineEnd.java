package dev.rootstock.preprocess.clean.c4;

import dev.rootstock.preprocess.language.Writing;

/** The marks that C4 wants at the end of a line. */
final class LineEnd {
  private static final String PUBLISHED = ".?!\"'";
  private static final String ELLIPSIS = "...";

  /** Chinese and Japanese end in these, quotes of their own included; ours, none are published. */
  private static final String EAST_ASIAN =
      "\u3002\uff01\uff1f\uff0e\uff61\u2026\u201d\u2019\u300d\u300f" + PUBLISHED;

  private LineEnd() {}

  static boolean ofProse(String line, Writing writing) {
    boolean eastAsian = writing == Writing.CHINESE || writing == Writing.JAPANESE;
    String marks = eastAsian ? EAST_ASIAN : PUBLISHED;
    return !line.isEmpty()
        && marks.indexOf(line.charAt(line.length() - 1)) >= 0
        && !line.endsWith(ELLIPSIS);
  }
}
