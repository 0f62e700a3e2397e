package dev.rootstock.preprocess.read;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.extract.Confidence;
import dev.rootstock.preprocess.extract.Extracted;
import dev.rootstock.preprocess.extract.MainText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes documents of a file's records, hands them over and counts. Not thread-safe. */
final class Delivery {
  /** The score of a page's main text: 1 if it was found, 0 if it is a guess. */
  private static final String EXTRACTION = "extraction";

  private static final int URL = 2 << 10; // characters
  private static final int TAG = 35; // characters, BCP 47
  private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*+://)[^/?#]*@");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  static final String NUL = "holds NUL bytes: not text";

  private final CorpusFile file;
  private final Consumer<Document> taker;
  private final SortedMap<String, Long> skipped = new TreeMap<>();
  private long documents;
  private long faults;

  Delivery(CorpusFile file, Consumer<Document> taker) {
    this.file = file;
    this.taker = taker;
  }

  CorpusFile file() {
    return file;
  }

  /**
   * A record's text, still as it was written.
   *
   * @param record its number in {@link Document.Origin}
   */
  void text(long record, String text, @Nullable String url, @Nullable String language) {
    documents++;
    taker.accept(
        Document.of(Normal.of(text), origin(record), address(url), tag(language), file.licence()));
  }

  /** A record that can not be read as its format asks. */
  void fault(long record, String text, String why) {
    documents++;
    faults++;
    String excerpt = text.length() > Limits.EXCERPT ? text.substring(0, Limits.EXCERPT) : text;
    taker.accept(Document.unreadable(Normal.of(excerpt), origin(record), file.licence(), why));
  }

  /** The same, of bytes. */
  void fault(long record, byte[] bytes, String why) {
    int length = Math.min(bytes.length, Limits.EXCERPT);
    fault(record, new String(bytes, 0, length, StandardCharsets.UTF_8), why);
  }

  /** A record that holds no document, and what it is instead. */
  void skip(String what) {
    skipped.merge(what, 1L, Long::sum);
  }

  /**
   * The text of {@code bytes}; empty if it is none, after a fault that says why.
   *
   * @param length of the record, of which {@code bytes} are the beginning if it is too large
   */
  Optional<String> decoded(long record, byte[] bytes, long length) {
    if (length > Limits.RECORD) {
      fault(record, bytes, Limits.exceeded(Limits.RECORD));
      return Optional.empty();
    }
    Optional<String> text = Utf8.strictly(bytes);
    if (text.isEmpty()) {
      fault(record, bytes, Utf8.fault(bytes));
    } else if (text.get().indexOf('\0') >= 0) {
      fault(record, text.get(), NUL);
      return Optional.empty();
    }
    return text;
  }

  /**
   * An HTML page, of which the main text is taken.
   *
   * @param charset named beside the page; null to have it guessed
   * @param language for a page that names none
   */
  void page(
      long record,
      byte[] html,
      @Nullable String charset,
      @Nullable String url,
      @Nullable String language) {
    if (Limits.tooManyTags(html)) {
      fault(record, html, "a page of more than " + Limits.TAGS + " tags");
      return;
    }
    Extracted main;
    try {
      main = MainText.of(html, charset);
    } catch (RuntimeException | StackOverflowError failed) { // one page is not worth a corpus
      fault(record, html, "the page can not be parsed: " + failed.getClass().getSimpleName());
      return;
    }
    documents++;
    String told = main.language() == null ? language : main.language();
    taker.accept(
        Document.of(Normal.of(main.text()), origin(record), address(url), tag(told), file.licence())
            .withScore(EXTRACTION, main.confidence() == Confidence.SOUND ? 1 : 0));
  }

  /** A record of text, which {@code plain} frees of its mark-up. */
  void text(long record, byte[] bytes, long length, UnaryOperator<String> plain) {
    decoded(record, bytes, length)
        .ifPresent(
            text -> {
              String words;
              try {
                words = plain.apply(text);
              } catch (StackOverflowError tooDeep) { // of a regular expression
                fault(record, text, "its mark-up is nested too deeply");
                return;
              }
              text(record, words, null, null);
            });
  }

  Outcome outcome(@Nullable String brokenBecause) {
    return new Outcome(
        documents,
        faults,
        skipped,
        Optional.ofNullable(brokenBecause).map(reason -> new BrokenFile(file.brief(), reason)));
  }

  private Document.Origin origin(long record) {
    return new Document.Origin(file.source(), file.brief(), record);
  }

  /** Without a user's name and password; null if it is too long even without its query. */
  private static @Nullable String address(@Nullable String url) {
    String normal = normal(url);
    if (normal == null) {
      return null;
    }
    String open = USER.matcher(normal).replaceFirst("$1");
    int query = open.indexOf('?');
    String brief = open.length() > URL && query >= 0 ? open.substring(0, query) : open;
    return brief.length() > URL ? null : brief;
  }

  private static @Nullable String tag(@Nullable String language) {
    String normal = normal(language);
    return normal != null && normal.length() <= TAG && LANGUAGE.matcher(normal).matches()
        ? normal
        : null;
  }

  private static @Nullable String normal(@Nullable String word) {
    return word == null || word.isBlank() ? null : Normal.of(word.strip());
  }
}
