package dev.rootstock.preprocess.extract;

import java.util.List;
import java.util.Set;

/**
 * Finds the blocks of the main text: an element that holds most of the prose, and its like around
 * it.
 */
final class Body {
  /** Share of an element's prose that a part must hold to stand for it, by what its name says. */
  private static final double PLAIN = 0.8;

  private static final double NAMED_MAIN = 0.7;
  private static final double NAMED_BODY = 0.35;
  private static final double WITHIN_BODY = 0.97;

  private static final int JOINED = 60; // weight from which a neighbour is a paragraph of its own
  private static final double LINKED = 0.2; // share of links above which it leads elsewhere
  private static final int LEVELS = 4; // above the body at which neighbours are still of its text

  private static final Set<String> HOLDERS =
      Set.of(
          "#root",
          "html",
          "body",
          "div",
          "section",
          "article",
          "main",
          "td",
          "tr",
          "tbody",
          "table",
          "center",
          "form",
          "span",
          "font",
          "ul",
          "ol",
          "li",
          "dl",
          "dd",
          "blockquote",
          "header");

  private final List<Outline.Item> items;
  private final Weights weights;

  private Body(Outline outline, Weights weights) {
    this.items = outline.items;
    this.weights = weights;
  }

  /** Number of the element that holds the body. */
  static int of(Outline outline, Weights weights) {
    return new Body(outline, weights).core();
  }

  private int core() {
    int best = named();
    boolean named = best >= 0;
    for (int next = Math.max(best, 0); next >= 0; ) {
      best = next;
      next = heir(best, named);
    }
    return best;
  }

  /** The element named as an article's body that holds most, if that is much of the page; or -1. */
  private int named() {
    double most = NAMED_BODY * weights.of(items.get(0));
    int best = -1;
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).hint == Hint.BODY && weights.of(items.get(i)) > most) {
        most = weights.of(items.get(i));
        best = i;
      }
    }
    return best;
  }

  private int heir(int parent, boolean named) {
    double all = weights.of(items.get(parent));
    int heir = -1;
    double most = 0;
    for (int i = parent + 1; i < items.get(parent).end; i = items.get(i).end) {
      double weight = weights.of(items.get(i));
      double needed = named ? WITHIN_BODY : items.get(i).hint == Hint.MAIN ? NAMED_MAIN : PLAIN;
      if (weight > most && weight >= needed * all && HOLDERS.contains(items.get(i).tag)) {
        most = weight;
        heir = i;
      }
    }
    return heir;
  }

  /** Marks all blocks as cut but those of {@code core} and of its neighbours that read alike. */
  static void only(Outline outline, Weights weights, int core, boolean[] cut) {
    boolean[] kept = new boolean[cut.length];
    new Body(outline, weights).join(core, kept);
    for (int i = 0; i < cut.length; i++) {
      cut[i] |= !kept[i];
    }
  }

  private void join(int core, boolean[] kept) {
    keep(items.get(core), kept);
    int below = core;
    for (int level = 0; level < LEVELS; level++) {
      int parent = items.get(below).parent;
      if (parent < 0 || items.get(parent).tag.equals("body")) {
        return;
      }
      for (int i = parent + 1; i < items.get(parent).end; i = items.get(i).end) {
        Outline.Item item = items.get(i);
        if (i != below && weights.of(item) >= JOINED && weights.linkShare(item) < LINKED) {
          keep(item, kept);
        }
      }
      if (items.get(parent).hint == Hint.BODY || items.get(parent).tag.equals("article")) {
        return;
      }
      below = parent;
    }
  }

  private static void keep(Outline.Item item, boolean[] kept) {
    for (int i = item.from; i < item.to; i++) {
      kept[i] = true;
    }
  }
}
