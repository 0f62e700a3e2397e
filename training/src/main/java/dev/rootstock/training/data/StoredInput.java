package dev.rootstock.training.data;

import dev.rootstock.contract.store.ArtifactStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** An object of a store as Parquet's reader wants it: read by ranges. */
record StoredInput(ArtifactStore store, String key, long length) implements InputFile {
  private static final int AHEAD = 1 << 20; // bytes fetched at once

  /** Asks for its length, once. */
  static StoredInput of(ArtifactStore store, String key) throws IOException {
    long length = store.size(key).orElseThrow(() -> new NoSuchFileException(key));
    return new StoredInput(store, key, length);
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    Ranges ranges = new Ranges(store, key, length);
    return new DelegatingSeekableInputStream(ranges) {
      @Override
      public long getPos() {
        return ranges.position;
      }

      @Override
      public void seek(long position) {
        ranges.position = position;
      }
    };
  }

  private static final class Ranges extends java.io.InputStream {
    private final ArtifactStore store;
    private final String key;
    private final long length;
    private ByteBuffer held = ByteBuffer.allocate(0);
    private long heldFrom;
    private long position;

    Ranges(ArtifactStore store, String key, long length) {
      this.store = store;
      this.key = key;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (position >= length) {
        return -1;
      }
      if (position < heldFrom || position >= heldFrom + held.limit()) {
        // At the end lies the footer, which is read in three steps.
        heldFrom = count < AHEAD ? Math.min(position, Math.max(0, length - AHEAD)) : position;
        int wanted = (int) Math.min(length - heldFrom, Math.max(count, AHEAD));
        byte[] bytes = store.read(key, heldFrom, wanted);
        if (bytes.length == 0) {
          throw new EOFException(key + " ended at " + position + " of " + length + " bytes");
        }
        held = ByteBuffer.wrap(bytes);
      }
      int from = (int) (position - heldFrom);
      int given = Math.min(count, held.limit() - from);
      held.get(from, into, offset, given);
      position += given;
      return given;
    }
  }
}
