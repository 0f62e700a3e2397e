package dev.rootstock.preprocess.extract;

/**
 * A run of text that a page shows without a break: a paragraph, a heading, a list item, a cell.
 * Sizes are {@link Sizes}, not characters.
 */
final class Block {
  /** What the element around a block makes of it. */
  enum Kind {
    PARAGRAPH,
    HEADING,
    ITEM,
    CELL,
    QUOTE,
    CAPTION,
    VERBATIM
  }

  final Kind kind;
  final int cell; // number of the table cell close around it; -1 for none
  final String text;
  final int size;
  final int linked; // size of what is in links
  final int marks; // commas and their like
  final int sentences; // that end in the block

  Block(Kind kind, int cell, String text, int linked) {
    this.kind = kind;
    this.cell = cell;
    this.text = text;
    this.size = Sizes.of(text);
    this.linked = linked;
    this.marks = Sizes.marks(text);
    this.sentences = Sizes.sentences(text);
  }

  double linkShare() {
    return size == 0 ? 0 : (double) linked / size;
  }
}
