package dev.rootstock.activities.report;

import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A run's own files, {@code runs/<run>/…}. Where a run of the same name left another text, the new
 * one lies beside it as {@code report-2.md}; the highest number holds.
 */
public record RunFiles(ArtifactStore store, String run) {
  /** The folder, with a slash at its end. */
  public String home() {
    return "runs/" + run + "/";
  }

  /** Keeps a text, once; its key. */
  public String put(String name, String ending, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int number = 1; ; number++) {
      String key = key(name, ending, number);
      try {
        store.publish(bytes, key);
        return key;
      } catch (FileAlreadyExistsException taken) {
        if (Arrays.equals(store.read(key), bytes)) {
          return key;
        }
      }
    }
  }

  /** The text that holds, if there is one. */
  public Optional<String> read(String name, String ending) throws IOException {
    int number = 0;
    while (store.size(key(name, ending, number + 1)).isPresent()) {
      number++;
    }
    return number == 0
        ? Optional.empty()
        : Optional.of(new String(store.read(key(name, ending, number)), StandardCharsets.UTF_8));
  }

  private String key(String name, String ending, int number) {
    return home() + name + (number == 1 ? "" : "-" + number) + ending;
  }
}
