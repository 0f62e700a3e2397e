package dev.rootstock.preprocess.extract;

import java.util.List;
import java.util.Optional;

/**
 * An article body that a page states beside itself, weighed against what was found in the page.
 * Sites put summaries there, first paragraphs, or another article.
 */
final class Statement {
  private static final double SOUND = 0.8; // share of it that a page must show
  private static final double AGREED = 0.8; // share of it that needs no further look
  private static final double NOISE = 0.75; // share of what was found that must be in it
  private static final double TRUNCATED = 0.6; // of what was found, below which it is cut short
  private static final double STATED = 0.7; // share of a block that must be in it

  private static final double LINKED =
      0.5; // share of links of a block that is cut whatever is stated
  private static final int SHORT = 20; // size of a block whose few words are in any text

  private Statement() {}

  /** The text to take instead of the selection; empty to stay with that. */
  static Optional<String> settle(String stated, Outline outline, Selection selection) {
    List<Block> blocks = outline.blocks;
    Shingles page = shingles(blocks, new boolean[blocks.size()]);
    if (page.share(stated) < SOUND) {
      return Optional.empty();
    }
    Shingles body = new Shingles();
    body.add(stated);
    Shingles found = shingles(blocks, selection.cut());
    double noise = body.share(TextWriter.write(outline, selection.cut()));
    boolean complete = found.share(stated) >= AGREED;
    if (complete && noise >= NOISE || body.count() < TRUNCATED * found.count()) {
      return Optional.empty();
    }
    boolean[] cut = new boolean[blocks.size()];
    for (int i = 0; i < cut.length; i++) {
      Block block = blocks.get(i);
      boolean doubted = selection.cut()[i] && (block.linkShare() > LINKED || block.size < SHORT);
      cut[i] = doubted || body.share(block.text) < STATED;
    }
    return Optional.of(
        shingles(blocks, cut).share(stated) >= AGREED ? TextWriter.write(outline, cut) : stated);
  }

  private static Shingles shingles(List<Block> blocks, boolean[] cut) {
    Shingles shingles = new Shingles();
    for (int i = 0; i < cut.length; i++) {
      if (!cut[i]) {
        shingles.add(blocks.get(i).text);
      }
    }
    return shingles;
  }
}
