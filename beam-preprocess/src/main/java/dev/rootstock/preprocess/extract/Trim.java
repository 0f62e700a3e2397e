package dev.rootstock.preprocess.extract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts what is left of teasers, captions and notices around and between paragraphs. */
final class Trim {
  private static final int SENTENCE = 20; // size from which a line that ends as one is a paragraph
  private static final int PARAGRAPH = 80; // size from which a line is one whatever it ends with
  private static final int HEADLINE = 120; // size below which a link may be one, sentence or not
  private static final int LIST = 3; // short lines in a row that make a list worth keeping
  private static final int TEASER = 3; // lines of a teaser below its heading
  private static final double MOST = 0.5; // share of the text that cannot be teasers
  private static final int PROSE = 100; // weight of what is not a list of links for all its links

  private final Outline outline;
  private final List<Block> blocks;
  private final boolean[] cut;

  private Trim(Outline outline, boolean[] cut) {
    this.outline = outline;
    this.blocks = outline.blocks;
    this.cut = cut;
  }

  /** Marks more blocks as cut, on a page of this title. */
  static void blocks(Outline outline, @Nullable String title, boolean[] cut) {
    Trim trim = new Trim(outline, cut);
    trim.teasers();
    trim.linkLists();
    trim.linkLines();
    trim.edges();
    trim.headings(title == null ? "" : title.toLowerCase(Locale.ROOT));
  }

  /** Cuts elements of several headings that are links, each with a line or two below it. */
  private void teasers() {
    Weights weights = new Weights(blocks, cut);
    int[] headings = new int[cut.length + 1];
    int[] others = new int[cut.length + 1];
    for (int i = 0; i < cut.length; i++) {
      boolean heading = blocks.get(i).kind == Block.Kind.HEADING && blocks.get(i).linkShare() > 0.8;
      headings[i + 1] = headings[i] + (heading && !cut[i] ? 1 : 0);
      others[i + 1] = others[i] + (heading || cut[i] ? 0 : 1);
    }
    double all = weights.of(outline.items.get(0));
    for (int i = 1; i < outline.items.size(); ) {
      Outline.Item item = outline.items.get(i);
      int links = headings[item.to] - headings[item.from];
      boolean out =
          links >= LIST
              && others[item.to] - others[item.from] <= TEASER * links
              && weights.of(item) < MOST * all;
      if (out) {
        Arrays.fill(cut, item.from, item.to, true);
      }
      i = out ? item.end : i + 1;
    }
  }

  /** Cuts elements that are mostly links and hold no paragraph. */
  private void linkLists() {
    Weights weights = new Weights(blocks, cut);
    for (int i = 1; i < outline.items.size(); ) {
      Outline.Item item = outline.items.get(i);
      boolean out =
          !item.tag.equals("p")
              && weights.size(item) > 0
              && weights.linkShare(item) > 0.5
              && weights.of(item) < PROSE
              && !item.partial;
      if (out) {
        Arrays.fill(cut, item.from, item.to, true);
      }
      i = out ? item.end : i + 1;
    }
  }

  /** Cuts links that stand alone, captions and notes. */
  private void linkLines() {
    for (int i = 0; i < cut.length; i++) {
      Block block = blocks.get(i);
      cut[i] |=
          block.linkShare() > 0.8 && (block.sentences == 0 || block.size < HEADLINE)
              || block.kind == Block.Kind.CAPTION
              || markup(block)
              || Phrases.note(block);
    }
  }

  /** Tags that came as text: a page that escaped twice. */
  private static boolean markup(Block block) {
    return block.kind != Block.Kind.VERBATIM
        && block.text.length() > 3
        && block.text.charAt(0) == '<'
        && Character.isLetter(block.text.charAt(1))
        && block.text.indexOf('=') > 0
        && block.text.indexOf('>') > 0;
  }

  /** Cuts the short lines before the first paragraph and after the last one. */
  private void edges() {
    int first = edge(0, 1);
    int last = edge(cut.length - 1, -1);
    if (first >= last) {
      return; // a page without a paragraph: lists and tables are all there is
    }
    for (int i = 0; i < cut.length; i++) {
      cut[i] |= i > last || i < first && blocks.get(i).kind != Block.Kind.HEADING;
    }
  }

  /** The first block from an end on that is a paragraph, or begins a list. */
  private int edge(int from, int step) {
    int list = 0;
    int begun = from;
    for (int i = from; i >= 0 && i < cut.length; i += step) {
      if (cut[i]) {
        continue;
      }
      Block block = blocks.get(i);
      if (paragraph(block)) {
        return i;
      }
      boolean item = block.kind == Block.Kind.ITEM || block.kind == Block.Kind.CELL;
      begun = list == 0 ? i : begun;
      list = item && block.linkShare() < 0.5 ? list + 1 : 0;
      if (list == LIST) {
        return begun;
      }
    }
    return step > 0 ? cut.length : -1;
  }

  private static boolean paragraph(Block block) {
    return block.kind != Block.Kind.HEADING
        && (block.size >= PARAGRAPH || block.sentences > 0 && block.size >= SENTENCE);
  }

  /** Cuts headings without text below, and the title, which is told beside the text. */
  private void headings(String title) {
    boolean followed = false;
    for (int i = cut.length - 1; i >= 0; i--) {
      if (cut[i]) {
        continue;
      }
      if (blocks.get(i).kind == Block.Kind.HEADING) {
        cut[i] = !followed || title.startsWith(blocks.get(i).text.toLowerCase(Locale.ROOT));
        followed = followed && cut[i];
      } else {
        followed = true;
      }
    }
  }
}
