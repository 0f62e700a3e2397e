package dev.rootstock.preprocess.extract;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Marks blocks that by their elements' tags and names are no part of the main text. */
final class Boilerplate {
  private static final Set<String> ASIDES = Set.of("nav", "aside", "footer", "menu", "form");

  /** What holds more of the page's prose than this is not cut for its name. */
  private static final double MOST = 0.4;

  /** What holds this share of the prose is what the page is about, were it cookies. */
  private static final double ALL = 0.8;

  private static final int PROSE = 50; // weight of two short sentences

  private static final double DENSE = 0.15; // weight by size; lists of short lines stay below
  private static final double LINKED = 0.25; // share of links above which it leads elsewhere
  private static final double LITTLE = 0.15; // share below which even a long note is a note

  private static final int ABOUT = 600; // size above which a "meta" wraps an article

  private final Outline outline;
  private final Weights weights;
  private final boolean[] cut;

  private Boilerplate(Outline outline) {
    this.outline = outline;
    this.cut = new boolean[outline.blocks.size()];
    this.weights = new Weights(outline.blocks, cut);
  }

  /** How far names are believed. */
  enum Trust {
    ALL,
    /** A forum's comments are what it is for. */
    ALL_BUT_COMMENTS,
    /** Where names would cut nearly everything: a builder that calls each part a widget. */
    TAGS
  }

  /** True for each block to leave out. */
  static boolean[] marks(Outline outline, Trust trust) {
    Boilerplate boilerplate = new Boilerplate(outline);
    boilerplate.mark(trust);
    return boilerplate.cut;
  }

  private void mark(Trust trust) {
    List<Outline.Item> items = outline.items;
    double all = Math.max(1, weights.of(items.get(0)));
    for (int i = 0; i < items.size(); ) {
      Outline.Item item = items.get(i);
      boolean out =
          item.from < item.to
              && !item.partial
              && (named(item, trust, weights.of(item) / all)
                  || ASIDES.contains(item.tag) && weights.of(item) < MOST * all
                  || item.tag.equals("time"));
      if (out) {
        Arrays.fill(cut, item.from, item.to, true);
      }
      i = out ? item.end : i + 1;
    }
  }

  private boolean named(Outline.Item item, Trust trust, double share) {
    return switch (item.hint) {
      case NOTICE -> trust != Trust.TAGS || share < ALL;
      case HIDDEN -> share < MOST;
      case COMMENTS -> trust != Trust.ALL_BUT_COMMENTS;
      case ASIDE -> trust != Trust.TAGS && share < MOST;
      case LOOSE -> trust != Trust.TAGS && share < MOST && !prose(item);
      case ABOUT -> trust != Trust.TAGS && (share < LITTLE || weights.size(item) < ABOUT);
      default -> false;
    };
  }

  /** Whether an element holds a paragraph's worth of text that leads nowhere else. */
  private boolean prose(Outline.Item item) {
    return weights.of(item) > Math.max(PROSE, DENSE * weights.size(item))
        && weights.linkShare(item) < LINKED;
  }
}
