package dev.rootstock.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Rows by their place in the order of training. Holds one window, and fetches the next while that
 * is trained on. Not thread-safe.
 */
final class RowWindows implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5); // for a request to give up

  private final TokenShards shards;
  private final ExecutorService fetching =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fetch-tokens");
            thread.setDaemon(true);
            return thread;
          });
  private Fetched held;
  private Fetched next;

  /** A window that is there or on its way. */
  private record Fetched(int[] groups, Future<TokenRows> rows) {
    boolean is(int[] wanted) {
      return Arrays.equals(groups, wanted);
    }
  }

  RowWindows(TokenShards shards) {
    this.shards = shards;
  }

  TokenRow read(RowOrder.Place place) throws IOException {
    if (held == null || !held.is(place.groups())) {
      Fetched wanted = next != null && next.is(place.groups()) ? next : fetch(place.groups());
      drop(held);
      if (next != wanted) {
        drop(next);
      }
      held = wanted;
      next = null;
    }
    TokenRows rows = Waiting.result(held.rows());
    if (next == null && !held.is(place.following())) {
      next = fetch(place.following());
    }
    return rows.read(place.row());
  }

  private Fetched fetch(int[] groups) {
    return new Fetched(groups, fetching.submit(() -> TokenRows.of(shards, groups)));
  }

  /** Closes a window once it is there; what is on its way is waited for by the fetching thread. */
  private void drop(Fetched window) {
    if (window != null) {
      fetching.submit(
          () -> {
            try {
              Waiting.result(window.rows()).close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Override
  public void close() throws IOException {
    fetching.shutdownNow();
    try {
      fetching.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Fetched window : new Fetched[] {held, next}) {
      if (window != null && window.rows().isDone() && !window.rows().isCancelled()) {
        try {
          window.rows().get().close();
        } catch (ExecutionException | InterruptedException e) {
          // Nothing was opened, or it was closed when fetching failed.
        }
      }
    }
  }
}
