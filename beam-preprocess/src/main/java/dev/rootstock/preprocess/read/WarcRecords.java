package dev.rootstock.preprocess.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The records of an unpacked WARC file, one after another: header fields, then the block as a
 * stream. After a header that is broken it goes on at the next line that begins as a record does;
 * no library that was looked at does that. Not thread-safe.
 */
final class WarcRecords {
  private static final int LINE = 1 << 16; // bytes of a header line that are kept
  private static final int FIELDS = 1000; // lines of a header
  private static final String VERSION = "WARC/";

  private final BufferedInputStream bytes;
  private final Map<String, String> fields = new HashMap<>();
  private final Block block = new Block();
  private Optional<String> fault = Optional.empty();
  private String line = ""; // the one last read
  private boolean pending; // whether it is still to be looked at
  private long ordinal = -1;
  private long sound;

  WarcRecords(InputStream bytes) {
    this.bytes = new BufferedInputStream(bytes, 1 << 16);
  }

  /**
   * Moves to the next record, or to what should have been one; false at the end.
   *
   * @throws BrokenFormat if no record begins between here and the end of the file
   */
  boolean next() throws IOException {
    block.drain();
    do {
      if (!pending && !readLine()) {
        return false;
      }
      pending = false;
    } while (line.isEmpty());
    ordinal++;
    fields.clear();
    fault = line.startsWith(VERSION) ? header() : Optional.of("no record begins here: " + brief());
    if (fault.isEmpty()) {
      sound++;
    } else {
      block.left = 0;
      resynchronise();
    }
    return true;
  }

  /** Why this is no record; empty if it is one. */
  Optional<String> fault() {
    return fault;
  }

  /** Number of this record in the file, from 0; what is broken counts as one. */
  long ordinal() {
    return ordinal;
  }

  /** A header field, by its name in lower case. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The block; good until the next record. */
  InputStream block() {
    return block;
  }

  private Optional<String> header() throws IOException {
    String last = "";
    for (int count = 0; count < FIELDS; count++) {
      if (!readLine()) {
        throw new BrokenFormat("the WARC file is cut off within the header of record " + ordinal);
      }
      int colon = line.indexOf(':');
      if (line.isEmpty()) {
        return length();
      } else if (Character.isWhitespace(line.charAt(0)) && !last.isEmpty()) {
        fields.merge(last, line.strip(), (first, more) -> first + " " + more);
      } else if (colon > 0) {
        last = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        fields.putIfAbsent(last, line.substring(colon + 1).strip());
      } else {
        pending = line.startsWith(VERSION);
        return Optional.of("a header line without a colon: " + brief());
      }
    }
    return Optional.of("a header of more than " + FIELDS + " lines");
  }

  private Optional<String> length() {
    String length = fields.getOrDefault("content-length", "missing");
    try {
      block.left = Long.parseLong(length);
    } catch (NumberFormatException wrong) {
      block.left = -1;
    }
    if (block.left < 0) {
      return Optional.of(
          "a header whose Content-Length is " + (length.equals("missing") ? length : "no length"));
    }
    return fields.containsKey("warc-type")
        ? Optional.empty()
        : Optional.of("a header without WARC-Type");
  }

  private void resynchronise() throws IOException {
    while (!pending) {
      if (!readLine()) {
        throw new BrokenFormat(
            sound == 0
                ? "not a WARC file: " + fault.orElse("")
                : "from record " + ordinal + " on no WARC record begins; " + fault.orElse(""));
      }
      pending = line.startsWith(VERSION);
    }
  }

  private String brief() {
    return "a line of " + line.length() + " characters"; // its words may be anyone's
  }

  /** A line without its end; false if there is none. */
  private boolean readLine() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int value = bytes.read();
    if (value < 0) {
      return false;
    }
    for (; value >= 0 && value != '\n'; value = bytes.read()) {
      if (text.size() < LINE) {
        text.write(value);
      }
    }
    String read = text.toString(StandardCharsets.UTF_8);
    line = read.endsWith("\r") ? read.substring(0, read.length() - 1) : read;
    return true;
  }

  private final class Block extends InputStream {
    private long left;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int wanted) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = bytes.read(into, start, (int) Math.min(wanted, left));
      if (count < 0) {
        throw new BrokenFormat("the WARC file is cut off within record " + ordinal);
      }
      left -= count;
      return count;
    }

    void drain() throws IOException {
      byte[] waste = new byte[1 << 13];
      while (read(waste, 0, waste.length) >= 0) {}
    }
  }
}
