package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Another program, in Python, that does the same work; its last line of standard output says what
 * came of it.
 *
 * @param python an interpreter that has what {@code infra/bench/requirements.txt} lists
 * @param script below {@code infra/bench}
 */
record PeerProcess(String python, Path script) {
  PeerProcess(String python, Path home, String script) {
    this(python, home.resolve("infra").resolve("bench").resolve(script));
  }

  /**
   * Runs it to its end.
   *
   * @param place for its log and its answer
   * @throws Refused if it fails
   */
  <T extends Record> T answer(Path place, List<String> arguments, Class<T> type) {
    List<String> line = new ArrayList<>(List.of(python, script.toString()));
    line.addAll(arguments);
    try {
      Files.createDirectories(place);
      Path log = place.resolve("log");
      Path answer = place.resolve("answer.json");
      Process peer =
          new ProcessBuilder(line)
              .redirectError(log.toFile())
              .redirectOutput(answer.toFile())
              .start();
      peer.getOutputStream().close();
      if (peer.waitFor() != 0) {
        List<String> words = Files.readAllLines(log);
        throw new Refused(
            "the peer ended with exit code "
                + peer.exitValue()
                + (words.isEmpty() ? "" : ": " + words.get(words.size() - 1))
                + "\nIts log: "
                + log
                + "\nIt needs: "
                + python
                + " -m pip install -r "
                + script.resolveSibling("requirements.txt"));
      }
      List<String> lines = Files.readAllLines(answer);
      return CanonicalJson.read(lines.get(lines.size() - 1), type);
    } catch (IOException unstarted) {
      throw new Refused(
          python + " can not be run: " + unstarted.getMessage() + "; name another interpreter",
          unstarted);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new Refused("the peer was interrupted", leaving);
    }
  }
}
