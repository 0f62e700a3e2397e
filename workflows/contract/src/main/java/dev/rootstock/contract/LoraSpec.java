package dev.rootstock.contract;

import java.util.List;
import java.util.Optional;

/**
 * A low-rank adapter on linear layers of the blocks: W x + f B A x, with f = alpha / rank (Hu et
 * al., 2021). What is left empty is not in the canonical form.
 *
 * @param rank default 16
 * @param alpha default 32
 * @param dropout share of an adapter's inputs that are left out at each step; empty: none
 * @param targets last parts of the names of the layers that get an adapter, {@code q_proj} or
 *     {@code c_attn}; empty: every linear layer of the blocks
 * @param rslora whether f = alpha / sqrt(rank) (Kalajdzievski, 2023); empty: it is not
 */
public record LoraSpec(
    @Default("16") int rank,
    @Default("32") double alpha,
    Optional<Double> dropout,
    Optional<List<String>> targets,
    Optional<Boolean> rslora) {
  public static final String ALL = "all-linear";

  public LoraSpec {
    dropout = dropout.filter(share -> share != 0);
    targets = targets.map(List::copyOf).filter(names -> !names.equals(List.of(ALL)));
    rslora = rslora.filter(on -> on);
    new Check()
        .positive("rank", rank)
        .that(alpha > 0, "alpha", alpha, "above 0")
        .that(
            dropout.orElse(0.0) >= 0 && dropout.orElse(0.0) < 1,
            "dropout",
            dropout.orElse(0.0),
            "at least 0 and below 1")
        .that(
            targets.isEmpty()
                || (!targets.get().isEmpty()
                    && targets.get().stream().noneMatch(String::isBlank)
                    && !targets.get().contains(ALL)),
            "targets",
            targets.orElse(List.of()),
            "names of linear layers, as [q_proj, v_proj], or left out for all of them")
        .done();
  }

  /** An adapter on every linear layer of the blocks. */
  public LoraSpec(int rank, double alpha) {
    this(rank, alpha, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What the adapter's product is multiplied with. */
  public double factor() {
    return alpha / (rslora.orElse(false) ? Math.sqrt(rank) : rank);
  }

  /** Whether a module gets an adapter: {@code model.layers.0.self_attn.q_proj}. */
  public boolean on(String module) {
    return targets.isEmpty()
        || targets.get().stream()
            .anyMatch(target -> module.equals(target) || module.endsWith("." + target));
  }
}
