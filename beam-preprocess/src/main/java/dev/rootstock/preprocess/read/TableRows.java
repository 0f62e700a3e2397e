package dev.rootstock.preprocess.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of cells as RFC 4180 writes them, line feeds in quotes and all. A row that is broken costs
 * no other one: after a quote that is never closed the next line is a row again. Holds at most
 * {@link Limits#RECORD} bytes of a row. Not thread-safe.
 */
final class TableRows {
  private enum In {
    START, // of a cell
    PLAIN,
    QUOTED,
    QUOTE, // within quotes: the first of a pair, or the closing one
    RETURN, // after a closing quote
    WRONG // after a closing quote that does not end its cell
  }

  private final InputStream text;
  private byte delimiter;
  private byte[] buffer = new byte[1 << 16];
  private int start; // of the row
  private int at; // where looking for its end goes on
  private int end; // of what was read
  private int rowEnd;
  private int unclosedTo; // where a quote that an earlier row opened was still open
  private boolean discard; // the rest of a line that is too long
  private boolean full;
  private long ordinal = -1;
  private String fault = "";

  /**
   * @throws Utf16 if the text is
   */
  TableRows(InputStream text, char delimiter) throws IOException {
    this.text = text;
    this.delimiter = (byte) delimiter;
    end = text.readNBytes(buffer, 0, 3);
    Utf8.refuseUtf16(buffer);
    at = Utf8.marked(buffer) ? 3 : 0;
  }

  /** Moves to the next row that is not blank; false at the end. */
  boolean next() throws IOException {
    do {
      start = at;
      fault = "";
      if (discard && !discarded() || !frame()) {
        return false;
      }
    } while (fault.isEmpty() && blank());
    ordinal++;
    return true;
  }

  /** Number of this row, from 0; the header is one, blank lines are none. */
  long ordinal() {
    return ordinal;
  }

  /** Why the row can not be read; empty if it can. */
  String fault() {
    return fault;
  }

  /** The row as it was written, or its beginning. */
  byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, rowEnd);
  }

  /** Parts cells at another character from this row on. */
  void delimiter(char other) {
    delimiter = (byte) other;
  }

  /** The cells of a row without fault, out of their quotes. */
  List<byte[]> cells() {
    int stop = rowEnd - ending();
    List<byte[]> cells = new ArrayList<>();
    for (int i = start; ; i++) {
      if (i < stop && buffer[i] == '"') {
        ByteArrayOutputStream cell = new ByteArrayOutputStream();
        for (i++; i < stop && (buffer[i] != '"' || i + 1 < stop && buffer[i + 1] == '"'); i++) {
          i += buffer[i] == '"' ? 1 : 0;
          cell.write(buffer[i]);
        }
        i++;
        cells.add(cell.toByteArray());
      } else {
        int from = i;
        while (i < stop && buffer[i] != delimiter) {
          i++;
        }
        cells.add(Arrays.copyOfRange(buffer, from, i));
      }
      if (i >= stop) {
        return cells;
      }
    }
  }

  /** Bytes of the line end. */
  private int ending() {
    if (rowEnd == start || buffer[rowEnd - 1] != '\n') {
      return 0;
    }
    return rowEnd - start > 1 && buffer[rowEnd - 2] == '\r' ? 2 : 1;
  }

  private boolean blank() {
    return rowEnd - start == ending();
  }

  private boolean frame() throws IOException {
    In in = In.START;
    while (at < end || more()) {
      byte value = buffer[at++];
      if (value == '\n' && in != In.QUOTED) {
        rowEnd = at;
        fault = in == In.WRONG ? "a quote is followed by more than its cell's end" : "";
        return true;
      }
      if (value == '\n' && at <= unclosedTo) {
        unclosed(); // the earlier row was here in the same state, so this one ends as it did
        return true;
      }
      in = after(in, value);
    }
    rowEnd = end;
    if (in == In.QUOTED) {
      unclosedTo = end;
      unclosed();
    } else if (full) {
      fault = Limits.exceeded(Limits.RECORD);
      discard = true;
    } else if (in == In.WRONG || in == In.RETURN) {
      fault = "a quote is followed by more than its cell's end";
    }
    return rowEnd > start;
  }

  private In after(In in, byte value) {
    return switch (in) {
      case START -> value == '"' ? In.QUOTED : value == delimiter ? In.START : In.PLAIN;
      case PLAIN -> value == delimiter ? In.START : In.PLAIN;
      case QUOTED -> value == '"' ? In.QUOTE : In.QUOTED;
      case QUOTE ->
          value == '"'
              ? In.QUOTED
              : value == delimiter ? In.START : value == '\r' ? In.RETURN : In.WRONG;
      case RETURN, WRONG -> In.WRONG;
    };
  }

  /** Takes the row's first line for all of it. */
  private void unclosed() {
    fault = "a quote that is not closed within " + (Limits.RECORD >> 20) + " MiB";
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        rowEnd = i + 1;
        at = rowEnd;
        return;
      }
    }
    discard = full;
  }

  /** Skips to the end of the line; false if there is none. */
  private boolean discarded() throws IOException {
    discard = false;
    start = 0;
    unclosedTo = 0;
    while (true) {
      for (int i = at; i < end; i++) {
        if (buffer[i] == '\n') {
          at = i + 1;
          start = at;
          return true;
        }
      }
      at = 0;
      end = Math.max(0, text.read(buffer));
      if (end == 0) {
        return false;
      }
    }
  }

  /** Reads on; false at the end, or if the row fills all the room there may be. */
  private boolean more() throws IOException {
    full = false;
    if (end == buffer.length && start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      at -= start;
      end -= start;
      unclosedTo = Math.max(0, unclosedTo - start);
      start = 0;
    } else if (end == buffer.length) {
      full = buffer.length >= Limits.RECORD;
      if (full) {
        return false;
      }
      buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, Limits.RECORD));
    }
    int count = text.read(buffer, end, buffer.length - end);
    end += Math.max(0, count);
    return count > 0;
  }
}
