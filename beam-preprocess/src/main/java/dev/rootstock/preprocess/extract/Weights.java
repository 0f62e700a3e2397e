package dev.rootstock.preprocess.extract;

import java.util.List;

/**
 * How much prose a page's elements hold: sums over ranges of blocks, asked for in constant time.
 */
final class Weights {
  private static final int FULL = 160; // size from which a block counts whole; teasers are shorter
  private static final double LISTED = 0.3; // of a block without any mark of a sentence

  private final double[] before; // weight of all blocks before each
  private final long[] sizes;
  private final long[] linked;

  /** Counts blocks that are not {@code cut}; the blocks themselves are not kept. */
  Weights(List<Block> blocks, boolean[] cut) {
    before = new double[blocks.size() + 1];
    sizes = new long[blocks.size() + 1];
    linked = new long[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      before[i + 1] = before[i] + (cut[i] ? 0 : of(block));
      sizes[i + 1] = sizes[i] + (cut[i] ? 0 : block.size);
      linked[i + 1] = linked[i] + (cut[i] ? 0 : block.linked);
    }
  }

  double of(Outline.Item item) {
    return before[item.to] - before[item.from];
  }

  long size(Outline.Item item) {
    return sizes[item.to] - sizes[item.from];
  }

  double linkShare(Outline.Item item) {
    long size = size(item);
    return size == 0 ? 0 : (double) (linked[item.to] - linked[item.from]) / size;
  }

  /** Long paragraphs of sentences weigh their size; short ones, lists and links less or nothing. */
  static double of(Block block) {
    if (block.kind == Block.Kind.HEADING || block.linkShare() > 0.5) {
      return 0;
    }
    boolean prose = block.sentences > 0 || block.marks > 1;
    return block.size
        * Math.min(1, (double) block.size / FULL)
        * (1 - block.linkShare())
        * (prose ? 1 : LISTED);
  }
}
