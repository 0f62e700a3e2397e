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
  private static final double RIVAL = 0.5; // share of the largest body that a first one must hold
  private static final int ARTICLES = 5; // on a page that never ends; more titles are not believed
  private static final double WITHIN_BODY = 0.97; // a name is right, and may hold small parts too

  private static final int JOINED = 60; // weight from which a neighbour is a paragraph of its own
  private static final double LINKED = 0.2; // share of links above which it leads elsewhere
  private static final int LINES = 3; // and …
  private static final int LISTED = 100; // size from which a neighbour is a list worth having
  private static final int LEVELS = 4; // above the body at which neighbours are still of its text

  /** Elements that can hold a text; what is itself a paragraph never stands for one. */
  private static final Set<String> HOLDERS =
      Set.of(
          ("#root html body div section article main td tr tbody table center form span font ul ol"
                  + " li dl dd blockquote header")
              .split(" "));

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

  /**
   * The first element named as an article's body that holds much of the page and not much less than
   * any other: further articles follow on pages that never end. -1 if there is none.
   */
  private int named() {
    double most = 0;
    int titles = 0;
    for (Outline.Item item : items) {
      most = item.hint == Hint.BODY ? Math.max(most, weights.of(item)) : most;
      titles += item.tag.equals("h1") ? 1 : 0;
    }
    int articles = Math.max(1, Math.min(titles, ARTICLES));
    double least = Math.max(NAMED_BODY * weights.of(items.get(0)) / articles, RIVAL * most);
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).hint == Hint.BODY && weights.of(items.get(i)) > least) {
        return i;
      }
    }
    return -1;
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
    int[] titles = new int[items.size() + 1]; // first-rank headings before each element
    for (int i = 0; i < items.size(); i++) {
      titles[i + 1] = titles[i] + (items.get(i).tag.equals("h1") ? 1 : 0);
    }
    int below = core;
    for (int level = 0; level < LEVELS; level++) {
      int parent = items.get(below).parent;
      if (parent < 0 || items.get(parent).tag.equals("body")) {
        return;
      }
      for (int i = parent + 1; i < items.get(parent).end; i = items.get(i).end) {
        Outline.Item item = items.get(i);
        boolean another = i > below && titles[item.end] > titles[i];
        if (i != below
            && !another
            && weights.linkShare(item) < LINKED
            && (weights.of(item) >= JOINED || list(item))) {
          keep(item, kept);
        }
      }
      if (items.get(parent).hint == Hint.BODY || items.get(parent).tag.equals("article")) {
        return;
      }
      below = parent;
    }
  }

  /** Whether an element holds lines enough for ingredients, results, data. */
  private boolean list(Outline.Item item) {
    return !item.tag.equals("header")
        && item.to - item.from >= LINES
        && weights.size(item) >= LISTED;
  }

  private static void keep(Outline.Item item, boolean[] kept) {
    for (int i = item.from; i < item.to; i++) {
      kept[i] = true;
    }
  }
}
