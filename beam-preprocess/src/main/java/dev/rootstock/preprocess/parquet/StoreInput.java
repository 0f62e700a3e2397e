package dev.rootstock.preprocess.parquet;

import dev.rootstock.contract.store.ArtifactStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** An object of a store, as Parquet reads it: by ranges, of which small ones are read ahead. */
public final class StoreInput implements InputFile {
  private static final int AHEAD = 1 << 16; // bytes; a footer and its length come in one request

  private final ArtifactStore store;
  private final String key;

  /**
   * @param store stays open until reading is done
   */
  public StoreInput(ArtifactStore store, String key) {
    this.store = store;
    this.key = key;
  }

  /**
   * Throws what kept a store from answering, if that is behind what Parquet threw: another attempt
   * may mend it, and the file is not broken.
   */
  public static void failure(Throwable thrown) throws IOException {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Unanswered unanswered) {
        throw unanswered;
      }
    }
  }

  private static final class Unanswered extends IOException {
    private static final long serialVersionUID = 1L;

    Unanswered(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private byte[] fetch(long from, int bytes) throws IOException {
    try {
      return store.read(key, from, bytes);
    } catch (IOException failed) {
      throw new Unanswered(failed);
    }
  }

  @Override
  public String toString() {
    return key;
  }

  @Override
  public long getLength() throws IOException {
    return store.size(key).orElseThrow(() -> new NoSuchFileException(key));
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Stream(getLength());
  }

  private final class Stream extends SeekableInputStream {
    private final long length;
    private long position;
    private long bufferedFrom;
    private byte[] buffered = {};

    Stream(long length) {
      this.length = length;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long to) {
      position = to;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int wanted) throws IOException {
      if (position >= length) {
        return -1;
      }
      long inside = position - bufferedFrom;
      if (inside < 0 || inside >= buffered.length) {
        buffered = fetch(position, (int) Math.min(Math.max(AHEAD, wanted), length - position));
        bufferedFrom = position;
        inside = 0;
      }
      int count = Math.min(wanted, buffered.length - (int) inside);
      System.arraycopy(buffered, (int) inside, bytes, start, count);
      position += count;
      return count;
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      readFully(bytes, 0, bytes.length);
    }

    @Override
    public void readFully(byte[] bytes, int start, int wanted) throws IOException {
      for (int done = 0; done < wanted; ) {
        int count = read(bytes, start + done, wanted - done);
        if (count <= 0) {
          throw new EOFException(key + " ends at " + length);
        }
        done += count;
      }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      byte[] read = new byte[bytes.remaining()];
      int count = read(read, 0, read.length);
      if (count > 0) {
        bytes.put(read, 0, count);
      }
      return count;
    }

    @Override
    public void readFully(ByteBuffer bytes) throws IOException {
      byte[] read = new byte[bytes.remaining()];
      readFully(read, 0, read.length);
      bytes.put(read);
    }
  }
}
