package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Conversation;
import dev.rootstock.console.Engines;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.engine.GenerateOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Prompts from standard input, each answered by one model that stays loaded. Not thread-safe. */
final class Chat {
  private final Terminal terminal;
  private final Platform platform;

  Chat(Terminal terminal, Platform platform) {
    this.terminal = terminal;
    this.platform = platform;
  }

  /**
   * Answers until an empty line or the end of input.
   *
   * @param patience how long the first line is waited for; empty: for ever
   */
  void hold(
      String place, ModelVersion version, Engines.Sampling sampling, Optional<Duration> patience)
      throws IOException {
    String root = platform.store(place).root().toString();
    try (Conversation conversation =
        platform.engines().converse(root, version.checkpoint(), sampling)) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      ask();
      for (String line = first(lines, patience);
          line != null && !line.isBlank();
          line = lines.readLine()) {
        if (sampling.form() == GenerateOrder.Form.PLAIN) {
          terminal.out().print(line);
        }
        conversation.answer(line, this::say);
        terminal.out().println();
        terminal.out().flush();
        ask();
      }
    }
    terminal.say("");
  }

  private void say(String piece) {
    terminal.out().print(piece);
    terminal.out().flush();
  }

  private static String first(BufferedReader lines, Optional<Duration> patience)
      throws IOException {
    if (patience.isEmpty()) {
      return lines.readLine();
    }
    CompletableFuture<String> line = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                line.complete(lines.readLine());
              } catch (IOException broken) {
                line.completeExceptionally(broken);
              }
            },
            "first-prompt");
    reader.setDaemon(true); // a read of a terminal can not be called off
    reader.start();
    try {
      return line.get(patience.get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      return null;
    } catch (ExecutionException broken) {
      throw new IOException(broken.getCause());
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void ask() {
    terminal.err().print("you> ");
    terminal.err().flush();
  }
}
