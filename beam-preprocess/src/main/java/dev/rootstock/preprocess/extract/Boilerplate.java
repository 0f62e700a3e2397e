package dev.rootstock.preprocess.extract;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Marks blocks that by their elements' tags and names are no part of the main text. */
final class Boilerplate {
  private static final Set<String> ASIDES = Set.of("nav", "aside", "footer", "menu", "form");

  /** What holds more of the page's prose than this is not cut for its name. */
  private static final double MOST = 0.4;

  private static final int PROSE = 50; // weight of two short sentences

  private static final double LINKED = 0.25;

  private static final int ABOUT = 400; // size above which a "meta" or "author" is an article's wrapper

  private final Outline outline;
  private final Weights weights;
  private final boolean[] cut;

  private Boilerplate(Outline outline) {
    this.outline = outline;
    this.cut = new boolean[outline.blocks.size()];
    this.weights = new Weights(outline.blocks, cut);
  }

  /** True for each block to leave out. Comments are left out unless {@code comments}. */
  static boolean[] marks(Outline outline, Hint[] hints, boolean comments) {
    Boilerplate boilerplate = new Boilerplate(outline);
    boilerplate.mark(hints, comments);
    return boilerplate.cut;
  }

  private void mark(Hint[] hints, boolean comments) {
    List<Outline.Item> items = outline.items;
    double all = Math.max(1, weights.of(items.get(0)));
    for (int i = 0; i < items.size(); ) {
      Outline.Item item = items.get(i);
      double share = weights.of(item) / all;
      boolean out =
          item.from < item.to
              && !outline.inline(item)
              && (hints[i] == Hint.COMMENTS && !comments
                  || hints[i] == Hint.ASIDE && share < MOST
                  || hints[i] == Hint.LOOSE && share < MOST && !prose(item)
                  || hints[i] == Hint.ABOUT && weights.size(item) < ABOUT
                  || ASIDES.contains(item.tag) && share < MOST
                  || hints[i] == Hint.HIDDEN && share < MOST);
      if (out) {
        Arrays.fill(cut, item.from, item.to, true);
      }
      i = out ? item.end : i + 1;
    }
  }

  /** Whether an element holds a paragraph's worth of text that leads nowhere else. */
  private boolean prose(Outline.Item item) {
    return weights.of(item) > PROSE && weights.linkShare(item) < LINKED;
  }
}
