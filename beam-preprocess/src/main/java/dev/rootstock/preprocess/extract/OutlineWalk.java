package dev.rootstock.preprocess.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Walks a page once, with no stack but its own, and writes down its elements and blocks. */
final class OutlineWalk implements NodeFilter {
  /** Elements whose text nobody reads, or that ask the reader for something. */
  private static final Set<String> UNREAD =
      set(
          "script style noscript template svg button input select textarea option datalist "
              + "iframe object embed video audio canvas map head title rt rp dialog progress "
              + "meter");

  private static final Set<String> INLINE =
      set(
          "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark "
              + "nobr q rb ruby s samp small span strike strong sub sup time tt u var wbr img "
              + "picture source");

  private static final int NEAR = 4; // elements up from a block that still say what it is
  private static final int LINE = 80; // size below which text in a table is data, not layout

  private final List<Outline.Item> items;
  private final List<Block> blocks;
  private final Hints hints = new Hints();
  private final StringBuilder text = new StringBuilder();
  private int current = -1;
  private int links; // open ones around the present place
  private int verbatim; // open pre elements
  private int linked;
  private boolean space; // seen, and not yet written

  /** Inline elements that closed within the block under way, and how long its text was then. */
  private final List<Outline.Item> closed = new ArrayList<>();

  private final List<Integer> lengths = new ArrayList<>();

  OutlineWalk(List<Outline.Item> items, List<Block> blocks) {
    this.items = items;
    this.blocks = blocks;
  }

  private static Set<String> set(String words) {
    return Set.of(words.split(" "));
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      if (verbatim > 0) {
        copy(words.getWholeText());
      } else {
        add(words.getWholeText());
      }
      return FilterResult.CONTINUE;
    }
    if (!(node instanceof Element element) || UNREAD.contains(element.normalName())) {
      return FilterResult.SKIP_ENTIRELY;
    }
    String tag = element.normalName();
    Hint hint = hints.of(element);
    if (hint == Hint.HIDDEN && INLINE.contains(tag)) {
      return FilterResult.SKIP_ENTIRELY;
    }
    if (tag.equals("br")) {
      lineBreak();
      return FilterResult.CONTINUE;
    }
    if (!INLINE.contains(tag)) {
      flush();
    }
    Outline.Item item = new Outline.Item(tag, hint, current, blocks.size());
    item.partial = !text.isEmpty();
    items.add(item);
    current = items.size() - 1;
    links += tag.equals("a") ? 1 : 0;
    verbatim += tag.equals("pre") ? 1 : 0;
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (!(node instanceof Element element) || element.normalName().equals("br")) {
      return FilterResult.CONTINUE;
    }
    String tag = element.normalName();
    if (!INLINE.contains(tag)) {
      flush();
    }
    links -= tag.equals("a") ? 1 : 0;
    verbatim -= tag.equals("pre") ? 1 : 0;
    Outline.Item item = items.get(current);
    item.end = items.size();
    // A block under way belongs to the inline elements that hold some of it.
    item.to = blocks.size() + (text.isEmpty() ? 0 : 1);
    if (!text.isEmpty()) {
      closed.add(item);
      lengths.add(text.length());
    }
    current = item.parent;
    return FilterResult.CONTINUE;
  }

  /** Words with single spaces, without what only helps to break lines. */
  private void add(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        space = true;
      } else if (!invisible(c)) {
        if (space && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
          text.append(' ');
          linked += links > 0 ? 1 : 0;
        }
        space = false;
        text.append(c);
        linked += links > 0 ? Sizes.of(c) : 0;
      }
    }
  }

  private void copy(String words) {
    text.append(words);
    linked += links > 0 ? Sizes.of(words) : 0;
  }

  /** One break stays in its block; a second one with nothing between begins another block. */
  private void lineBreak() {
    space = false;
    if (text.isEmpty()) {
      return;
    }
    if (verbatim == 0 && text.charAt(text.length() - 1) == '\n') {
      flush();
    } else {
      text.append('\n');
    }
  }

  private void flush() {
    String words = verbatim > 0 ? text.toString().stripTrailing() : text.toString().strip();
    if (!words.isBlank()) {
      int own = container();
      int cell = cell(own);
      boolean data = cell >= 0 && Sizes.of(words) < LINE;
      blocks.add(new Block(kind(own, data), cell, words, linked));
    }
    for (int i = 0; i < closed.size(); i++) {
      Outline.Item item = closed.get(i);
      item.partial &= item.to - item.from == 1;
      item.partial |= lengths.get(i) < words.length();
    }
    closed.clear();
    lengths.clear();
    text.setLength(0);
    linked = 0;
    space = false;
  }

  private int container() {
    int own = current;
    while (own > 0 && INLINE.contains(items.get(own).tag)) {
      own = items.get(own).parent;
    }
    return own;
  }

  /** The table cell that holds an element or is it; -1 if none is near. */
  private int cell(int own) {
    for (int up = own, steps = 0; up >= 0 && steps < NEAR; up = items.get(up).parent, steps++) {
      if (items.get(up).tag.equals("td") || items.get(up).tag.equals("th")) {
        return up;
      }
    }
    return -1;
  }

  private Block.Kind kind(int own, boolean data) {
    for (int up = own, steps = 0; up >= 0 && steps < NEAR; up = items.get(up).parent, steps++) {
      switch (items.get(up).tag) {
        case "h1", "h2", "h3", "h4", "h5", "h6" -> {
          return Block.Kind.HEADING;
        }
        case "li", "dd", "dt" -> {
          return Block.Kind.ITEM;
        }
        case "blockquote" -> {
          return Block.Kind.QUOTE;
        }
        case "figcaption", "caption", "figure" -> {
          return Block.Kind.CAPTION;
        }
        case "pre" -> {
          return Block.Kind.VERBATIM;
        }
        default -> {}
      }
    }
    return data ? Block.Kind.CELL : Block.Kind.PARAGRAPH;
  }

  /**
   * Soft hyphens, zero-width spaces, word joiners, byte order marks; never the joiners of scripts.
   */
  private static boolean invisible(char c) {
    return c == '\u00AD' || c == '\u200B' || c == '\u2060' || c == '\uFEFF' || c < ' ';
  }
}
