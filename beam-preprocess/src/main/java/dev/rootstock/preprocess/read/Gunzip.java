package dev.rootstock.preprocess.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip of any number of members. The JDK's stream takes a broken header after the first
 * member for the end of the file, and so loses the rest without a word; this one does not. Not
 * thread-safe.
 */
final class Gunzip extends InputStream {
  private static final int BUFFER = 1 << 16; // bytes
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long fetched; // packed bytes, to the buffer's end
  private long member;
  private long after; // where the next member is to be looked for if this one is broken
  private boolean begun;
  private boolean done;
  private @Nullable BrokenFormat failed;

  Gunzip(InputStream packed) {
    this(packed, 0);
  }

  /**
   * @param member number of the first one, from 0
   */
  Gunzip(InputStream packed, long member) {
    this.packed = packed;
    this.member = member;
  }

  /** Number of the member that is being read, from 0. */
  long member() {
    return member;
  }

  /** Whether all members were read. */
  boolean done() {
    return done;
  }

  /** Packed bytes that were made use of. */
  long position() {
    return fetched - Math.max(end - at, inflater.getRemaining());
  }

  /** The first packed byte at which another member may begin, if this one is broken. */
  long after() {
    return after;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int wanted) throws IOException {
    if (failed != null) {
      throw failed;
    }
    if (!begun) {
      begun = true;
      header(must());
    }
    while (!done && wanted > 0) {
      int count = inflate(bytes, start, wanted);
      if (count > 0) {
        sum.update(bytes, start, count);
        return count;
      }
      if (inflater.finished()) {
        trailer();
        nextMember();
      } else if (inflater.needsInput()) {
        if (!fill()) {
          throw cut();
        }
        inflater.setInput(buffer, 0, end);
        at = end;
      } else {
        throw broken("asks for a dictionary");
      }
    }
    return done ? -1 : 0;
  }

  private int inflate(byte[] bytes, int start, int wanted) throws IOException {
    long before = inflater.getBytesWritten();
    try {
      return inflater.inflate(bytes, start, wanted);
    } catch (DataFormatException wrong) {
      failed = broken("holds bytes that do not unpack (" + wrong.getMessage() + ")");
      int count = (int) (inflater.getBytesWritten() - before);
      if (count == 0) {
        throw failed;
      }
      return count; // so that what is lost does not hang on the sizes of buffers
    }
  }

  private void trailer() throws IOException {
    at = end - inflater.getRemaining();
    long crc = number();
    long length = number();
    if (crc != sum.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw broken("unpacks to other bytes than its checksum says");
    }
  }

  /** After the last member only zeros may stand, with which tapes and disks fill up. */
  private void nextMember() throws IOException {
    int first = next();
    boolean padding = first == 0;
    while (first == 0) {
      first = next();
    }
    if (first < 0) {
      done = true;
      return;
    }
    member++;
    after = fetched - (end - at) - 1;
    if (padding) {
      throw broken("is preceded by zeros");
    }
    header(first);
  }

  private void header(int first) throws IOException {
    if (first != 0x1f || must() != 0x8b || must() != 8) {
      throw broken("does not begin as one does");
    }
    int flags = must();
    if ((flags & RESERVED) != 0) {
      throw broken("has unknown flags");
    }
    skip(6); // time, level and system
    if ((flags & EXTRA) != 0) {
      skip(must() | must() << 8);
    }
    for (int words = flags & (NAME | COMMENT); words != 0; words &= words - 1) {
      while (must() != 0) {}
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    after++;
    inflater.reset();
    sum.reset();
    inflater.setInput(buffer, at, end - at);
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      must();
    }
  }

  private long number() throws IOException {
    return must() | must() << 8 | must() << 16 | (long) must() << 24;
  }

  private int must() throws IOException {
    int value = next();
    if (value < 0) {
      throw cut();
    }
    return value;
  }

  private int next() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, packed.read(buffer));
    fetched += end;
    return end > 0;
  }

  private BrokenFormat cut() {
    return new BrokenFormat("the gzip file is cut off within member " + (member + 1));
  }

  private BrokenFormat broken(String how) {
    return new BrokenFormat("the gzip file is broken: its member " + (member + 1) + " " + how);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
