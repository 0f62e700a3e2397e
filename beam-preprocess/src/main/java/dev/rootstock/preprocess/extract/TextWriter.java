package dev.rootstock.preprocess.extract;

import java.util.List;

/** Writes blocks as text: paragraphs apart, items and rows on lines, cells of a row behind tabs. */
final class TextWriter {
  private TextWriter() {}

  /** The blocks that are not cut. */
  static String write(Outline outline, boolean[] cut) {
    List<Block> blocks = outline.blocks;
    StringBuilder text = new StringBuilder();
    Block before = null;
    for (int i = 0; i < cut.length; i++) {
      if (!cut[i]) {
        Block block = blocks.get(i);
        if (before != null) {
          text.append(between(outline, before, block));
        }
        text.append(block.text);
        before = block;
      }
    }
    return text.toString();
  }

  private static String between(Outline outline, Block before, Block block) {
    if (before.kind == Block.Kind.CELL && block.kind == Block.Kind.CELL) {
      boolean row = outline.items.get(before.cell).parent == outline.items.get(block.cell).parent;
      return row && before.cell != block.cell ? "\t" : "\n";
    }
    boolean close =
        before.kind == block.kind
            && (block.kind == Block.Kind.ITEM || block.kind == Block.Kind.VERBATIM);
    return close ? "\n" : "\n\n";
  }
}
