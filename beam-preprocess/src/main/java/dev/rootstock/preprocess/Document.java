package dev.rootstock.preprocess;

import dev.rootstock.contract.Fingerprint;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A text and where it came from.
 *
 * @param id first 32 hexadecimal characters of SHA-256 of the text: equal text, equal id
 * @param text normalised: NFC, {@code \n} line ends, no lone surrogates
 * @param origin where in the corpus
 * @param language BCP 47; what the source declares, until cleaning finds it out
 * @param fault why it could not be read as its format asks, or null
 * @param scores figures found on the way, by name ({@code language}); unmodifiable
 */
public record Document(
    String id,
    String text,
    Origin origin,
    @Nullable String url,
    @Nullable String language,
    @Nullable String licence,
    @Nullable String fault,
    SortedMap<String, Double> scores)
    implements Serializable {
  private static final int ID = 32; // hexadecimal characters

  /**
   * A place in a corpus.
   *
   * @param source index of the source, from 0
   * @param file first 12 characters of the file's sum
   * @param record within the file, from 0
   */
  public record Origin(int source, String file, long record)
      implements Serializable, Comparable<Origin> {
    private static final Comparator<Origin> ORDER =
        Comparator.comparingInt(Origin::source)
            .thenComparing(Origin::file)
            .thenComparingLong(Origin::record);

    /** What {@link #toString} wrote, in a source. */
    public static Origin of(int source, String place) {
      int hash = place.indexOf('#');
      return new Origin(
          source, place.substring(0, hash), Long.parseLong(place.substring(hash + 1)));
    }

    @Override
    public int compareTo(Origin other) {
      return ORDER.compare(this, other);
    }

    /** Without the source: {@code 0123456789ab#17}. */
    @Override
    public String toString() {
      return file + "#" + record;
    }
  }

  public Document {
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
  }

  /** A document of normalised text, named by it. */
  public static Document of(
      String text,
      Origin origin,
      @Nullable String url,
      @Nullable String language,
      @Nullable String licence) {
    return new Document(
        idOf(text), text, origin, url, language, licence, null, Collections.emptySortedMap());
  }

  /** What can not be read as its format asks. */
  public static Document unreadable(
      String text, Origin origin, @Nullable String licence, String fault) {
    return new Document(
        idOf(text), text, origin, null, null, licence, fault, Collections.emptySortedMap());
  }

  /** The same document with another text, and so with another id. */
  public Document withText(String other) {
    return text.equals(other)
        ? this
        : new Document(idOf(other), other, origin, url, language, licence, fault, scores);
  }

  /** The same document in another language. */
  public Document withLanguage(@Nullable String other) {
    return new Document(id, text, origin, url, other, licence, fault, scores);
  }

  /** The same document from another address. */
  public Document withUrl(@Nullable String other) {
    return new Document(id, text, origin, other, language, licence, fault, scores);
  }

  /** The same document with one more score, or with another value of it. */
  public Document withScore(String name, double value) {
    SortedMap<String, Double> more = new TreeMap<>(scores);
    more.put(name, value);
    return new Document(id, text, origin, url, language, licence, fault, more);
  }

  private static String idOf(String text) {
    return Fingerprint.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, ID);
  }

  /** The fault, if there is one. */
  public Optional<String> unreadableBecause() {
    return Optional.ofNullable(fault);
  }

  /** UTF-8 length of the text. */
  public long bytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
