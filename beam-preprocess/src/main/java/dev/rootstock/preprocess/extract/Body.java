package dev.rootstock.preprocess.extract;

import java.util.List;

/** Finds the element that holds the main text and as little else as can be. */
final class Body {
  /** Share of an element's prose that a part must hold to stand for it, by what its name says. */
  private static final double PLAIN = 0.8;

  private static final double NAMED_MAIN = 0.7;
  private static final double NAMED_BODY = 0.5;
  private static final double WITHIN_BODY = 0.97;

  private Body() {}

  /** Number of the element. */
  static int of(Outline outline, Hint[] hints, Weights weights) {
    List<Outline.Item> items = outline.items;
    int best = 0;
    boolean named = false;
    for (int next = 0; next >= 0; ) {
      best = next;
      named |= hints[best] == Hint.BODY;
      next = heir(items, hints, weights, best, named);
    }
    return best;
  }

  private static int heir(
      List<Outline.Item> items, Hint[] hints, Weights weights, int parent, boolean named) {
    double all = weights.of(items.get(parent));
    int heir = -1;
    double most = 0;
    for (int i = parent + 1; i < items.get(parent).end; i = items.get(i).end) {
      double weight = weights.of(items.get(i));
      double needed =
          named
              ? WITHIN_BODY
              : hints[i] == Hint.BODY ? NAMED_BODY : hints[i] == Hint.MAIN ? NAMED_MAIN : PLAIN;
      if (weight > most && weight >= needed * all) {
        most = weight;
        heir = i;
      }
    }
    return heir;
  }
}
