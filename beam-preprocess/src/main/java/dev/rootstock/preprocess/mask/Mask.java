package dev.rootstock.preprocess.mask;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec.Personal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Replaces every finding by the word of its kind: {@code <email>}, {@code <ip>}, {@code <phone>},
 * {@code <card>}, {@code <iban>}, {@code <secret>}. One fixed word, so that the result depends on
 * the text alone; no example address, since a model should learn that something was here and not
 * whose it seems to be, and since what is masked can then be counted and searched for. Takes time
 * linear in the text. Thread-safe.
 */
public final class Mask {
  private final Map<Personal, Finder> finders;

  private Mask(Map<Personal, Finder> finders) {
    this.finders = finders;
  }

  /** Finds what of a kind is in a text. */
  interface Finder {
    /** In order, without overlap. */
    List<Span> find(String text);
  }

  /** Characters from one index up to another. */
  record Span(int from, int to) {}

  private record Found(Span span, Personal kind) {}

  /**
   * A text without what was found.
   *
   * @param counts findings by kind ({@code email}); kinds without one are left out
   */
  public record Masked(String text, SortedMap<String, Long> counts) {}

  /** What replaces these kinds and leaves all others. */
  public static Mask of(List<Personal> kinds) {
    Map<Personal, Finder> finders = new EnumMap<>(Personal.class);
    for (Personal kind : kinds) {
      finders.put(
          kind,
          switch (kind) {
            case EMAIL -> new Emails();
            case IP -> new IpAddresses();
            case PHONE -> new Phones();
            case CARD -> new Cards();
            case IBAN -> new Ibans();
            case SECRET -> new Secrets();
          });
    }
    return new Mask(finders);
  }

  /** The word that stands for a kind. */
  public static String word(Personal kind) {
    return "<" + CanonicalJson.word(kind) + ">";
  }

  /** Of findings that overlap, the one that begins first is replaced, of those the longest. */
  public Masked apply(String text) {
    List<Found> all = new ArrayList<>();
    finders.forEach(
        (kind, finder) -> finder.find(text).forEach(span -> all.add(new Found(span, kind))));
    SortedMap<String, Long> counts = new TreeMap<>();
    if (all.isEmpty()) {
      return new Masked(text, counts);
    }
    all.sort(
        Comparator.comparingInt((Found found) -> found.span().from())
            .thenComparing(found -> -found.span().to())
            .thenComparing(Found::kind));
    StringBuilder masked = new StringBuilder(text.length());
    int done = 0;
    for (Found found : all) {
      if (found.span().from() >= done) {
        masked.append(text, done, found.span().from()).append(word(found.kind()));
        counts.merge(CanonicalJson.word(found.kind()), 1L, Long::sum);
        done = found.span().to();
      }
    }
    return new Masked(masked.append(text, done, text.length()).toString(), counts);
  }
}
