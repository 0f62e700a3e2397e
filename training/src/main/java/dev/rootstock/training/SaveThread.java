package dev.rootstock.training;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes one checkpoint at a time beside the training. Used by one thread. */
final class SaveThread implements AutoCloseable {
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "checkpoint");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> running;
  private long step;

  /** Writes one checkpoint. */
  @FunctionalInterface
  interface Save {
    void write() throws IOException;
  }

  /** Whether a checkpoint is being written. */
  boolean busy() {
    return running != null && !running.isDone();
  }

  /**
   * Begins to write; there is none being written.
   *
   * @param step for messages
   */
  void begin(long step, Save save) {
    this.step = step;
    running =
        writer.submit(
            () -> {
              save.write();
              return null;
            });
  }

  /** Throws what the last save failed with, if it has. Does not wait. */
  void check() throws IOException {
    if (!busy()) {
      await();
    }
  }

  /** Waits for the checkpoint that is being written, and throws what it failed with. */
  void await() throws IOException {
    if (running == null) {
      return;
    }
    Future<?> last = running;
    try {
      last.get();
      running = null;
    } catch (ExecutionException failed) {
      running = null;
      throw reason(failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while step " + step + " was being saved", interrupted);
    }
  }

  private IOException reason(Throwable cause) {
    if (cause instanceof RuntimeException told) { // fenced, for example
      throw told;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException("step " + step + " could not be saved: " + cause.getMessage(), cause);
  }

  /** Waits for the last save, so that nothing it uses is closed under it. */
  @Override
  public void close() throws IOException {
    writer.shutdown();
    await();
  }
}
