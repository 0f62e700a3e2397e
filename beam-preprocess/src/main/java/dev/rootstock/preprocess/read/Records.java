package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parts the bytes of a text file into records: whole, at blank lines, at the titles of articles, or
 * into pieces of a size. Lines are bytes, so a record that is not UTF-8 spoils no other one.
 */
final class Records {
  static final int LARGE = 100_000; // bytes above which a text file without titles is cut up
  private static final int LEAST = 2_000; // bytes of a piece that may end at a blank line …
  private static final int WANTED = 4_000; // … that does end at one …
  private static final int MOST = 8_000; // … and that ends at any line
  private static final int LONGEST_TITLE = 300; // bytes

  /** A title as WikiText writes it; sections have more than one equals sign on a side. */
  private static final Pattern TITLE = Pattern.compile("^ ?= [^=\\n](?:.*[^=])? = ?$");

  /** How a file is parted. */
  enum Parting {
    WHOLE,
    BLANK_LINES,
    TITLES,
    PIECES,
    LINES
  }

  /** Takes a record. */
  interface Taker {
    void take(byte[] record) throws IOException;
  }

  /** Learns from one pass over a file's bytes how large it is and whether it holds titles. */
  static final class Survey {
    private long bytes;
    private long titles;

    static Survey of(InputStream text) throws IOException {
      Survey survey = new Survey();
      boolean[] blankBefore = {true};
      lines(
          text,
          line -> {
            survey.bytes += line.length;
            survey.titles += blankBefore[0] && title(line) ? 1 : 0;
            blankBefore[0] = blank(line);
          });
      return survey;
    }

    /** What {@link CorpusSpec.Format} asks of a file like this. */
    Parting parting(CorpusSpec.Format format) {
      return switch (format) {
        case TEXT, MARKDOWN -> Parting.WHOLE;
        case JSONL -> Parting.LINES;
        case PARAGRAPHS -> Parting.BLANK_LINES;
        case AUTO -> titles > 0 ? Parting.TITLES : bytes > LARGE ? Parting.PIECES : Parting.WHOLE;
      };
    }
  }

  private final Parting parting;
  private final Taker taker;
  private final ByteArrayOutputStream record = new ByteArrayOutputStream();
  private boolean blankBefore = true;
  private boolean said; // whether the record holds more than blank lines

  private Records(Parting parting, Taker taker) {
    this.parting = parting;
    this.taker = taker;
  }

  /** Hands each record of {@code text} to {@code taker}, in order. */
  static void read(InputStream text, Parting parting, Taker taker) throws IOException {
    if (parting == Parting.WHOLE) {
      taker.take(text.readAllBytes());
      return;
    }
    Records records = new Records(parting, taker);
    lines(text, records::line);
    records.end();
  }

  private void line(byte[] line) throws IOException {
    boolean blank = blank(line);
    if (endsBefore(line, blank)) {
      end();
    }
    if (said || !blank) {
      record.writeBytes(line);
      said = true;
    }
    blankBefore = blank;
  }

  private boolean endsBefore(byte[] line, boolean blank) {
    return switch (parting) {
      case WHOLE -> false;
      case LINES -> true;
      case BLANK_LINES -> blank;
      case TITLES -> blankBefore && title(line);
      case PIECES ->
          record.size() >= MOST
              || blank && record.size() >= WANTED
              || blankBefore && record.size() + line.length > MOST && record.size() >= LEAST;
    };
  }

  private void end() throws IOException {
    if (said) {
      taker.take(record.toByteArray());
    }
    record.reset();
    said = false;
  }

  private static boolean title(byte[] line) {
    return line.length <= LONGEST_TITLE
        && TITLE.matcher(new String(line, StandardCharsets.UTF_8).stripTrailing()).matches();
  }

  private static boolean blank(byte[] line) {
    for (byte value : line) {
      if (value != ' ' && value != '\t' && value != '\r' && value != '\n') {
        return false;
      }
    }
    return true;
  }

  /** Lines with their line feeds. */
  private static void lines(InputStream text, Taker taker) throws IOException {
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
      int start = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, start, i + 1 - start);
          taker.take(line.toByteArray());
          line.reset();
          start = i + 1;
        }
      }
      line.write(buffer, start, read - start);
    }
    if (line.size() > 0) {
      taker.take(line.toByteArray());
    }
  }
}
