package dev.rootstock.contract.block;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Entries in the order of their UTF-8 bytes, each once: one text of lines, named by its sum, so
 * that comments and the order of the files it came from do not matter. Takes the text's size and 4
 * bytes an entry, for lists of sites have millions. Immutable; thread-safe.
 */
public final class BlockList {
  /** What stands in a {@link dev.rootstock.contract.CleaningSpec} before a list's sum. */
  public static final String PIN = "sha256:";

  private static final String FOLDER = "lists/";

  private final byte[] lines; // each ends with a line feed
  private final int[] starts; // one more than there are entries
  private final int longest; // bytes

  private BlockList(byte[] lines) {
    this.lines = lines;
    int size = 0;
    for (byte value : lines) {
      size += value == '\n' ? 1 : 0;
    }
    this.starts = new int[size + 1];
    int most = 0;
    for (int i = 0, entry = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        most = Math.max(most, i - starts[entry]);
        starts[++entry] = i + 1;
      }
    }
    this.longest = most;
  }

  /**
   * The list of these entries.
   *
   * @param entries UTF-8 without line feeds, in any order; sorted in place
   */
  public static BlockList of(List<byte[]> entries) {
    entries.sort(Arrays::compareUnsigned);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    byte[] last = null;
    for (byte[] entry : entries) {
      if (last == null || !Arrays.equals(last, entry)) {
        lines.writeBytes(entry);
        lines.write('\n');
      }
      last = entry;
    }
    return new BlockList(lines.toByteArray());
  }

  /**
   * A list that a store keeps.
   *
   * @param pin {@link #PIN} and its sum
   * @throws IOException if it is not there, or not whole
   */
  public static BlockList read(ArtifactStore store, String pin) throws IOException {
    byte[] lines;
    try (InputStream packed = new GZIPInputStream(store.open(key(pin)), 1 << 16)) {
      lines = packed.readAllBytes();
    }
    if (!(PIN + Fingerprint.sha256(lines)).equals(pin)) {
      throw new IOException(key(pin) + " is not what it was; delete it and run again");
    }
    return new BlockList(lines);
  }

  /** {@link #PIN} and the sum of its lines. */
  public String pin() {
    return PIN + Fingerprint.sha256(lines);
  }

  /** Puts it into a store, where it is not yet. */
  public void keep(ArtifactStore store) throws IOException {
    String key = key(pin());
    if (store.size(key).isPresent()) {
      return;
    }
    Path file = Files.createTempFile("rootstock-", ".gz");
    try {
      try (InputStream in = new ByteArrayInputStream(lines);
          GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        in.transferTo(packed);
      }
      store.publish(file, key);
    } catch (FileAlreadyExistsException another) {
      // made from the same lines
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String key(String pin) {
    return FOLDER + pin.substring(PIN.length()) + ".txt.gz";
  }

  public int size() {
    return starts.length - 1;
  }

  /** Bytes of the longest entry; no text of more characters is one. */
  public int longest() {
    return longest;
  }

  /** Whether this is an entry. */
  public boolean has(String entry) {
    byte[] wanted = entry.getBytes(StandardCharsets.UTF_8);
    if (wanted.length > longest) {
      return false;
    }
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(
              lines, starts[middle], starts[middle + 1] - 1, wanted, 0, wanted.length);
      if (order == 0) {
        return true;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return false;
  }

  /** A view; each entry is decoded when it is asked for. */
  public List<String> entries() {
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        int start = starts[index];
        return new String(lines, start, starts[index + 1] - 1 - start, StandardCharsets.UTF_8);
      }

      @Override
      public int size() {
        return BlockList.this.size();
      }
    };
  }
}
