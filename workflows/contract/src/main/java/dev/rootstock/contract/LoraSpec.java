package dev.rootstock.contract;

/**
 * A low-rank adapter on every linear layer of the blocks: W x + (alpha / rank) B A x (Hu et al.,
 * 2021).
 *
 * @param rank default 16
 * @param alpha default 32
 */
public record LoraSpec(@Default("16") int rank, @Default("32") double alpha) {
  public LoraSpec {
    new Check().positive("rank", rank).that(alpha > 0, "alpha", alpha, "above 0").done();
  }
}
