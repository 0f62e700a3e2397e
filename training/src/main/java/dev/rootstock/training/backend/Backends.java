package dev.rootstock.training.backend;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;
import dev.rootstock.training.backend.nd4j.Nd4jBackend;
import dev.rootstock.training.model.Learns;
import java.util.Optional;

/** Picks a backend that works here. */
public final class Backends {
  private Backends() {}

  /**
   * Opens a model with all tensors zero.
   *
   * @param adapter given: the model's own tensors are frozen and an adapter on them learns
   * @param threads that compute, at least 1; decides bits together with the machine
   * @throws InvalidConfig if no backend here can do that kind of arithmetic, or ND4J would choose a
   *     GPU that it can not use
   */
  public static Backend open(
      ModelShape shape, Optional<LoraSpec> adapter, Numeric numeric, int threads) {
    return open(shape, Learns.adapter(adapter), numeric, threads);
  }

  /** The same with some of it frozen. */
  public static Backend open(ModelShape shape, Learns learns, Numeric numeric, int threads) {
    if (numeric.device() != Numeric.Device.CPU) {
      throw new InvalidConfig(
          Problem.of("numeric.device", "cuda", "cpu; this version has no CUDA backend"));
    }
    if (threads < 1) {
      throw new InvalidConfig(Problem.of("threads", threads, "at least 1"));
    }
    if (CudaBuild.present()) {
      CudaBuild.check(Gpu.present(), System.getenv("BACKEND_PRIORITY_CPU") != null);
    }
    return new Nd4jBackend(shape, learns, numeric, threads);
  }
}
