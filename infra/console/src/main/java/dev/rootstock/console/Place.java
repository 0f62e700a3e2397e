package dev.rootstock.console;

/**
 * Where something was written.
 *
 * @param source a file's name as the person gave it, or {@link #COMMAND_LINE}
 * @param line from 1; 0 where there are no lines
 * @param column from 1
 */
public record Place(String source, int line, int column) {
  static final String COMMAND_LINE = "from the command line";

  static Place commandLine() {
    return new Place(COMMAND_LINE, 0, 0);
  }

  /** {@code pipeline.yaml:14:3}, as editors and terminals make a link of. */
  @Override
  public String toString() {
    return line == 0 ? source + ":" : source + ":" + line + ":" + column;
  }
}
