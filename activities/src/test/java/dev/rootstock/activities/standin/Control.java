package dev.rootstock.activities.standin;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.Hopeless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * What a test wants of its stand-in engines, as files in one folder: {@code <verb>} holds a word
 * and a number.
 */
final class Control {
  static final String FOLDER = "standin.control";

  private final Path folder = Path.of(System.getProperty(FOLDER));
  private final String verb;

  Control(String verb) {
    this.verb = verb;
  }

  /** Leaves a trace of this start, with the process' number in it. */
  void started() throws IOException {
    String pid = String.valueOf(ProcessHandle.current().pid());
    Files.writeString(folder.resolve("started-" + verb + "-" + UUID.randomUUID()), pid);
  }

  /** Fails in the way that a file named for the verb, or for {@code detail} too, asks for. */
  void misbehave(String detail) throws IOException, InterruptedException {
    misbehave(folder.resolve(verb));
    misbehave(folder.resolve(verb + "-" + detail));
  }

  private void misbehave(Path file) throws IOException, InterruptedException {
    String[] words = text(file).split(" ");
    switch (words[0]) {
      case "invalid" ->
          throw new InvalidConfig(
              List.of(Problem.of("a", "1", "2"), Problem.of("b.0", "\"x\"", "y", "Remove it.")));
      case "diverge" -> throw new Hopeless("Diverged", "the loss is no longer a number at step 3");
      case "hang" -> Thread.sleep(600_000);
      case "exit" -> {
        if (words.length > 2) { // so many times
          int left = Integer.parseInt(words[2]) - 1;
          Files.writeString(file, left > 0 ? "exit " + words[1] + " " + left : "");
        }
        System.err.println("the stand-in breaks with " + words[1]);
        Runtime.getRuntime().halt(Integer.parseInt(words[1]));
      }
      default -> {
        // well-behaved
      }
    }
  }

  /** Milliseconds that a step takes. */
  long pace() throws IOException {
    String text = text(folder.resolve("pace"));
    return text.isEmpty() ? 1 : Long.parseLong(text);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException nothingAsked) {
      return "";
    }
  }
}
