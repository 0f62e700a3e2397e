package dev.rootstock.preprocess.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Finds the main text of a web page. Deterministic, thread-safe, and asks no network. */
public final class MainText {
  private MainText() {}

  /**
   * The main text of a page.
   *
   * @param html the page as it was received, unpacked
   * @param charsetHint character set named by the HTTP header; null or unknown to have it guessed
   */
  public static Extracted of(byte[] html, @Nullable String charsetHint) {
    try {
      Document page = Jsoup.parse(new ByteArrayInputStream(html), charsetHint, "");
      Outline outline = Outline.of(page);
      Hint[] hints = outline.items.stream().map(i -> Hint.of(i.element)).toArray(Hint[]::new);
      boolean[] cut = Boilerplate.marks(outline, hints, false);
      Weights weights = new Weights(outline.blocks, cut);
      int core = Body.of(outline, hints, weights);
      Body.only(outline, hints, weights, core, cut);
      Trim.blocks(outline, cut);
      return new Extracted(
          TextWriter.write(outline.blocks, 0, cut.length, cut),
          page.title(),
          null,
          Confidence.WEAK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
