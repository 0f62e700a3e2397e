package dev.rootstock.preprocess.mask;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Telephone numbers: international ones with a plus; national ones in a shape that little else has
 * (North America 3-3-4, French pairs, a 0 and groups as they are written where it is dialled first,
 * Russian 8 3-3-2-2, Chinese 3-4-4); any of seven digits and more behind a word such as "Tel". Left
 * alone, unless such a word stands before them: bare digits, dates, years, ISBNs, amounts, and
 * whatever touches a letter, a slash or a sign.
 */
final class Phones implements Mask.Finder {
  private static final int LEAST = 7; // digits
  private static final int MOST = 15; // digits, by E.164
  private static final Set<String> WORDS =
      Set.of(
          "tel",
          "telephone",
          "phone",
          "ph",
          "call",
          "fax",
          "mobile",
          "cell",
          "whatsapp",
          "sms",
          "telefon",
          "mobil",
          "handy",
          "ruf",
          "t\u00e9l",
          "t\u00e9l\u00e9phone",
          "portable",
          "tel\u00e9fono",
          "m\u00f3vil",
          "telefone",
          "celular",
          "telefono",
          "cellulare",
          "telefoon",
          "mobiel",
          "puhelin",
          "\u0442\u0435\u043b",
          "\u0442\u0435\u043b\u0435\u0444\u043e\u043d",
          "\u7535\u8bdd",
          "\u96fb\u8a71",
          "\u624b\u673a",
          "\u624b\u6a5f",
          "\u8054\u7cfb",
          "\u643a\u5e2f",
          "\uc804\ud654",
          "\ud734\ub300\ud3f0",
          "\u0e42\u0e17\u0e23");
  private static final Set<String> OTHERS =
      Set.of("isbn", "issn", "doi", "no", "nr", "number", "order", "id", "invoice", "ref", "case");

  private static final int RUN = 25; // pairs that are looked at on either side
  private static final String PAIRS = "2-2-2-2-2";
  private static final Pattern AMERICAN = Pattern.compile("1?[2-9]\\d\\d[2-9]\\d{6}");
  private static final Pattern FRENCH = Pattern.compile("0[1-9]\\d{8}");
  private static final Pattern SPACED = Pattern.compile("2-4-4|3-4-4|4-3-4|5-6|4-7");
  private static final Pattern RUSSIAN = Pattern.compile("8[3489]\\d{9}");
  private static final Pattern TRUNK = Pattern.compile("2-\\d-4|2-4-4|3-3-4|3-4-4|4-2-4|4-3-4");
  private static final Pattern DATE = Pattern.compile("4-2-2|2-2-4|1-2-4|2-1-4|1-1-4|4-1-1|4-4");

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (Digits number : Digits.all(text)) {
      int size = number.digits().length();
      if (size >= LEAST && size <= MOST && number.stands(text) && isPhone(number, text)) {
        found.add(new Span(number.from(), number.to()));
      } else if (number.groups().size() > 1) {
        number
            .parts(
                text,
                LEAST,
                MOST,
                (part, first, behind) -> isPart(number, part, first, behind, text))
            .forEach(part -> found.add(new Span(part.from(), part.to())));
      }
    }
    return found;
  }

  /** Several pairs are telephones only if they are five each, so that tables of pairs stay. */
  private static boolean isPart(Digits run, Digits part, int first, int behind, String text) {
    if (part.plus()) {
      return isPhone(part, text);
    }
    boolean pairs = part.shape().equals(PAIRS);
    return pairs
        ? areFives(run, first, behind) && hasShape(part) && !otherwise(part, text)
        : (hasShape(part) || isHintedPair(part, text)) && !otherwise(part, text);
  }

  /** Behind a word such as "Tel" an area and a number, where the next begins alike. */
  private static boolean isHintedPair(Digits part, String text) {
    return part.groups().size() <= 2
        && part.digits().length() >= LEAST
        && !DATE.matcher(part.shape()).matches()
        && Borders.hinted(text, part.from(), WORDS);
  }

  private static boolean otherwise(Digits part, String text) {
    return Borders.hinted(text, part.from(), OTHERS) && !Borders.hinted(text, part.from(), WORDS);
  }

  private static boolean areFives(Digits run, int first, int behind) {
    int from = first;
    while (from > 0 && first - from <= RUN && run.groups().get(from - 1) == 2) {
      from--;
    }
    int to = behind;
    while (to < run.groups().size() && to - behind <= RUN && run.groups().get(to) == 2) {
      to++;
    }
    return (to - from) % 5 == 0 && (first - from) % 5 == 0;
  }

  private static boolean isPhone(Digits number, String text) {
    if (number.plus()) {
      return number.digits().length() >= 8
          && number.digits().charAt(0) != '0'
          && number.separatedBy(" -.()/");
    }
    boolean hinted = Borders.hinted(text, number.from(), WORDS);
    if (!hinted && Borders.hinted(text, number.from(), OTHERS)) {
      return false;
    }
    return hasShape(number) || hinted && !DATE.matcher(number.shape()).matches();
  }

  private static boolean hasShape(Digits number) {
    String digits = number.digits();
    String shape = number.shape();
    boolean one = number.separators().chars().distinct().count() == 1;
    boolean american =
        AMERICAN.matcher(digits).matches()
            && (shape.equals("3-3-4") || shape.equals("1-3-3-4"))
            && (number.bracketed() || one && number.separatedBy("-."));
    boolean french =
        FRENCH.matcher(digits).matches() && shape.equals(PAIRS) && one && number.separatedBy(" .-");
    boolean trunk =
        digits.startsWith("0")
            && digits.length() >= 9
            && (number.bracketed() || TRUNK.matcher(shape).matches() && number.separatedBy("-"))
            && number.groups().size() > 1;
    boolean spaced =
        digits.matches("0[1-9]\\d{8,9}")
            && SPACED.matcher(shape).matches()
            && number.separatedBy(" \u00a0");
    boolean russian =
        RUSSIAN.matcher(digits).matches()
            && shape.equals("1-3-3-2-2")
            && number.separatedBy("- ()\u00a0");
    boolean chinese =
        digits.length() == 11
            && digits.matches("1[3-9]\\d{9}")
            && shape.equals("3-4-4")
            && number.separatedBy("- ");
    return american || french || trunk || spaced || russian || chinese;
  }
}
