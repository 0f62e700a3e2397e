package dev.rootstock.preprocess.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks gzip whose members can be told by how their content begins, and goes on after a damaged
 * one when asked. The work for a file of {@code n} bytes stays below that for {@code 8 n + 32 MiB},
 * whatever they are: where very many are damaged, some sound members among them are passed over.
 * Not thread-safe.
 */
final class Members extends InputStream {
  private static final int WINDOW = 1 << 12; // packed bytes by which a member is told
  private static final long FREE = 32 << 20; // packed bytes looked at again in any file
  private static final int SHARE = 4; // the same, for each byte that was passed
  private static final int RESTART = 1 << 14; // packed bytes that take as long as opening the file

  /** Packed bytes from any place on. */
  interface Source {
    InputStream from(long at) throws IOException;
  }

  private final Source packed;
  private final byte[] beginning;
  private @Nullable Gunzip gunzip;
  private long base; // where its bytes begin
  private long spent; // packed bytes looked at again

  Members(Source packed, String beginning) {
    this.packed = packed;
    this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a member with this beginning starts somewhere in {@code bytes}. */
  static boolean within(byte[] bytes, String beginning) throws IOException {
    try (Members members =
        new Members(
            at -> new ByteArrayInputStream(bytes, (int) at, bytes.length - (int) at), beginning)) {
      return members.find(0) >= 0;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Bytes of one member only.
   *
   * @throws BrokenFormat if the member, or what stands in its place, can not be unpacked
   */
  @Override
  public int read(byte[] bytes, int start, int wanted) throws IOException {
    return gunzip().read(bytes, start, wanted);
  }

  /** Number of the member that is being read, from 0; what was lost counts as one. */
  long member() {
    return gunzip == null ? 0 : gunzip.member();
  }

  /** Whether the last member was read, and is sound. */
  boolean done() {
    return gunzip != null && gunzip.done();
  }

  /**
   * After a broken member: moves to the next one with the known beginning; false if there is none.
   * It may lie before the place at which the break was noticed.
   */
  boolean resume() throws IOException {
    Gunzip broken = gunzip();
    long noticed = base + broken.position();
    long from = base + broken.after();
    boolean back = spend(RESTART + 2 * (noticed - from), noticed); // to search and to unpack
    long found = find(back ? from : noticed + RESTART);
    if (found < 0) {
      return false;
    }
    broken.close();
    gunzip = new Gunzip(packed.from(found), broken.member() + 1);
    base = found;
    return true;
  }

  private Gunzip gunzip() throws IOException {
    if (gunzip == null) {
      gunzip = new Gunzip(packed.from(0));
    }
    return gunzip;
  }

  private long find(long from) throws IOException {
    try (BufferedInputStream bytes = new BufferedInputStream(packed.from(from), WINDOW << 4)) {
      int value = bytes.read();
      for (long at = from; value >= 0; at++, value = bytes.read()) {
        if (value != 0x1f) {
          continue;
        }
        bytes.mark(WINDOW);
        if (bytes.read() == 0x8b && bytes.read() == 8) {
          bytes.reset();
          byte[] window = new byte[WINDOW];
          window[0] = 0x1f;
          int more = bytes.readNBytes(window, 1, WINDOW - 1);
          if (begins(window, 1 + more)) {
            return at;
          }
          if (!spend(more, at)) {
            at += more;
            continue;
          }
        }
        bytes.reset();
      }
      return -1;
    }
  }

  private boolean begins(byte[] window, int length) throws IOException {
    try (Gunzip member = new Gunzip(new ByteArrayInputStream(window, 0, length))) {
      return Arrays.equals(member.readNBytes(beginning.length), beginning);
    } catch (BrokenFormat no) {
      return false;
    }
  }

  /** Whether so many bytes may be looked at again, {@code at} being how far it has come. */
  private boolean spend(long bytes, long at) {
    if (spent + bytes > FREE + SHARE * at) {
      return false;
    }
    spent += bytes;
    return true;
  }

  @Override
  public void close() throws IOException {
    if (gunzip != null) {
      gunzip.close();
    }
  }
}
