package dev.rootstock.preprocess.read;

/** How much of one record is held in memory; a file of any size asks for no more. */
final class Limits {
  /** Bytes, unpacked, of a line, a row, a value, or a text read whole. */
  static final int RECORD = 16 << 20;

  /** Bytes, unpacked, of an HTML page: its tree takes some twenty times as much memory. */
  static final int PAGE = 8 << 20;

  /** Bytes that are kept of a record which is too large, for people to recognise it by. */
  static final int EXCERPT = 16 << 10;

  private Limits() {}

  /** Says why a record is left out. */
  static String exceeded(int limit) {
    return "more than " + (limit >> 20) + " MiB in one record";
  }
}
