package dev.rootstock.preprocess.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of an unpacked WARC file, one after another: header fields, then the block as a
 * stream. What can not be read is told as one broken record, and reading goes on at the next line
 * that begins a record; in gzip whose records are members of their own, after a damaged one at the
 * next member. Not thread-safe.
 */
final class WarcRecords {
  /** What a record begins with. */
  static final String VERSION = "WARC/";

  private static final int BUFFER = 1 << 16; // bytes
  private static final int LINE = 1 << 16; // bytes of a header line that are kept
  private static final int FIELDS = 1000; // lines of a header
  private static final int AHEAD = 8; // bytes, by which a field is told from any other line
  private static final Pattern FIRST_LINE = Pattern.compile("WARC/[0-9]+\\.[0-9]+\\s*");
  private static final Pattern FIELD = Pattern.compile("(?i)warc-.*|content-", Pattern.DOTALL);

  private final @Nullable Members members;
  private final Map<String, String> fields = new HashMap<>();
  private final Block block = new Block();
  private BufferedInputStream bytes;
  private Optional<String> fault = Optional.empty();
  private Optional<String> lost = Optional.empty(); // between the last record and the next
  private String line = ""; // the one last read
  private boolean pending; // whether it is still to be looked at
  private boolean begun; // whether anything here looked like a record
  private long ordinal = -1;

  /**
   * @param bytes {@link Members} to go on after damaged ones
   */
  WarcRecords(InputStream bytes) {
    this.members = bytes instanceof Members found ? found : null;
    this.bytes = new BufferedInputStream(bytes, BUFFER);
  }

  /**
   * Moves to the next record, or to what should have been one; false at the end. The last record
   * must be {@link #finish finished}.
   *
   * @throws BrokenFormat if nothing in the whole file begins as a record does
   */
  boolean next() throws IOException {
    ordinal++;
    fields.clear();
    fault = lost;
    lost = Optional.empty();
    if (fault.isPresent()) {
      return true;
    }
    try {
      if (!nextLine()) {
        return false;
      }
      begun |= line.startsWith(VERSION);
      fault =
          line.startsWith(VERSION) ? header() : Optional.of("no record begins here: " + brief());
      if (fault.isPresent()) {
        block.left = 0;
        resynchronise();
      }
    } catch (BrokenFormat broken) {
      fault = fault.or(() -> Optional.of(String.valueOf(broken.getMessage())));
      goOn();
    }
    return true;
  }

  /**
   * Reads what is left of the record, up to where it is known to be as it was written.
   *
   * @return why it is no record, or is lost; empty if it is sound
   */
  Optional<String> finish() throws IOException {
    if (fault.isPresent()) {
      return fault;
    }
    block.drain();
    if (block.cut.isPresent()) {
      fault = block.cut;
      block.cut = Optional.empty();
      goOn();
    } else if (members != null) {
      finishMember(members);
    }
    return fault;
  }

  /** Only a member's end tells whether it is damaged, so looks ahead to where a record begins. */
  private void finishMember(Members members) throws IOException {
    long member = members.member();
    try {
      pending = nextLine();
      if (pending && !line.startsWith(VERSION)) {
        lost = Optional.of("no record begins here: " + brief());
        pending = false;
        resynchronise();
      }
    } catch (BrokenFormat broken) {
      String reason = String.valueOf(broken.getMessage());
      if (members.member() == member && !members.done()) {
        fault = Optional.of(reason);
        lost = Optional.empty();
      } else {
        lost = lost.or(() -> Optional.of(reason));
      }
      goOn();
    }
  }

  /** Why this is no record; empty if it may be one. */
  Optional<String> fault() {
    return fault;
  }

  /** Number of this record in the file, from 0; what is lost counts as one. */
  long ordinal() {
    return ordinal;
  }

  /** A header field, by its name in lower case. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The block; good until the record is finished, and shorter than it should be if it is lost. */
  InputStream block() {
    return block;
  }

  /** After a loss: on to the next member that begins as a record does, or to the end. */
  private void goOn() throws IOException {
    block.left = 0;
    pending = false;
    boolean more = members != null && members.resume();
    if (!more && !begun) {
      throw new BrokenFormat("not a WARC file: " + fault.orElse(""));
    }
    bytes =
        new BufferedInputStream(
            more ? Objects.requireNonNull(members) : InputStream.nullInputStream(), BUFFER);
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
    boolean blank = line.isEmpty();
    while (!pending) {
      if (!readLine()) {
        throw new BrokenFormat("no WARC record begins");
      }
      pending = FIRST_LINE.matcher(line).matches() && (blank || fieldFollows());
      blank = line.isEmpty();
    }
  }

  private boolean fieldFollows() throws IOException {
    bytes.mark(AHEAD);
    byte[] next = bytes.readNBytes(AHEAD);
    bytes.reset();
    return FIELD.matcher(new String(next, StandardCharsets.ISO_8859_1)).matches();
  }

  private String brief() {
    return "a line of " + line.length() + " characters"; // its words may be anyone's
  }

  /** A line that is not blank; false if there is none. */
  private boolean nextLine() throws IOException {
    do {
      if (!pending && !readLine()) {
        return false;
      }
      pending = false;
    } while (line.isEmpty());
    return true;
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
    private Optional<String> cut = Optional.empty(); // why it ended too soon

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
      try {
        int count = bytes.read(into, start, (int) Math.min(wanted, left));
        if (count < 0) {
          throw new BrokenFormat("the WARC file is cut off within record " + ordinal);
        }
        left -= count;
        return count;
      } catch (BrokenFormat broken) {
        cut = Optional.of(String.valueOf(broken.getMessage()));
        left = 0;
        return -1;
      }
    }

    void drain() throws IOException {
      byte[] waste = new byte[1 << 13];
      while (read(waste, 0, waste.length) >= 0) {}
    }
  }
}
