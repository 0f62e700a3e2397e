package dev.rootstock.preprocess.clean.basic;

import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.clean.Passage;
import dev.rootstock.preprocess.clean.Rule;
import dev.rootstock.preprocess.clean.Verdict;
import dev.rootstock.preprocess.language.Words;
import dev.rootstock.preprocess.language.Writing;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds none of some words or phrases, whatever their case. Where spaces part words, whole words
 * are meant; where none do, any place in the text.
 */
public final class BlockedWords implements Rule {
  private final Set<String> all;
  private final TreeMap<Integer, Set<String>> bySize = new TreeMap<>(); // in words
  private final TreeSet<Integer> lengths = new TreeSet<>(); // in UTF-16 units

  public BlockedWords(List<String> words) {
    all =
        words.stream()
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet());
    for (String word : all) {
      Words parts = Words.of(word, Writing.SPACED);
      bySize
          .computeIfAbsent(parts.size(), size -> new TreeSet<>())
          .add(phrase(parts, 0, parts.size()));
      lengths.add(word.length());
    }
  }

  @Override
  public Verdict judge(Passage passage) {
    String found =
        passage.writing().byDictionary() ? anywhere(passage.text()) : asWords(passage.words());
    return Verdict.demand(found.isEmpty(), Reason.BAD_WORDS, found);
  }

  private String asWords(Words words) {
    for (int i = 0; i < words.size(); i++) {
      for (int size : bySize.keySet()) {
        if (i + size <= words.size() && bySize.get(size).contains(phrase(words, i, size))) {
          return phrase(words, i, size);
        }
      }
    }
    return "";
  }

  private String anywhere(String text) {
    String low = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < low.length(); i++) {
      for (int length : lengths) {
        if (i + length <= low.length() && all.contains(low.substring(i, i + length))) {
          return low.substring(i, i + length);
        }
      }
    }
    return "";
  }

  private static String phrase(Words words, int from, int size) {
    return size == 1
        ? words.get(from).toLowerCase(Locale.ROOT)
        : IntStream.range(from, from + size)
            .mapToObj(i -> words.get(i).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
  }

  @Override
  public String name() {
    return "blocked-words/1";
  }
}
