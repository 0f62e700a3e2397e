package dev.rootstock.preprocess.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose beginning is looked at before it is read. If the stream fails there, it fails only
 * once what came before is read. Not thread-safe.
 */
final class Ahead extends InputStream {
  private final InputStream rest;
  private final byte[] head;
  private @Nullable IOException failure;
  private int at;

  Ahead(InputStream bytes, int length) {
    this.rest = bytes;
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    try {
      while (beginning.size() < length) {
        int count = bytes.read(buffer, 0, Math.min(buffer.length, length - beginning.size()));
        if (count < 0) {
          break;
        }
        beginning.write(buffer, 0, count);
      }
    } catch (IOException failed) {
      failure = failed;
    }
    this.head = beginning.toByteArray();
  }

  /** The first bytes, all of them if the stream is shorter. */
  byte[] head() {
    return head;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int wanted) throws IOException {
    if (at < head.length) {
      int count = Math.min(wanted, head.length - at);
      System.arraycopy(head, at, bytes, start, count);
      at += count;
      return count;
    }
    if (failure != null) {
      throw failure;
    }
    return rest.read(bytes, start, wanted);
  }
}
