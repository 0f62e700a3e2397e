package dev.rootstock.training.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All lanes, each with a thread of its own; the first uses the caller's. They are the only threads
 * that compute: those of ND4J and OpenBLAS are held to one. Used by one thread at a time.
 *
 * @param <L> one thread's share of the work
 */
public final class Lanes<L> implements AutoCloseable {
  private final List<L> lanes = new ArrayList<>();
  private final Consumer<L> release;
  private long spent; // nanoseconds
  private final ExecutorService threads;

  /**
   * @param make a lane of its number, from 0
   * @param release frees what a lane holds
   */
  public Lanes(int count, IntFunction<L> make, Consumer<L> release) {
    int single = 1;
    Nd4j.getEnvironment().setMaxThreads(single);
    Nd4j.getEnvironment().setMaxMasterThreads(single);
    openblas_nolapack.blas_set_num_threads(single);
    for (int i = 0; i < count; i++) {
      lanes.add(make.apply(i));
    }
    this.release = release;
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, count - 1),
            task -> {
              Thread thread = new Thread(task, "lane");
              thread.setDaemon(true);
              return thread;
            });
  }

  public int count() {
    return lanes.size();
  }

  /** Seconds within {@link #run}, by the clock. */
  public double seconds() {
    return spent / 1e9;
  }

  /** All, while none of them works. */
  public List<L> all() {
    return List.copyOf(lanes);
  }

  public L first() {
    return lanes.get(0);
  }

  /** Returns when every lane is done. */
  public void run(Consumer<L> work) {
    long began = System.nanoTime();
    try {
      onAll(work);
    } finally {
      spent += System.nanoTime() - began;
    }
  }

  private void onAll(Consumer<L> work) {
    List<Future<?>> others = new ArrayList<>();
    for (L lane : lanes.subList(1, lanes.size())) {
      others.add(threads.submit(() -> work.accept(lane)));
    }
    RuntimeException failure = null;
    try {
      work.accept(first());
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Future<?> other : others) {
      try {
        join(other);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits even when interrupted: a lane still writes into memory that its caller would free. */
  private static void join(Future<?> work) {
    boolean interrupted = false;
    while (true) {
      try {
        work.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException("a lane failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    lanes.forEach(release);
  }
}
