package dev.rootstock.contract.task;

import java.util.List;

/** Labels of files that hold one bare row a line: told by their names. */
public final class LineLabels {
  private LineLabels() {}

  /**
   * A label for each file, in order: its extension ({@code reviews.pos} gives {@code pos}), or its
   * stem if all extensions are equal or one is missing ({@code pos.txt} gives {@code pos}). A
   * closing {@code .gz} is not looked at.
   *
   * @param names file names, without or with folders
   */
  public static List<String> of(List<String> names) {
    List<String> plain = names.stream().map(LineLabels::withoutPacking).toList();
    List<String> extensions = plain.stream().map(LineLabels::extension).toList();
    boolean telling = extensions.stream().distinct().count() > 1 && !extensions.contains("");
    return telling ? extensions : plain.stream().map(LineLabels::stem).toList();
  }

  /** The last part of a path, without a closing {@code .gz}. */
  static String withoutPacking(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    return last.endsWith(".gz") ? last.substring(0, last.length() - 3) : last;
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1);
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }
}
