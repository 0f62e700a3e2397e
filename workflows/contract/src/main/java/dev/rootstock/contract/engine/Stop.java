package dev.rootstock.contract.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Whether an engine has been asked to save and leave: by SIGTERM, or because its parent closed its
 * standard input and so is gone. Thread-safe.
 */
public final class Stop {
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private volatile boolean asked;

  /** Whether to save and leave at the next step boundary. */
  public boolean asked() {
    return asked;
  }

  /** Asks. */
  public void ask() {
    asked = true;
    lines.add(Optional.empty());
  }

  /**
   * Waits for the parent's next line on standard input; empty once the engine is asked to leave.
   */
  public Optional<String> line() throws InterruptedException {
    return lines.take();
  }

  /** Asks once {@code parent} is at its end; reads it to that end on a daemon thread. */
  void watch(InputStream parent) {
    Thread watcher = new Thread(() -> follow(parent), "parent-watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void follow(InputStream parent) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(parent, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException closed) {
      // the parent is gone all the same
    }
    ask();
  }
}
