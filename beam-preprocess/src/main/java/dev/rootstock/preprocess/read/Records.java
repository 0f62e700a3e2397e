package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parts the bytes of a text file into records: whole, by lines, at blank lines, at the titles of
 * articles, or into pieces of a size. A record is named by the offset of its first byte, and where
 * it begins can be told from the bytes shortly before it; so any range of a file is read by itself.
 * Lines are bytes, so a record that is not UTF-8 spoils no other one.
 */
final class Records {
  static final int LARGE = 100_000; // bytes above which a text file without titles is cut up
  static final int STRETCH = 1 << 20; // bytes; no piece reaches from one into the next
  private static final int LEAST = 2_000; // bytes of a piece that may end at a blank line …
  private static final int WANTED = 4_000; // … that does end at one …
  private static final int MOST = 8_000; // … and that ends at any line
  private static final int LONGEST_TITLE = 300; // bytes
  private static final int LONGEST_BLANK = 4096; // bytes; a longer line is none

  /** A title as WikiText writes it; sections have more than one equals sign on a side. */
  private static final Pattern TITLE = Pattern.compile("^ ?= [^=\\n](?:.*[^=])? = ?$");

  /** How a file is parted. */
  enum Parting {
    WHOLE,
    BLANK_LINES,
    TITLES,
    PIECES,
    LINES;

    /** How long before a range one must begin to read, to know what begins in the range. */
    long readFrom(long from) {
      return switch (this) {
        case WHOLE -> 0;
        case LINES -> Math.max(0, from - 1);
        case BLANK_LINES, TITLES -> Math.max(0, from - LONGEST_BLANK - 2);
        case PIECES -> Math.max(0, from / STRETCH * STRETCH - 1);
      };
    }
  }

  /** Takes a record. */
  interface Taker {
    /**
     * @param start offset of its first byte
     * @param bytes the record, or its beginning if it is above {@link Limits#RECORD}
     * @param length bytes of the whole record; no more than one above the limit is promised
     */
    void take(long start, byte[] bytes, long length) throws IOException;
  }

  private final Parting parting;
  private final CorpusFile range;
  private final Taker taker;
  private ByteArrayOutputStream record = new ByteArrayOutputStream();
  private long start;
  private long length;
  private boolean blankBefore;
  private boolean said; // whether the record holds more than blank lines
  private boolean begun; // whether any record has

  private Records(Parting parting, CorpusFile range, boolean amidst, Taker taker) {
    this.parting = parting;
    this.range = range;
    this.taker = taker;
    this.said = amidst && (parting == Parting.BLANK_LINES || parting == Parting.TITLES);
    this.start = said ? -1 : 0; // of a record that began somewhere before
    this.blankBefore = !amidst;
  }

  /**
   * What {@link CorpusSpec.Format} asks of a file.
   *
   * @param head its first {@link #STRETCH} bytes, all of them if it is shorter
   */
  static Parting parting(CorpusSpec.Format format, byte[] head) throws IOException {
    return switch (format) {
      case JSONL -> Parting.LINES;
      case PARAGRAPHS -> Parting.BLANK_LINES;
      case AUTO ->
          titles(head) ? Parting.TITLES : head.length > LARGE ? Parting.PIECES : Parting.WHOLE;
      default -> Parting.WHOLE;
    };
  }

  private static boolean titles(byte[] head) throws IOException {
    Lines lines = new Lines(new ByteArrayInputStream(head), 0);
    boolean blankBefore = true;
    while (lines.next()) {
      if (blankBefore && title(lines.bytes())) {
        return true;
      }
      blankBefore = blank(lines.bytes());
    }
    return false;
  }

  /**
   * Hands the records that begin in {@code range} to {@code taker}, in order.
   *
   * @param text the file's bytes from {@link Parting#readFrom} on
   */
  static void read(InputStream text, Parting parting, CorpusFile range, Taker taker)
      throws IOException {
    long offset = parting.readFrom(range.from());
    if (parting == Parting.WHOLE) {
      if (range.from() == 0) {
        byte[] bytes = text.readNBytes(Limits.RECORD + 1);
        taker.take(0, bytes, bytes.length);
      }
      return;
    }
    Lines lines = new Lines(text, offset);
    boolean amidst = offset > 0;
    if (amidst) {
      lines.next(); // the rest of a line that begins before
    }
    if (parting == Parting.LINES) {
      while (lines.next() && lines.start() < range.to()) {
        if (lines.start() >= range.from() && !blank(lines.bytes())) {
          taker.take(lines.start(), lines.bytes(), lines.length());
        }
      }
      return;
    }
    Records records = new Records(parting, range, amidst, taker);
    boolean more = true;
    while (more && lines.next()) {
      more = records.line(lines);
    }
    records.end();
  }

  /** False once no record of the range can follow. */
  private boolean line(Lines lines) throws IOException {
    boolean blank = blank(lines.bytes());
    boolean title = parting == Parting.TITLES && blankBefore && title(lines.bytes());
    if (said && endsBefore(lines, blank, title)) {
      end();
    }
    if (lines.start() >= range.to() && !(said && wanted()) && !mayBeHead()) {
      return false;
    }
    if (!said && !blank) {
      said = true;
      begun = true;
      // The text before the first title is an article that begins where the file does.
      start = parting == Parting.TITLES && !title ? 0 : lines.start();
    }
    if (said) {
      if (wanted()) {
        int room = (int) Math.max(0, Limits.RECORD - length);
        record.write(lines.bytes(), 0, Math.min(lines.bytes().length, room));
      }
      length += lines.length();
    }
    blankBefore = blank;
    return true;
  }

  /** Whether the text before the first title may still come, after blank lines. */
  private boolean mayBeHead() {
    return parting == Parting.TITLES && range.from() == 0 && !begun;
  }

  private boolean wanted() {
    return range.has(start);
  }

  private boolean endsBefore(Lines lines, boolean blank, boolean title) {
    return switch (parting) {
      case WHOLE, LINES -> false;
      case BLANK_LINES -> blank;
      case TITLES -> title;
      case PIECES ->
          length >= MOST
              || blank && length >= WANTED
              || blankBefore && length + lines.length() > MOST && length >= LEAST
              || lines.start() / STRETCH != start / STRETCH;
    };
  }

  private void end() throws IOException {
    if (said && wanted()) {
      byte[] bytes = record.toByteArray();
      if (bytes.length > STRETCH) {
        record = new ByteArrayOutputStream(); // a large one is not carried along
      }
      record.reset();
      taker.take(start, bytes, length);
    }
    length = 0;
    said = false;
  }

  private static boolean title(byte[] line) {
    int first = line.length > 1 && line[0] == ' ' ? line[1] : line[0];
    return first == '=' // most lines need no pattern
        && line.length <= LONGEST_TITLE
        && TITLE.matcher(new String(line, StandardCharsets.UTF_8).stripTrailing()).matches();
  }

  private static boolean blank(byte[] line) {
    for (byte value : line) {
      if (value != ' ' && value != '\t' && value != '\r' && value != '\n') {
        return false;
      }
    }
    return line.length <= LONGEST_BLANK;
  }
}
