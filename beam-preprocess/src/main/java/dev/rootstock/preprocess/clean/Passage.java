package dev.rootstock.preprocess.clean;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.language.Words;
import dev.rootstock.preprocess.language.Writing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document as rules look at it: its words and lines are found once for all of them. For one
 * thread.
 */
public final class Passage {
  private final Document document;
  private final Writing writing;
  private @Nullable Words words;
  private @Nullable List<String> lines;

  private Passage(Document document, Writing writing) {
    this.document = document;
    this.writing = writing;
  }

  public static Passage of(Document document) {
    return new Passage(document, Writing.of(document.text()));
  }

  /** The same passage with another text, which is written alike. */
  public Passage withText(String text) {
    return text.equals(text()) ? this : new Passage(document.withText(text), writing);
  }

  /** The same text found to be in a language. */
  public Passage withLanguage(String tag, double score) {
    Passage found = new Passage(document.withLanguage(tag).withScore("language", score), writing);
    found.words = words;
    found.lines = lines;
    return found;
  }

  public Document document() {
    return document;
  }

  public String text() {
    return document.text();
  }

  public Writing writing() {
    return writing;
  }

  /** Length in code points. */
  public int characters() {
    return characters(text());
  }

  /** Length in code points. */
  public static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Words and punctuation marks. */
  public Words words() {
    if (words == null) {
      words = Words.of(text(), writing);
    }
    return words;
  }

  /** Between newlines; a newline at the end begins no line. */
  public List<String> lines() {
    if (lines == null) {
      lines = text().lines().toList();
    }
    return lines;
  }
}
