package dev.rootstock.training.backend;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;
import dev.rootstock.training.backend.cpu.CpuBackend;
import dev.rootstock.training.backend.cpu.CpuGroup;
import dev.rootstock.training.backend.nd4j.Nd4jBackend;
import dev.rootstock.training.model.Learns;
import java.util.List;
import java.util.Optional;

/** Picks a backend that works here. */
public final class Backends {
  private static final System.Logger CHOSEN = System.getLogger("backend");

  private Backends() {}

  /**
   * Opens a model with all tensors zero. {@code cpu} for float32 and {@code nd4j} for float64,
   * unless the environment variable {@code ROOTSTOCK_BACKEND} ({@code auto}, {@code cpu} or {@code
   * nd4j}) says otherwise; one line in the log tells which and why.
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
    BackendChoice choice = choice(numeric, threads);
    return choice.cpu()
        ? new CpuBackend(shape, learns, threads)
        : new Nd4jBackend(shape, learns, numeric, threads);
  }

  /**
   * Opens a base with an adapter for each of several jobs, all tensors zero.
   *
   * @param all at least one, each an adapter
   * @return empty: the backend that is chosen here can not share a base; open each job alone
   */
  public static Optional<AdapterGroup> group(
      ModelShape shape, List<Learns> all, Numeric numeric, int threads) {
    return choice(numeric, threads).cpu()
        ? Optional.of(new CpuGroup(shape, all, threads))
        : Optional.empty();
  }

  private static BackendChoice choice(Numeric numeric, int threads) {
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
    BackendChoice choice = BackendChoice.here(numeric);
    CHOSEN.log(System.Logger.Level.INFO, choice.line());
    return choice;
  }
}
