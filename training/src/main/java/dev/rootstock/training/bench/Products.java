package dev.rootstock.training.bench;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.engine.TrainBenchRun.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * The bound: a model's matrix products alone, by the BLAS that the backends use, each thread on
 * values of its own. Forward, input gradient and weight gradient are timed together; the better of
 * few and many rows counts.
 */
public final class Products {
  private static final int[] ROWS = {512, 2048};
  private static final int COLUMNS = 8_192; // of the head, at most: memory
  private static final long BUDGET = 60_000_000; // nanoseconds a shape
  private static final int TIMES = 2; // of which the faster counts

  private final ModelShape shape;
  private final int tokens;
  private final int threads;

  /**
   * @param batch rows a step
   */
  public Products(ModelShape shape, int batch, int threads) {
    this.shape = shape;
    this.tokens = Math.multiplyExact(batch, shape.context());
    this.threads = threads;
  }

  /** All that a step multiplies. */
  public List<Product> time() {
    openblas_nolapack.blas_set_num_threads(1);
    int attention = shape.heads() * shape.headWidth();
    int keys = shape.kvHeads() * shape.headWidth();
    boolean gated = shape.family() != ModelShape.Family.GPT2;
    List<Product> products = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      products.add(linear(pool, "qkv", attention + 2 * keys, shape.width(), shape.layers()));
      products.add(linear(pool, "out", shape.width(), attention, shape.layers()));
      products.add(
          linear(pool, "up", (gated ? 2 : 1) * shape.inner(), shape.width(), shape.layers()));
      products.add(linear(pool, "down", shape.width(), shape.inner(), shape.layers()));
      products.add(linear(pool, "head", shape.vocabulary(), shape.width(), 1));
      double flops = 6.0 * shape.layers() * attention * shape.context() * tokens;
      int context = shape.context();
      products.add(
          new Product(
              "attention",
              context,
              context,
              shape.headWidth(),
              flops,
              rate(pool, context, Math.min(context, COLUMNS), shape.headWidth())));
    } finally {
      pool.shutdownNow();
    }
    return products;
  }

  private Product linear(ExecutorService pool, String name, int columns, int inner, int times) {
    int most = Math.max(1, tokens / threads);
    double best = 0;
    int bestRows = 0;
    for (int wanted : ROWS) {
      int rows = Math.min(wanted, most);
      double rate = rate(pool, rows, Math.min(columns, COLUMNS), inner);
      if (rate > best) {
        best = rate;
        bestRows = rows;
      }
    }
    return new Product(
        name, bestRows, columns, inner, 6.0 * tokens * columns * inner * times, best);
  }

  private double rate(ExecutorService pool, int rows, int columns, int inner) {
    double best = 0;
    for (int time = 0; time < TIMES; time++) {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<Double>> rates = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        rates.add(pool.submit(() -> one(start, rows, columns, inner)));
      }
      double sum = 0;
      for (Future<Double> rate : rates) {
        sum += get(rate);
      }
      best = Math.max(best, sum);
    }
    return best;
  }

  private static double get(Future<Double> rate) {
    try {
      return rate.get();
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while products were timed", leaving);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a product failed", failed.getCause());
    }
  }

  private static double one(CyclicBarrier start, int rows, int columns, int inner)
      throws Exception {
    try (FloatPointer x = random((long) rows * inner);
        FloatPointer w = random((long) columns * inner);
        FloatPointer y = random((long) rows * columns)) {
      all(x, w, y, rows, columns, inner); // pages touched, buffers of the library taken
      start.await();
      long began = System.nanoTime();
      long took;
      int calls = 0;
      do {
        all(x, w, y, rows, columns, inner);
        calls++;
        took = System.nanoTime() - began;
      } while (took < BUDGET);
      return 6.0 * rows * columns * inner * calls / (took / 1e9);
    }
  }

  /** Forward, input gradient, weight gradient; small factors keep the values finite. */
  private static void all(
      FloatPointer x, FloatPointer w, FloatPointer y, int rows, int columns, int inner) {
    int row = openblas_nolapack.CblasRowMajor;
    int no = openblas_nolapack.CblasNoTrans;
    int yes = openblas_nolapack.CblasTrans;
    float one = 1e-3f;
    openblas_nolapack.cblas_sgemm(
        row, no, yes, rows, columns, inner, one, x, inner, w, inner, 0, y, columns);
    openblas_nolapack.cblas_sgemm(
        row, no, no, rows, inner, columns, one, y, columns, w, inner, 0.5f, x, inner);
    openblas_nolapack.cblas_sgemm(
        row, yes, no, columns, inner, rows, one, y, columns, x, inner, 0.5f, w, inner);
  }

  private static FloatPointer random(long count) {
    SplittableRandom random = new SplittableRandom(count);
    FloatPointer values = new FloatPointer(count);
    float[] part = new float[8192];
    for (long at = 0; at < count; at += part.length) {
      int length = (int) Math.min(part.length, count - at);
      for (int i = 0; i < length; i++) {
        part[i] = (float) (random.nextDouble() - 0.5);
      }
      values.position(at).put(part, 0, length);
    }
    return values.position(0);
  }
}
