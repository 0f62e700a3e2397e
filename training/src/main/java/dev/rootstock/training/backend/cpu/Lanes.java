package dev.rootstock.training.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** All lanes, each with a thread of its own; the first uses the caller's. */
final class Lanes implements AutoCloseable {
  private final List<Lane> lanes = new ArrayList<>();
  private final ExecutorService threads;

  Lanes(int count) {
    for (int i = 0; i < count; i++) {
      lanes.add(new Lane(i));
    }
    threads =
        Executors.newFixedThreadPool(
            Math.max(1, count - 1),
            task -> {
              Thread thread = new Thread(task, "lane");
              thread.setDaemon(true);
              return thread;
            });
  }

  int count() {
    return lanes.size();
  }

  Lane first() {
    return lanes.get(0);
  }

  /** Returns when every lane is done. */
  void run(Consumer<Lane> work) {
    List<Future<?>> others = new ArrayList<>();
    for (Lane lane : lanes.subList(1, lanes.size())) {
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
    lanes.forEach(Lane::close);
  }
}
