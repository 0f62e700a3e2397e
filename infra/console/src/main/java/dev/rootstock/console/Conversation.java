package dev.rootstock.console;

import dev.rootstock.activities.engine.EngineCommand;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Piece;
import dev.rootstock.contract.engine.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A model that stays loaded and answers one line after another. Not thread-safe. */
public final class Conversation implements AutoCloseable {
  private final Process engine;
  private final BufferedReader answers;
  private final Path folder;
  private final Path log;

  private Conversation(Process engine, Path folder, Path log) {
    this.engine = engine;
    this.answers = engine.inputReader(StandardCharsets.UTF_8);
    this.folder = folder;
    this.log = log;
  }

  static Conversation start(
      EngineCommand command, GenerateOrder order, Workspace workspace, Path log)
      throws IOException {
    Files.createDirectories(workspace.engines());
    Files.createDirectories(log.getParent());
    Path folder = Files.createTempDirectory(workspace.engines(), "chat-");
    Path spec = folder.resolve("order.json");
    Files.writeString(spec, CanonicalJson.pretty(order));
    List<String> line = new ArrayList<>(command.line());
    line.addAll(List.of("generate", spec.toString(), folder.resolve("result.json").toString()));
    ProcessBuilder process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process.environment().putAll(command.environment());
    return new Conversation(process.start(), folder, log);
  }

  /**
   * What follows a prompt, as it is written.
   *
   * @param pieces hears it in pieces of whole characters
   * @return all of it
   * @throws Refused if the model can not answer it, or the engine has ended
   */
  public String answer(String prompt, Consumer<String> pieces) {
    try {
      OutputStream input = engine.getOutputStream();
      input.write((Json.line(prompt) + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith("{\"piece\"")) {
          pieces.accept(CanonicalJson.read(line, Piece.class).piece());
        } else if (line.startsWith("{\"text\"")
            || line.contains("\"problem\"")) { // all else is progress
          Reply reply = CanonicalJson.read(line, Reply.class);
          if (reply.problem().isPresent()) {
            throw new Refused(reply.problem().get());
          }
          return reply.text();
        }
      }
    } catch (IOException | InvalidConfig broken) {
      throw new Refused(
          "the model stopped answering: " + broken.getMessage() + "\nIts log: " + log, broken);
    }
    throw new Refused("the model stopped answering.\nIts log: " + log);
  }

  @Override
  public void close() {
    try {
      engine.getOutputStream().close(); // its sign to leave
      if (!engine.waitFor(5, TimeUnit.SECONDS)) {
        engine.toHandle().destroyForcibly();
      }
      Files.deleteIfExists(folder.resolve("order.json"));
      Files.deleteIfExists(folder.resolve("result.json"));
      Files.deleteIfExists(folder);
    } catch (IOException gone) {
      engine.toHandle().destroyForcibly();
    } catch (InterruptedException leaving) {
      engine.toHandle().destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
