package dev.rootstock.preprocess.extract;

import dev.rootstock.preprocess.extract.Boilerplate.Trust;
import java.util.List;
import org.jsoup.nodes.Document;

/**
 * The blocks taken for the main text.
 *
 * @param cut true for each block left out
 * @param weight of the prose taken
 * @param size of all that is taken
 */
record Selection(boolean[] cut, double weight, long size) {
  private static final int ENOUGH = 250; // size from which a text stands without a second look

  private static final double LITTLE = 0.1; // share of a page's prose that asks for a second look
  private static final int FAR_MORE = 3; // times the prose that makes a second look right

  /** The best that one of several ways to look finds. */
  static Selection of(Document page, Outline outline) {
    Trust first = forum(page) ? Trust.ALL_BUT_COMMENTS : Trust.ALL;
    Selection best = look(page, outline, first);
    double all = new Weights(outline.blocks, new boolean[best.cut.length]).of(outline.items.get(0));
    if (best.size < ENOUGH || best.weight < LITTLE * all) {
      best = better(best, look(page, outline, Trust.TAGS));
    }
    if (best.size < ENOUGH) {
      best = better(best, look(page, outline, Trust.ALL_BUT_COMMENTS));
    }
    return best.size > 0 ? best : of(outline.blocks, new boolean[best.cut.length]);
  }

  private static Selection better(Selection one, Selection other) {
    return other.size >= ENOUGH && other.weight > FAR_MORE * one.weight ? other : one;
  }

  private static Selection look(Document page, Outline outline, Trust trust) {
    boolean[] cut = Boilerplate.marks(outline, trust);
    Weights weights = new Weights(outline.blocks, cut);
    Body.only(outline, weights, Body.of(outline, weights), cut);
    Trim.blocks(outline, PageFacts.title(page), cut);
    return of(outline.blocks, cut);
  }

  static Selection of(List<Block> blocks, boolean[] cut) {
    double weight = 0;
    long size = 0;
    for (int i = 0; i < cut.length; i++) {
      weight += cut[i] ? 0 : Weights.of(blocks.get(i));
      size += cut[i] ? 0 : blocks.get(i).size;
    }
    return new Selection(cut, weight, size);
  }

  /** Whether a page calls itself a thread of questions or posts. */
  private static boolean forum(Document page) {
    return page.getElementsByAttribute("itemtype").stream()
        .map(element -> element.attr("itemtype"))
        .anyMatch(type -> type.endsWith("/DiscussionForumPosting") || type.endsWith("/QAPage"));
  }

  Confidence confidence() {
    return size >= ENOUGH && weight >= ENOUGH / 2.0 ? Confidence.SOUND : Confidence.WEAK;
  }
}
