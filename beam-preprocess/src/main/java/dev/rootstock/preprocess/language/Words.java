package dev.rootstock.preprocess.language;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The words of a text in order, punctuation marks among them. Spaces and punctuation part words;
 * where none stand between words, ICU's dictionaries do. An apostrophe begins a word of its own
 * ({@code it} and {@code 's}), for the published thresholds counted so; a number keeps its inner
 * points and commas, and a run of one mark ({@code ...}) is one word. Equal words have equal ids.
 * Immutable.
 */
public final class Words {
  private static final int NEVER = -1;

  private final int[] ids;
  private final int[] lengths; // by id, in code points
  private final boolean[] letters; // by id
  private final boolean[] wordy; // by id
  private final String[] spellings; // by id
  private final Map<String, Integer> known;
  private final int size;

  private Words(Collector found) {
    this.size = found.size;
    this.ids = found.ids;
    this.known = found.known;
    this.lengths = new int[known.size()];
    this.spellings = new String[known.size()];
    this.letters = new boolean[known.size()];
    this.wordy = new boolean[known.size()];
    known.forEach(
        (word, id) -> {
          spellings[id] = word;
          lengths[id] = word.codePointCount(0, word.length());
          letters[id] = word.codePoints().anyMatch(Character::isLetter);
          wordy[id] = word.codePoints().anyMatch(Words::inWord);
        });
  }

  /** The words of a text written so. */
  public static Words of(String text, Writing writing) {
    Collector found = new Collector(text);
    if (writing.byDictionary()) {
      byDictionary(text, found);
    } else {
      bySpaces(text, found);
    }
    return new Words(found);
  }

  public int size() {
    return size;
  }

  /** The number of a word's spelling, from 0 in the order of first appearance. */
  public int id(int index) {
    return ids[index];
  }

  /** How many spellings there are. */
  public int spellings() {
    return lengths.length;
  }

  /** A word as it stands in the text. */
  public String get(int index) {
    return spellings[ids[index]];
  }

  /** Characters of a word. */
  public int length(int index) {
    return lengths[ids[index]];
  }

  /** Whether a letter is in it. */
  public boolean hasLetter(int index) {
    return letters[ids[index]];
  }

  /** Whether it is more than punctuation. */
  public boolean isWord(int index) {
    return wordy[ids[index]];
  }

  /** Whether this spelling appears. */
  public boolean contains(String word) {
    return known.containsKey(word);
  }

  private static boolean inWord(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  private static void byDictionary(String text, Collector found) {
    BreakIterator breaks = BreakIterator.getWordInstance(ULocale.ROOT);
    breaks.setText(text);
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      if (!isSpace(text.codePointAt(from))) {
        found.add(from, to);
      }
    }
  }

  private static void bySpaces(String text, Collector found) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (!isSpace(c)) {
        if (inWord(c) || beginsEnding(text, i)) {
          next = standsAlone(c) ? next : endOfWord(text, next);
        } else {
          next = endOfRun(text, c, next);
        }
        found.add(i, next);
      }
      i = next;
    }
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      int next = end + Character.charCount(c);
      boolean inside = inWord(c) && !standsAlone(c);
      if (!inside && !(links(text, end) && next < text.length())) {
        return end;
      }
      end = next;
    }
    return end;
  }

  /** A point or a comma between digits. */
  private static boolean links(String text, int at) {
    char c = text.charAt(at);
    return (c == '.' || c == ',')
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at - 1))
        && Character.isDigit(text.charAt(at + 1));
  }

  /** An apostrophe behind a letter, or before one or two that stand alone ({@code they 're}). */
  private static boolean beginsEnding(String text, int at) {
    char c = text.charAt(at);
    if (c != '\'' && c != '\u2019' || at + 1 == text.length() || at == 0) {
      return false;
    }
    int end = at + 1;
    while (end < text.length() && end < at + 4 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    boolean behind = Character.isLetter(text.charAt(at - 1));
    return end > at + 1 && (behind || isSpace(text.charAt(at - 1)) && end < at + 4);
  }

  private static int endOfRun(String text, int mark, int from) {
    int end = from;
    while (end < text.length() && text.codePointAt(end) == mark) {
      end += Character.charCount(mark);
    }
    return end;
  }

  private static boolean isSpace(int c) {
    return c <= ' ' || c == '\u00a0' || c > 127 && Character.isWhitespace(c);
  }

  /** A Chinese or Japanese character within other text, where no space parts it from the next. */
  private static boolean standsAlone(int c) {
    return c >= 0x2E80 && Character.isIdeographic(c) || c >= 0x3040 && c <= 0x30FF;
  }

  private static final class Collector {
    private final String text;
    private final Map<String, Integer> known = new HashMap<>();
    private int[] ids;
    private int size;

    Collector(String text) {
      this.text = text;
      this.ids = new int[16 + text.length() / 4];
    }

    void add(int from, int to) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      String word = text.substring(from, to);
      int id = known.getOrDefault(word, NEVER);
      if (id == NEVER) {
        id = known.size();
        known.put(word, id);
      }
      ids[size++] = id;
    }
  }
}
