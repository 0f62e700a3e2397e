package dev.rootstock.preprocess.statistics;

import dev.rootstock.preprocess.Dropped;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dropped document to look at.
 *
 * @param source its origin
 * @param text the head of it, white space in one piece
 */
public record Example(String id, String source, String detail, String text) {
  private static final int SHOWN = 240; // code points

  static Example of(Dropped dropped) {
    return new Example(
        dropped.document().id(),
        dropped.document().origin().toString(),
        dropped.detail(),
        head(dropped.document().text(), SHOWN));
  }

  /** The beginning of a text, in one line, for people. */
  public static String head(String text, int characters) {
    StringBuilder head = new StringBuilder();
    boolean gap = false;
    int shown = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isWhitespace(c)) {
        gap = shown > 0;
        continue;
      }
      if (shown + (gap ? 1 : 0) >= characters) {
        return head.append('…').toString();
      }
      if (gap) {
        head.append(' ');
        shown++;
        gap = false;
      }
      head.appendCodePoint(c);
      shown++;
    }
    return head.toString();
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", id);
    tree.put("source", source);
    tree.put("detail", detail);
    tree.put("text", text);
    return tree;
  }

  static Example ofTree(Object tree) {
    Map<?, ?> map = (Map<?, ?>) tree;
    return new Example(
        (String) map.get("id"),
        (String) map.get("source"),
        (String) map.get("detail"),
        (String) map.get("text"));
  }
}
