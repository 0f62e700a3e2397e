package dev.rootstock.preprocess.extract;

import java.util.Arrays;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Finds the main text of a web page. Deterministic, thread-safe, and asks no network. */
public final class MainText {
  /** Bytes of a page that are read; what comes after is left out. Articles are below 5 MB. */
  public static final int MOST_BYTES = 8 << 20;

  private static final int MOST_TAGS = 300_000; // the rest is left out: memory goes by elements
  private static final int DEPTH = 512; // of elements; deeper ones are put beside each other

  private MainText() {}

  /**
   * The main text of a page, in time that grows with the page and no faster.
   *
   * @param html the page as it was received, unpacked; read up to {@link #MOST_BYTES}
   * @param charsetHint character set named by the HTTP header; null or unknown to have it guessed
   * @return what was found; whatever the bytes are, this does not throw
   */
  public static Extracted of(byte[] html, @Nullable String charsetHint) {
    byte[] read = html.length > MOST_BYTES ? Arrays.copyOf(html, MOST_BYTES) : html;
    Document page = parse(Decoding.of(read, charsetHint));
    Outline outline = Outline.of(page);
    if (outline.blocks.isEmpty()) {
      return extracted(page, "", Confidence.WEAK);
    }
    Selection selection = Selection.of(page, outline);
    Optional<String> stated = StructuredData.articleBody(page);
    if (stated.isPresent()) {
      Optional<String> text = Statement.settle(stated.get(), outline, selection);
      if (text.isPresent()) {
        return extracted(page, text.get(), Confidence.SOUND);
      }
    }
    String text = TextWriter.write(outline, selection.cut());
    return extracted(page, text, selection.confidence());
  }

  private static Extracted extracted(Document page, String text, Confidence confidence) {
    return new Extracted(text, PageFacts.title(page), PageFacts.language(page), confidence);
  }

  private static Document parse(String html) {
    int tags = 0;
    int end = 0;
    while (end < html.length() && tags < MOST_TAGS) {
      tags += html.charAt(end++) == '<' ? 1 : 0;
    }
    Parser parser = Parser.htmlParser().setMaxDepth(DEPTH);
    return parser.parseInput(html.substring(0, end), "");
  }
}
