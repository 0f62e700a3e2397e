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
 * @param deduplicate default {@code exact}
 * @param validation share of documents held out to measure bits per byte, by a salted hash of their
 *     id; default 0.05
 */
@Shorthand("recipe")
public record CleaningSpec(
    @Default("\"basic\"") Recipe recipe,
    @Default("100") int minCharacters,
    @Default("1000000") int maxCharacters,
    @Default("0.01") double maxReplacementShare,
    @Default("\"exact\"") Deduplicate deduplicate,
    @Default("0.05") double validation) {
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
    EXACT
  }
}
