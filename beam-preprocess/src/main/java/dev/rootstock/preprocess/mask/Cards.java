package dev.rootstock.preprocess.mask;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Payment cards: a length and a beginning that a brand gives out, groups as cards are printed, and
 * a check digit that holds. Of 16 random digits that begin with a 4, one in ten still passes.
 */
final class Cards implements Mask.Finder {
  private static final int LEAST = 14; // digits
  private static final int MOST = 16;
  private static final Set<String> SHAPES = Set.of("16", "15", "14", "4-4-4-4", "4-6-5", "4-6-4");

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (Digits number : Digits.all(text)) {
      number.parts(text, LEAST, MOST, (part, first, behind) -> isPrinted(part)).stream()
          .map(card -> new Span(card.from(), card.to()))
          .forEach(found::add);
    }
    return found;
  }

  private static boolean isPrinted(Digits number) {
    return !number.plus()
        && !number.bracketed()
        && SHAPES.contains(number.shape())
        && number.separatedBy(" -")
        && isCard(number.digits());
  }

  static boolean isCard(String digits) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int four = Integer.parseInt(digits.substring(0, 4));
    boolean issued =
        switch (digits.length()) {
          case 14 -> two == 36 || two == 38 || four / 10 >= 300 && four / 10 <= 305; // Diners
          case 15 -> two == 34 || two == 37; // American Express
          case 16 ->
              two / 10 == 4 // Visa
                  || two >= 51 && two <= 55 // Mastercard, and the next line
                  || four >= 2221 && four <= 2720
                  || four == 6011 // Discover, and the next line
                  || two == 65
                  || four >= 3528 && four <= 3589 // JCB
                  || two == 62; // UnionPay
          default -> false;
        };
    return issued && passesLuhn(digits);
  }

  static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
