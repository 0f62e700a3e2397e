package dev.rootstock.preprocess.read;

/** How much of one record is held in memory; a file of any size asks for no more. */
final class Limits {
  /** Bytes, unpacked, of a line, a row, a value, or a text read whole. */
  static final int RECORD = 16 << 20;

  /** Bytes, unpacked, of an HTML page. */
  static final int PAGE = 8 << 20;

  /** Tags of an HTML page; each takes some 200 bytes of memory. */
  static final int TAGS = 400_000;

  /** Bytes that are kept of a record which is too large, for people to recognise it by. */
  static final int EXCERPT = 16 << 10;

  private Limits() {}

  /** Whether a page is of so many tags that its tree would be too large. */
  static boolean tooManyTags(byte[] html) {
    int tags = 0;
    for (byte value : html) {
      tags += value == '<' ? 1 : 0;
    }
    return tags > TAGS;
  }

  /** Says why a record is left out. */
  static String exceeded(int limit) {
    return "more than " + (limit >> 20) + " MiB in one record";
  }
}
