package dev.rootstock.contract;

/**
 * How tokens are packed into rows.
 *
 * @param context tokens a row predicts; a row holds one more, shared with its neighbour
 */
@Retired("shards")
public record TokensSpec(int context) {
  public TokensSpec {
    new Check()
        .that(context >= 8 && context <= 1_048_576, "context", context, "between 8 and 1048576")
        .done();
  }
}
