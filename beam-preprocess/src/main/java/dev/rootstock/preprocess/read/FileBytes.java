package dev.rootstock.preprocess.read;

import com.github.luben.zstd.ZstdInputStream;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Scratch;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/**
 * A corpus file's bytes, known to be those that were pinned. Reads them as often as asked; not
 * thread-safe.
 */
final class FileBytes implements AutoCloseable {
  private static final int BUFFER = 1 << 16; // bytes
  private static final int AHEAD = 1 << 20; // bytes, within which a second member is looked for

  private final @Nullable Path path; // none of what stays in a store
  private final boolean copied;
  private final @Nullable ArtifactStore store;
  private final String key;

  private FileBytes(
      @Nullable Path path, boolean copied, @Nullable ArtifactStore store, String key) {
    this.path = path;
    this.copied = copied;
    this.store = store;
    this.key = key;
  }

  /**
   * Opens a file after checking its sum; a whole file in a store is copied meanwhile, to be read
   * from here. Of a file that is read in ranges only the first one checks the sum, the others the
   * length.
   *
   * @throws Hopeless {@code BadCorpus} if it is gone, or no longer what was pinned
   */
  static FileBytes pinned(CorpusFile file) throws IOException {
    FileBytes bytes = open(file);
    try {
      if (file.from() > 0) {
        checkLength(file, bytes.length());
      } else {
        bytes.checkSum(file);
      }
    } catch (NoSuchFileException | FileNotFoundException gone) {
      bytes.close();
      throw new Hopeless(
          "BadCorpus",
          file.uri() + " is gone since the corpus was pinned; put it back, or run again");
    } catch (IOException | RuntimeException wrong) {
      bytes.close();
      throw wrong;
    }
    return bytes;
  }

  /** Opens a file without a look at its sum. */
  static FileBytes open(CorpusFile file) throws IOException {
    URI uri = file.uri();
    if ("file".equals(uri.getScheme())) {
      return new FileBytes(Path.of(uri), false, null, "");
    }
    String place = uri.toString();
    int slash = place.lastIndexOf('/');
    ArtifactStore store = Stores.open(URI.create(place.substring(0, slash)));
    Path copy = file.whole() ? Scratch.file(".corpus") : null;
    return new FileBytes(copy, copy != null, store, place.substring(slash + 1));
  }

  private void checkSum(CorpusFile file) throws IOException {
    try (DigestInputStream bytes =
            new DigestInputStream(
                store == null ? Files.newInputStream(path()) : store.open(key),
                Fingerprint.digest());
        OutputStream copy =
            copied ? Files.newOutputStream(path()) : OutputStream.nullOutputStream()) {
      bytes.transferTo(copy);
      String sum = HexFormat.of().formatHex(bytes.getMessageDigest().digest());
      if (!sum.equals(file.sha256())) {
        throw changed(file, "sha256", sum, file.sha256());
      }
    }
  }

  private static void checkLength(CorpusFile file, long bytes) {
    if (bytes != file.bytes()) {
      throw changed(file, "length", bytes, file.bytes());
    }
  }

  private static Hopeless changed(CorpusFile file, String what, Object now, Object then) {
    return new Hopeless(
        "BadCorpus",
        file.uri()
            + " has changed since the corpus was pinned: its "
            + what
            + " is "
            + now
            + ", and was "
            + then
            + "; run again to pin it as it is now");
  }

  private long length() throws IOException {
    return store == null
        ? Files.size(path())
        : store.size(key).orElseThrow(() -> new NoSuchFileException(key));
  }

  /** The same for Parquet: of the file or its copy here, else by ranges from the store. */
  InputFile input() {
    return path == null
        ? new StoreInput(Objects.requireNonNull(store), key)
        : new LocalInputFile(path);
  }

  private Path path() {
    return Objects.requireNonNull(path, "a range of a file in a store has no copy");
  }

  /** Whether the file begins as a compressed one does. */
  boolean packed() throws IOException {
    try (InputStream bytes = raw(0)) {
      return Packing.of(bytes) != Packing.NONE;
    }
  }

  /**
   * The content from its start, unpacked where it begins as gzip or Zstandard do. The caller
   * closes.
   */
  InputStream unpacked() throws IOException {
    InputStream bytes = raw(0);
    try {
      return switch (Packing.of(bytes)) {
        case NONE -> bytes;
        case GZIP -> new Gunzip(bytes);
        case ZSTD -> new ZstdInputStream(bytes);
      };
    } catch (IOException | RuntimeException failed) {
      bytes.close();
      throw failed;
    }
  }

  /**
   * The same, of records that may be gzip members each: {@link Members} where there are such, even
   * if the first one is damaged so that the file no longer begins as gzip does.
   *
   * @param beginning of every record
   */
  InputStream unpacked(String beginning) throws IOException {
    try (InputStream bytes = raw(0)) {
      Packing packing = Packing.of(bytes);
      byte[] head = packing == Packing.NONE ? bytes.readNBytes(AHEAD) : new byte[0];
      boolean plain = new String(head, StandardCharsets.ISO_8859_1).startsWith(beginning);
      if (packing == Packing.GZIP || !plain && Members.within(head, beginning)) {
        return new Members(this::raw, beginning);
      }
    }
    return unpacked();
  }

  /** The bytes as they lie there, from {@code at} on. The caller closes. */
  InputStream raw(long at) throws IOException {
    if (path == null) {
      return new BufferedInputStream(new StoreBytes(Objects.requireNonNull(store), key, at));
    }
    InputStream bytes = Files.newInputStream(path);
    try {
      bytes.skipNBytes(at);
    } catch (IOException failed) {
      bytes.close();
      throw failed;
    }
    return new BufferedInputStream(bytes, BUFFER);
  }

  @Override
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
    if (copied) {
      Files.deleteIfExists(path());
    }
  }

  /** How a file is compressed, told by its first bytes. */
  private enum Packing {
    NONE,
    GZIP,
    ZSTD;

    static Packing of(InputStream bytes) throws IOException {
      bytes.mark(4);
      byte[] first = bytes.readNBytes(4);
      bytes.reset();
      long magic = 0;
      for (byte value : first) {
        magic = magic << 8 | value & 0xff;
      }
      if (first.length < 4) {
        return first.length > 1 && first[0] == 0x1f && (first[1] & 0xff) == 0x8b ? GZIP : NONE;
      }
      if (magic >> 16 == 0x1f8b) {
        return GZIP;
      }
      boolean skippable = (magic & 0xf0ffffffL) == 0x502a4d18L;
      return magic == 0x28b52ffdL || skippable ? ZSTD : NONE;
    }
  }
}
