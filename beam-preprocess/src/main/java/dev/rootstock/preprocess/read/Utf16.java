package dev.rootstock.preprocess.read;

import java.io.IOException;

/** A text file begins as UTF-16 does: none of its records can be told apart. */
final class Utf16 extends IOException {
  private static final long serialVersionUID = 1L;
  private final transient byte[] head;

  Utf16(byte[] head) {
    super("the file is UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)");
    this.head = head.clone();
  }

  /** Its first bytes. */
  byte[] head() {
    return head;
  }
}
