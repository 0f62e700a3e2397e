package dev.rootstock.preprocess.read;

import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/** An object of a store from some byte on, fetched a piece at a time. Not thread-safe. */
final class StoreBytes extends InputStream {
  private static final int PIECE = 4 << 20; // bytes

  private final ArtifactStore store;
  private final String key;
  private final long length;
  private long next;
  private byte[] piece = {};
  private int at;

  /**
   * @param store stays open until reading is done
   */
  StoreBytes(ArtifactStore store, String key, long from) throws IOException {
    this.store = store;
    this.key = key;
    this.length = store.size(key).orElseThrow(() -> new NoSuchFileException(key));
    this.next = from;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int wanted) throws IOException {
    if (at == piece.length) {
      if (next >= length) {
        return -1;
      }
      piece = store.read(key, next, (int) Math.min(PIECE, length - next));
      next += piece.length;
      at = 0;
    }
    int count = Math.min(wanted, piece.length - at);
    System.arraycopy(piece, at, bytes, start, count);
    at += count;
    return count;
  }
}
