package dev.rootstock.contract;

/**
 * Which rules a document must pass, and what is held out.
 *
 * @param recipe default {@code basic}
 * @param minCharacters shorter documents are dropped, counted after normalisation; default 100; not
 *     used by {@code none}
 * @param maxCharacters longer documents are dropped; default 1,000,000; not used by {@code none}
 * @param maxReplacementShare share of U+FFFD characters above which a document is unreadable;
 *     default 0.01
 * @param deduplicate default {@code near}
 * @param validation share of documents held out to measure bits per byte, by a salted hash of their
 *     id; default 0.05
 * @param similarity share of shingles (runs of 5 words; of characters where words are not spaced)
 *     that two texts must have in common to be near duplicates; default 0.8; used by {@code near}
 * @param repeats what becomes of passages that stand in an earlier document too; default {@code
 *     keep}
 */
@Shorthand("recipe")
public record CleaningSpec(
    @Default("\"basic\"") Recipe recipe,
    @Default("100") int minCharacters,
    @Default("1000000") int maxCharacters,
    @Default("0.01") double maxReplacementShare,
    @Default("\"near\"") Deduplicate deduplicate,
    @Default("0.05") double validation,
    @Default("0.8") double similarity,
    @Default("\"keep\"") Repeats repeats) {
  /** Below this, candidates are missed too often for the threshold to mean what it says. */
  public static final double MIN_SIMILARITY = 0.7;

  public CleaningSpec {
    new Check()
        .positive("minCharacters", minCharacters)
        .that(
            maxCharacters >= minCharacters,
            "maxCharacters",
            maxCharacters,
            "at least minCharacters (" + minCharacters + ")")
        .share("maxReplacementShare", maxReplacementShare)
        .share("validation", validation)
        .that(
            similarity >= MIN_SIMILARITY && similarity <= 1,
            "similarity",
            similarity,
            "between " + MIN_SIMILARITY + " and 1")
        .done();
  }

  /** A named set of rules. */
  public enum Recipe {
    /** Normalises only; empty documents are still dropped. */
    NONE,
    /** Readable, not empty, neither short nor long. */
    BASIC
  }

  /** Which repeated documents are dropped. */
  public enum Deduplicate {
    NONE,
    /** Equal normalised text: the first by source and record is kept. */
    EXACT,
    /** These, and texts that are much the same, of which the first is kept too. */
    NEAR
  }

  /**
   * What becomes of a passage that occurs again. All of these compare letters alone: case, digits
   * and punctuation do not matter.
   */
  public enum Repeats {
    KEEP,
    /** A line is kept where it stands first. */
    LINES,
    /** Three sentences on end are kept where they stand first. */
    SPANS
  }
}
