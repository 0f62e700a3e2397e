package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import java.io.Serializable;

/**
 * Into how many files documents are written, and which goes where: by id, so that a file's bytes
 * depend on nothing else.
 *
 * @param count of files, at least 1
 */
public record Parts(int count) implements Serializable {
  private static final long WANTED =
      16L << 20; // bytes of raw corpus a part; one worker sorts a part in memory
  private static final int MOST = 10_000;

  /** For a corpus of so many bytes. */
  public static Parts forBytes(long bytes) {
    return new Parts((int) Math.max(1, Math.min(MOST, (bytes + WANTED - 1) / WANTED)));
  }

  int of(Document document) {
    return (int) (Long.parseLong(document.id().substring(0, 12), 16) % count);
  }
}
