package dev.rootstock.preprocess.mask;

import static dev.rootstock.preprocess.mask.Borders.isDigit;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of digits in groups, as numbers of cards and telephones are written. A space ends it behind
 * a long group, and where hyphens part the groups.
 *
 * @param from index of the first sign: a plus, a bracket or a digit
 * @param to index behind the last digit
 * @param digits without what stands between them
 * @param groups lengths of the groups
 * @param starts indexes of their first digits
 * @param separators what stands between the groups, one character each; a bracket and a space are
 *     one
 * @param plus whether a plus stands before them
 * @param bracketed whether the first group is in brackets
 */
record Digits(
    int from,
    int to,
    String digits,
    List<Integer> groups,
    List<Integer> starts,
    String separators,
    boolean plus,
    boolean bracketed) {
  private static final String SEPARATORS = " -./()\u00a0\u2011\u2013";
  private static final int LEAST = 7; // digits; fewer are no number of a person
  private static final int LOOK = 32; // characters that seven digits may take
  private static final int PARTS = 5; // groups that one number may take
  private static final int PLUS_PARTS = 7; // the same behind a plus

  /** Every run of a text of seven digits or more, in order. */
  static List<Digits> all(String text) {
    List<Digits> all = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean begins = isDigit(c) || (c == '+' || c == '(') && startsNumber(text, i);
      if (!begins) {
        i++;
      } else if (!isLong(text, i)) {
        i = behindShort(text, i);
      } else {
        Digits digits = read(text, i);
        all.add(digits);
        i = Math.max(i + 1, digits.to());
      }
    }
    return all;
  }

  /** Whether enough digits lie ahead for any number of a person. */
  private static boolean isLong(String text, int from) {
    int digits = 0;
    for (int i = from; i < text.length() && i - from < LOOK; i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        digits++;
      } else if (i > from + 1 && SEPARATORS.indexOf(c) < 0) {
        break;
      }
    }
    return digits >= LEAST;
  }

  private static int behindShort(String text, int from) {
    int i = from + 1;
    while (isDigit(Borders.at(text, i))) {
      i++;
    }
    return i;
  }

  private static boolean startsNumber(String text, int i) {
    char next = Borders.at(text, i + 1);
    return isDigit(next)
        || text.charAt(i) == '+' && next == '(' && isDigit(Borders.at(text, i + 2))
        || text.charAt(i) == '(' && next == '+' && isDigit(Borders.at(text, i + 2));
  }

  private static Digits read(String text, int start) {
    StringBuilder digits = new StringBuilder();
    StringBuilder separators = new StringBuilder();
    List<Integer> groups = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    int i = start;
    boolean plus = false;
    boolean bracketed = false;
    boolean hyphens = false;
    while (Borders.at(text, i) == '+' || Borders.at(text, i) == '(') {
      plus |= text.charAt(i) == '+';
      bracketed |= text.charAt(i) == '(';
      i++;
    }
    int end = i;
    while (isDigit(Borders.at(text, i))) {
      int from = i;
      while (isDigit(Borders.at(text, i))) {
        i++;
      }
      groups.add(i - from);
      starts.add(from);
      digits.append(text, from, i);
      end = i;
      int next = behindSeparator(text, i);
      if (!isDigit(Borders.at(text, next))) {
        break;
      }
      char sign = sign(text, i, next);
      boolean another = sign == ' ' && !plus && !bracketed && (i - from > 8 || hyphens);
      if (next == i || another) {
        break;
      }
      separators.append(sign);
      hyphens |= sign == '-';
      i = next;
    }
    return new Digits(
        start,
        end,
        digits.toString(),
        List.copyOf(groups),
        List.copyOf(starts),
        separators.toString(),
        plus,
        bracketed);
  }

  /** What tells whether the groups from one index up to another are a number. */
  interface Judge {
    boolean accepts(Digits part, int first, int behind);
  }

  /**
   * The numbers in a run that is none as a whole, such as a card and its expiry. One begins with
   * the run or behind a space or a bracket; of those that begin together the longest is taken.
   *
   * @param least digits
   * @param most digits
   */
  List<Digits> parts(String text, int least, int most, Judge judge) {
    List<Digits> parts = new ArrayList<>();
    int first = 0;
    while (first < groups.size()) {
      int behind = begins(text, first) ? behindPart(text, first, least, most, judge) : first;
      if (behind > first) {
        parts.add(part(text, first, behind));
      }
      first = Math.max(first + 1, behind);
    }
    return parts;
  }

  private boolean begins(String text, int group) {
    return group == 0 || " \u00a0(".indexOf(text.charAt(starts.get(group) - 1)) >= 0;
  }

  private int behindPart(String text, int first, int least, int most, Judge judge) {
    int last = Math.min(groups.size(), first + (first == 0 && plus ? PLUS_PARTS : PARTS));
    int size = 0;
    int behind = first;
    while (behind < last && size + groups.get(behind) <= most) {
      size += groups.get(behind++);
    }
    for (; behind > first && size >= least; behind--) {
      Digits part = part(text, first, behind);
      if (part.stands(text) && judge.accepts(part, first, behind)) {
        return behind;
      }
      size -= groups.get(behind - 1);
    }
    return first;
  }

  private Digits part(String text, int first, int behind) {
    int begin = starts.get(first);
    int end = starts.get(behind - 1) + groups.get(behind - 1);
    boolean inBrackets =
        first == 0
            ? bracketed
            : text.charAt(begin - 1) == '('
                && Borders.at(text, begin + groups.get(first)) == ')'
                && behind > first + 1;
    StringBuilder some = new StringBuilder();
    for (int i = first; i < behind; i++) {
      some.append(text, starts.get(i), starts.get(i) + groups.get(i));
    }
    return new Digits(
        first == 0 ? from : inBrackets ? begin - 1 : begin,
        end,
        some.toString(),
        groups.subList(first, behind),
        starts.subList(first, behind),
        separators.substring(first, behind - 1),
        first == 0 && plus,
        inBrackets);
  }

  /** One of {@code - . /} or a space, or a bracket with spaces about it. */
  private static int behindSeparator(String text, int i) {
    int next = i;
    while (next < i + 3
        && SEPARATORS.indexOf(Borders.at(text, next)) >= 0
        && next < text.length()) {
      next++;
    }
    String between = text.substring(i, next);
    boolean one = between.length() == 1 && !between.equals("(");
    boolean bracket =
        between.equals(") ")
            || between.equals(" (")
            || between.equals(")-")
            || between.equals("(")
            || between.equals(") (");
    boolean spaced = between.equals(" - ") || between.equals(" / ");
    return one || bracket || spaced ? next : i;
  }

  private static char sign(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\u00a0') {
        return c == '\u2011' || c == '\u2013' ? '-' : c;
      }
    }
    return ' ';
  }

  /** No letter, digit or sign of a larger number beside it. */
  boolean stands(String text) {
    char before = Borders.at(text, from - 1);
    char after = Borders.at(text, to);
    return !Character.isLetterOrDigit(before)
            && ".,/=_-#$\u20ac\u00a3%&".indexOf(before) < 0
            && standsOnTheRight(text, after)
        || isIdeographic(before) && standsOnTheRight(text, after);
  }

  private boolean standsOnTheRight(String text, char after) {
    char beyond = Borders.at(text, to + 1);
    return (!Character.isLetterOrDigit(after) || isIdeographic(after))
        && "_=%/".indexOf(after) < 0
        && !((after == '.' || after == ',' || after == '-') && Character.isLetterOrDigit(beyond));
  }

  private static boolean isIdeographic(char c) {
    return c >= 0x2E80;
  }

  /** {@code 3-3-4}. */
  String shape() {
    StringBuilder shape = new StringBuilder();
    for (int group : groups) {
      shape.append(shape.length() == 0 ? "" : "-").append(group);
    }
    return shape.toString();
  }

  /** Whether every separator is one of these. */
  boolean separatedBy(String signs) {
    return separators.chars().allMatch(c -> signs.indexOf(c) >= 0);
  }
}
