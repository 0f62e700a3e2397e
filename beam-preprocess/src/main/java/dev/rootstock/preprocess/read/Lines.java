package dev.rootstock.preprocess.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of bytes, with their line feeds, one after another. Of a line above {@link Limits#RECORD}
 * only so much is kept. Not thread-safe.
 */
final class Lines {
  private static final byte[] NONE = {};

  private final InputStream text;
  private final byte[] buffer = new byte[1 << 16];
  private ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long read; // offset of the buffer's end
  private long start;
  private long length;
  private byte[] bytes = NONE;

  /**
   * @param offset of the first byte in the whole text
   */
  Lines(InputStream text, long offset) {
    this.text = text;
    this.read = offset;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    start = read - (end - at);
    length = 0;
    while (at < end || fill()) {
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      boolean whole = stop < end;
      int upTo = whole ? stop + 1 : end;
      if (whole && length == 0) {
        bytes = Arrays.copyOfRange(buffer, at, upTo);
        length = bytes.length;
        at = upTo;
        return true;
      }
      parts.write(buffer, at, (int) Math.min(upTo - at, Math.max(0, Limits.RECORD - length)));
      length += upTo - at;
      at = upTo;
      if (whole) {
        break;
      }
    }
    bytes = parts.toByteArray();
    parts = new ByteArrayOutputStream(); // a large one is not carried along
    return length > 0;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, text.read(buffer));
    read += end;
    return end > 0;
  }

  /** Offset of its first byte. */
  long start() {
    return start;
  }

  /** The line, or its beginning. */
  byte[] bytes() {
    return bytes;
  }

  /** Bytes of the whole line. */
  long length() {
    return length;
  }
}
