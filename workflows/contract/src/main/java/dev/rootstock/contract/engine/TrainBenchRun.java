package dev.rootstock.contract.engine;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.HandedOn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one process did of a {@link TrainBenchOrder}; another program answers in the same words.
 *
 * @param backend name, versions and threads
 * @param parameters values that learn
 * @param losses of all steps in order, the warm-up's among them, in nats a token
 * @param seconds of the timed steps in order
 * @param peakBytes most memory that the process held until the last step, as the system counts it;
 *     0 if it does not
 * @param groups seconds of the timed steps by kind of work; empty where the backend counts none
 * @param products the model's products timed alone; empty if not asked for
 * @param heldOut of a text's tenth
 */
public record TrainBenchRun(
    String backend,
    int threads,
    long parameters,
    List<Double> losses,
    List<Double> seconds,
    long peakBytes,
    @Default("{}") Map<String, Double> groups,
    @Default("[]") List<Product> products,
    Optional<HeldOut> heldOut)
    implements HandedOn {
  public TrainBenchRun {
    losses = List.copyOf(losses);
    seconds = List.copyOf(seconds);
    groups = Map.copyOf(groups);
    products = List.copyOf(products);
  }

  /** Floating-point operations a second of all products of a step, timed alone; 0 if none was. */
  public double productFlopsPerSecond() {
    return products.isEmpty() ? 0 : Product.together(products);
  }

  /**
   * A matrix product, by the library that the backends use, on random values.
   *
   * @param flops of a step's share in products of this shape
   * @param flopsPerSecond of all threads together
   */
  public record Product(
      String name, long rows, long columns, long inner, double flops, double flopsPerSecond)
      implements HandedOn {
    /** Floating-point operations a second of all of them, one after another. */
    public static double together(List<Product> products) {
      double flops = products.stream().mapToDouble(Product::flops).sum();
      double seconds =
          products.stream().mapToDouble(one -> one.flops() / one.flopsPerSecond()).sum();
      return flops / seconds;
    }
  }

  /**
   * A score on held-out text.
   *
   * @param nats over all its tokens
   * @param bytes of the text, UTF-8
   */
  public record HeldOut(double nats, long tokens, long bytes) implements HandedOn {
    public double bitsPerByte() {
      return nats / Math.log(2) / bytes;
    }
  }
}
