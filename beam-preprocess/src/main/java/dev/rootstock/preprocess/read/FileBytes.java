package dev.rootstock.preprocess.read;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Scratch;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A corpus file's bytes, known to be those that were pinned. Reads them as often as asked; not
 * thread-safe.
 */
final class FileBytes implements AutoCloseable {
  private static final int BUFFER = 1 << 16; // bytes

  private final Path path;
  private final boolean copied;

  private FileBytes(Path path, boolean copied) {
    this.path = path;
    this.copied = copied;
  }

  /**
   * Reads a file once, to check its sum; a file in a store is copied meanwhile.
   *
   * @throws Hopeless {@code BadCorpus} if it is gone, or no longer what was pinned
   */
  static FileBytes pinned(CorpusFile file) throws IOException {
    boolean local = "file".equals(file.uri().getScheme());
    Path path = local ? Path.of(file.uri()) : Scratch.file(".corpus");
    try (DigestInputStream bytes =
            new DigestInputStream(
                local ? Files.newInputStream(path) : remote(file.uri()), Fingerprint.digest());
        OutputStream copy = local ? OutputStream.nullOutputStream() : Files.newOutputStream(path)) {
      bytes.transferTo(copy);
      String sum = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
      if (!sum.equals(file.sha256())) {
        throw new Hopeless(
            "BadCorpus",
            file.uri()
                + " has changed since the corpus was pinned: its sha256 is "
                + sum
                + ", and was "
                + file.sha256()
                + "; run again to pin it as it is now");
      }
    } catch (NoSuchFileException | FileNotFoundException gone) {
      throw new Hopeless(
          "BadCorpus",
          file.uri() + " is gone since the corpus was pinned; put it back, or run again");
    }
    return new FileBytes(path, !local);
  }

  private static InputStream remote(URI uri) throws IOException {
    String place = uri.toString();
    int slash = place.lastIndexOf('/');
    ArtifactStore store = Stores.open(URI.create(place.substring(0, slash)));
    return new StoreStream(store, store.open(place.substring(slash + 1)));
  }

  /** The content from its start, unpacked where it begins as gzip does. The caller closes. */
  InputStream open() throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    bytes.mark(2);
    boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
    bytes.reset();
    return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }

  @Override
  public void close() throws IOException {
    if (copied) {
      Files.deleteIfExists(path);
    }
  }

  /** Closes the store with the stream. */
  private static final class StoreStream extends java.io.FilterInputStream {
    private final ArtifactStore store;

    StoreStream(ArtifactStore store, InputStream bytes) {
      super(bytes);
      this.store = store;
    }

    @Override
    public void close() throws IOException {
      super.close();
      store.close();
    }
  }
}
