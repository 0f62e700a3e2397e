package dev.rootstock.contract;

/**
 * How tokens are packed into rows.
 *
 * @param context tokens a row predicts; a row holds one more, its first, as context alone
 * @param packing default {@code stream}
 */
@Retired("shards")
public record TokensSpec(int context, @Default("\"stream\"") Packing packing) {
  public TokensSpec {
    new Check()
        .that(context >= 8 && context <= 1_048_576, "context", context, "between 8 and 1048576")
        .done();
  }

  /** One stream of documents. */
  public TokensSpec(int context) {
    this(context, Packing.STREAM);
  }

  /** How documents become rows. */
  public enum Packing {
    /** One stream of documents, cut into rows that share a token: nothing is wasted. */
    STREAM,
    /**
     * A document that fits into a row is never cut; of one that does not, only the end shares a row
     * with others. Some tokens of filling: below 1 % for ordinary text.
     */
    BEST_FIT
  }
}
