package dev.rootstock.contract;

/**
 * How tokens are packed into rows.
 *
 * @param context tokens a row predicts; a row holds one more, shared with its neighbour
 * @param shards number of training shard files; default 4. Part of the result, since it decides the
 *     order of rows
 */
public record TokensSpec(int context, @Default("4") int shards) {
  public TokensSpec {
    new Check()
        .that(context >= 8 && context <= 1_048_576, "context", context, "between 8 and 1048576")
        .that(shards >= 1 && shards <= 100_000, "shards", shards, "between 1 and 100000")
        .done();
  }
}
