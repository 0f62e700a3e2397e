package dev.rootstock.console.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the command speaks: results on standard output, everything else on standard error. On a
 * terminal, the newest lines about what is running are redrawn in place. Thread-safe.
 */
final class Terminal {
  private static final int WIDTH = 100; // columns where nobody says how many there are

  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;
  private final boolean colour;
  private final int width;
  private int drawn; // lines of the live part on the screen

  Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, int width) {
    this.out = out;
    this.err = err;
    this.live = live;
    this.colour = colour;
    this.width = width;
  }

  /**
   * The process' own streams. The launcher says whether standard error is a terminal, and how wide
   * it is.
   */
  static Terminal ofProcess() {
    int columns = Integer.getInteger("rootstock.columns", 0);
    boolean terminal = columns > 0 && !"dumb".equals(System.getenv("TERM"));
    String plain = System.getenv("NO_COLOR");
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminal,
        terminal && (plain == null || plain.isEmpty()),
        columns > 20 ? columns : WIDTH);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  boolean isLive() {
    return live;
  }

  /** Whether a person can answer: standard input and standard error are terminals. */
  boolean isTyped() {
    return live && Boolean.getBoolean("rootstock.typed");
  }

  boolean isColoured() {
    return colour;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Adds a line for people above the live part. */
  synchronized void say(String line) {
    wipe();
    err.println(line);
  }

  /** The next useful command. */
  void next(String command, String why) {
    say(dim("next  " + command + (why.isEmpty() ? "" : "     " + why)));
  }

  /** Replaces the live part; does nothing where there is no terminal. */
  synchronized void draw(List<String> lines) {
    if (!live) {
      return;
    }
    wipe();
    for (String line : lines) {
      err.println(line.length() < width ? line : line.substring(0, width - 2) + "…");
    }
    drawn = lines.size();
    err.flush();
  }

  private void wipe() {
    if (drawn > 0) {
      err.print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  String bold(String text) {
    return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  String dim(String text) {
    return colour ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  String red(String text) {
    return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
  }
}
