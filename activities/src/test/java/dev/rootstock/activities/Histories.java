package dev.rootstock.activities;

import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps the histories of these runs where {@code -Drootstock.histories=FOLDER} says: that is how the ones are made that
 * the definitions' tests replay. They are only ever added.
 */
final class Histories {
  private Histories() {}

  static void keep(WorkflowClient client, String id, String type, String name) throws IOException {
    String folder = System.getProperty("rootstock.histories");
    if (folder != null) {
      Path file = Path.of(folder).resolve(type).resolve(name + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, client.fetchHistory(id).toJson(true) + "\n");
    }
  }
}
