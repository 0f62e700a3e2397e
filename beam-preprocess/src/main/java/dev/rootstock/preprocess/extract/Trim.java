package dev.rootstock.preprocess.extract;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts what is left of teasers, captions and notices around and between paragraphs. */
final class Trim {
  private static final int SHORT = 60; // size of a line that is no paragraph unless it ends as one

  private final List<Block> blocks;
  private final boolean[] cut;
  private final Outline.Item body;

  private Trim(Outline outline, Outline.Item body, boolean[] cut) {
    this.blocks = outline.blocks;
    this.cut = cut;
    this.body = body;
  }

  /** Marks more blocks of {@code body} as cut. */
  static void within(Outline outline, int body, boolean[] cut) {
    Trim trim = new Trim(outline, outline.items.get(body), cut);
    trim.links(outline, body);
    trim.edges();
    trim.headings();
  }

  private void links(Outline outline, int body) {
    Weights weights = new Weights(blocks, cut);
    for (int i = body + 1; i < outline.items.get(body).end; ) {
      Outline.Item item = outline.items.get(i);
      boolean out =
          !item.tag.equals("p")
              && !item.tag.equals("a")
              && item.from < item.to
              && weights.size(item) > 0
              && weights.linkShare(item) > 0.5
              && weights.of(item) < 100;
      // Inline elements share their block with others.
      out &= item.from == item.to || !shares(outline, item);
      if (out) {
        Arrays.fill(cut, item.from, item.to, true);
      }
      i = out ? item.end : i + 1;
    }
    for (int i = this.body.from; i < this.body.to; i++) {
      Block block = blocks.get(i);
      if (block.linkShare() > 0.8 && (block.sentences == 0 || block.size < 2 * SHORT)
          || block.kind == Block.Kind.CAPTION) {
        cut[i] = true;
      }
    }
  }

  private boolean shares(Outline outline, Outline.Item item) {
    return item.to - item.from == 1
        && outline.items.get(blocks.get(item.from).node).depth < item.depth;
  }

  private void edges() {
    int first = body.from;
    while (first < body.to && (cut[first] || !paragraph(blocks.get(first)))) {
      cut[first] |= blocks.get(first).kind != Block.Kind.HEADING;
      first++;
    }
    int last = body.to - 1;
    while (last > first && (cut[last] || !paragraph(blocks.get(last)))) {
      cut[last--] = true;
    }
  }

  private static boolean paragraph(Block block) {
    return block.kind != Block.Kind.HEADING
        && (block.size >= 2 * SHORT || block.sentences > 0 && block.size >= SHORT / 2);
  }

  private void headings() {
    boolean followed = false;
    for (int i = body.to - 1; i >= body.from; i--) {
      if (cut[i]) {
        continue;
      }
      if (blocks.get(i).kind == Block.Kind.HEADING) {
        cut[i] = !followed;
        followed = false;
      } else {
        followed = true;
      }
    }
  }
}
