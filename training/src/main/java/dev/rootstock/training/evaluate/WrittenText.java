package dev.rootstock.training.evaluate;

import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model has written so far, and whether a text is in it at which it has to stop. Such a text
 * may begin and end within tokens. Not thread-safe.
 */
public final class WrittenText {
  private final BytePairTokenizer tokenizer;
  private final List<byte[]> stops;
  private final int longest; // bytes of a stop
  private final Buffer bytes = new Buffer();
  private final List<Integer> ids = new ArrayList<>();
  private int cut = -1; // byte from which on nothing counts
  private int taken; // bytes that were handed out

  /** Gives its bytes without copying them. */
  private static final class Buffer extends ByteArrayOutputStream {
    byte at(int index) {
      return buf[index];
    }

    String text(int from, int to) {
      return new String(buf, from, to - from, StandardCharsets.UTF_8);
    }
  }

  /**
   * @param stops none of them empty
   */
  public WrittenText(BytePairTokenizer tokenizer, List<String> stops) {
    this.tokenizer = tokenizer;
    this.stops = stops.stream().map(stop -> stop.getBytes(StandardCharsets.UTF_8)).toList();
    longest = this.stops.stream().mapToInt(stop -> stop.length).max().orElse(0);
  }

  /**
   * Takes a token.
   *
   * @return whether it is enough: a stop has come up
   */
  public boolean add(int id) {
    int before = bytes.size();
    bytes.writeBytes(tokenizer.bytes(id));
    for (int at = Math.max(0, before - longest + 1); at < bytes.size() && cut < 0; at++) {
      if (stopsAt(at)) {
        cut = at;
      }
    }
    if (cut < 0 || before < cut) {
      ids.add(id);
    }
    return cut >= 0;
  }

  private boolean stopsAt(int at) {
    for (byte[] stop : stops) {
      int same = same(stop, at);
      if (same == stop.length) {
        return true;
      }
    }
    return false;
  }

  /** How many of a stop's first bytes stand from a place on. */
  private int same(byte[] stop, int at) {
    int same = 0;
    while (same < stop.length && at + same < bytes.size() && bytes.at(at + same) == stop[same]) {
      same++;
    }
    return same;
  }

  private int end() {
    return cut < 0 ? bytes.size() : cut;
  }

  /** All of it, up to a stop. */
  public String text() {
    return bytes.text(0, end());
  }

  /** The tokens of which something is in the text. */
  public List<Integer> ids() {
    return List.copyOf(ids);
  }

  /**
   * The characters that were not asked for before, if they are whole and no beginning of a stop;
   * perhaps none.
   */
  public String fresh() {
    int to = end();
    if (cut < 0) {
      for (int at = Math.max(taken, to - longest + 1); at < to; at++) {
        to = mayBeginAt(at) ? at : to;
      }
      to = whole(to);
    }
    return handOut(to);
  }

  /** What is left, however it ends. */
  public String rest() {
    return handOut(end());
  }

  private String handOut(int to) {
    String text = bytes.text(taken, Math.max(taken, to));
    taken = Math.max(taken, to);
    return text;
  }

  private boolean mayBeginAt(int at) {
    return stops.stream().anyMatch(stop -> same(stop, at) == bytes.size() - at);
  }

  /** Leaves a last character out of which only some bytes are there. */
  private int whole(int to) {
    int first = to - 1;
    while (first >= taken && to - first < 4 && (bytes.at(first) & 0xC0) == 0x80) {
      first--;
    }
    if (first < taken) {
      return to;
    }
    int lead = bytes.at(first) & 0xFF;
    int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return first + size > to ? first : to;
  }
}
