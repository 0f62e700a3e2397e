package dev.rootstock.training.backend;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.util.List;

/**
 * What a build with ND4J's CUDA 11.6 (profile {@code nd4j-cuda}) can run on. Its machine code ends
 * with Ada: on a later GPU ND4J would choose CUDA and fail within its first product.
 */
final class CudaBuild {
  static final double LAST = 8.9; // compute capability, from the architectures M2.1 was built for

  private static final String BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

  private CudaBuild() {}

  /** Whether this engine was built with it. */
  static boolean present() {
    try {
      Class.forName(BACKEND, false, CudaBuild.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  /**
   * Called before ND4J is, which settles on CUDA as soon as it sees a GPU.
   *
   * @throws InvalidConfig for a GPU that it has no code for, and for any other one that would be
   *     chosen: this version's arithmetic lies in the host's memory
   */
  static void check(List<Gpu> gpus, boolean cpuFirst) {
    for (Gpu gpu : gpus) {
      if (gpu.capability() > LAST) {
        throw new InvalidConfig(
            Problem.of(
                "GPU",
                gpu.name() + " of compute capability " + gpu.capability(),
                "of at most " + LAST + ", the last that ND4J's CUDA 11.6 has code for",
                "Build training without the profile nd4j-cuda, or hide the GPU with CUDA_VISIBLE_DEVICES=."));
      }
    }
    if (!gpus.isEmpty() && !cpuFirst) {
      throw new InvalidConfig(
          Problem.of(
              "BACKEND_PRIORITY_CPU",
              "not set, so ND4J would choose " + gpus.get(0).name(),
              "1000; this version trains in the host's memory",
              "Set it in the worker's environment, or build training without the profile nd4j-cuda."));
    }
  }
}
