package dev.rootstock.training.data;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** What another thread fetches, with its faults as if they had happened here. */
final class Waiting {
  private Waiting() {}

  static <T> T result(Future<T> fetched) throws IOException {
    try {
      return fetched.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(cause.getMessage(), cause);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while tokens were fetched", e);
    }
  }
}
