package dev.rootstock.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Bytes of one object. A cut connection is made anew from the next byte, which is safe because
 * objects never change. Not thread-safe.
 */
final class S3Stream extends InputStream {
  private static final int TRIES = 6; // in a row, none of which brought a byte
  private static final long WAIT = 100; // milliseconds, doubled each time

  /** Asks for the bytes from {@code offset} on. */
  interface Source {
    ResponseInputStream<GetObjectResponse> from(long offset) throws IOException;
  }

  private final Source source;
  private @Nullable ResponseInputStream<GetObjectResponse> open;
  private long at;
  private final long end;

  /** Connects. */
  S3Stream(Source source, long from, long to) throws IOException {
    this.source = source;
    this.at = from;
    this.open = source.from(from);
    Long length = open.response().contentLength();
    this.end = Math.min(to, from + Objects.requireNonNull(length, "an object's length"));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (at >= end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - at);
    for (int tries = 1; ; tries++) {
      try {
        if (open == null) {
          open = source.from(at);
        }
        int got = open.read(into, offset, wanted);
        if (got > 0) {
          at += got;
          return got;
        }
        throw new IOException("cut " + (end - at) + " bytes before the end");
      } catch (IOException cut) {
        drop();
        if (tries == TRIES || cut instanceof FileSystemException) {
          throw cut;
        }
        pause(WAIT << tries);
      }
    }
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() {
    drop();
    at = end;
  }

  private void drop() {
    if (open != null && at >= end) {
      closeQuietly(open); // keeps the connection for the next request
    } else if (open != null) {
      open.abort(); // a plain close would first read the rest
    }
    open = null;
  }

  private static void closeQuietly(InputStream read) {
    try {
      read.close();
    } catch (IOException unimportant) {
      // every byte is here
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two tries");
    }
  }
}
