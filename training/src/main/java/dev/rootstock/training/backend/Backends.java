package dev.rootstock.training.backend;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import java.util.Optional;

/** Picks a backend that works here. */
public final class Backends {
  private Backends() {}

  /**
   * Opens a model with all tensors zero.
   *
   * @param adapter given: the model's own tensors are frozen and an adapter on them learns
   * @param threads that compute; decides bits together with the machine
   * @throws dev.rootstock.contract.InvalidConfig if no backend here can do that kind of arithmetic
   */
  public static Backend open(
      ModelShape shape, Optional<LoraSpec> adapter, Numeric numeric, int threads) {
    throw new dev.rootstock.contract.InvalidConfig(
        dev.rootstock.contract.Problem.of("numeric.device", numeric.device(), "cpu"));
  }
}
