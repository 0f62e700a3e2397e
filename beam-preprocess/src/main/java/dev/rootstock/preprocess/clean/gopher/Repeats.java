package dev.rootstock.preprocess.clean.gopher;

import dev.rootstock.preprocess.clean.Passage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of some pieces has been there before.
 *
 * @param pieces all of them
 * @param repeated those that are equal to an earlier one
 * @param characters of the repeated ones
 */
public record Repeats(int pieces, int repeated, long characters) {
  public static Repeats of(List<String> pieces) {
    Set<String> seen = new HashSet<>();
    int repeated = 0;
    long characters = 0;
    for (String piece : pieces) {
      if (!seen.add(piece)) {
        repeated++;
        characters += Passage.characters(piece);
      }
    }
    return new Repeats(pieces.size(), repeated, characters);
  }

  /** Repeated ones of all, 0 of none. */
  public double share() {
    return pieces == 0 ? 0 : (double) repeated / pieces;
  }
}
