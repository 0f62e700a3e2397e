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
 * @param decontaminate what becomes of documents that hold a passage of a test row; default {@code
 *     drop}
 */
@Shorthand("recipe")
public record CleaningSpec(
    @Default("\"basic\"") Recipe recipe,
    @Default("100") int minCharacters,
    @Default("1000000") int maxCharacters,
    @Default("0.01") double maxReplacementShare,
    @Default("\"exact\"") Deduplicate deduplicate,
    @Default("0.05") double validation,
    @Default("\"drop\"") Decontaminate decontaminate) {
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

  /** What becomes of documents that hold a passage of a finetune's test rows. */
  public enum Decontaminate {
    /**
     * They are dropped, for a score on rows that were read before proves nothing. Rows that come
     * after the documents were made are looked for in them and told of in the report; nothing is
     * made anew.
     */
    DROP,
    /** The same, but rows that come later make the documents, and so the base, anew. */
    STRICT,
    KEEP
  }
}
