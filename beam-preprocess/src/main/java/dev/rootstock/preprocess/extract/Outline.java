package dev.rootstock.preprocess.extract;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;

/**
 * A page as its elements in document order and its blocks of text. The blocks of an element are
 * neighbours, so whatever is asked of an element is a sum over a range and costs no second walk.
 */
final class Outline {
  /** An element: its place in the tree, and the blocks and elements within it as ranges. */
  static final class Item {
    final String tag;
    final Hint hint;
    final int parent; // -1 for the root
    int end; // number after the last element within
    int from; // its first block …
    int to; // … and the number after its last one
    boolean partial; // shares its only block with text around it

    Item(String tag, Hint hint, int parent, int from) {
      this.tag = tag;
      this.hint = hint;
      this.parent = parent;
      this.from = from;
    }
  }

  final List<Item> items = new ArrayList<>();
  final List<Block> blocks = new ArrayList<>();

  private Outline() {}

  static Outline of(Document page) {
    Outline outline = new Outline();
    page.filter(new OutlineWalk(outline.items, outline.blocks));
    return outline;
  }
}
