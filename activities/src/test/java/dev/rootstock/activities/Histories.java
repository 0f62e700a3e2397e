package dev.rootstock.activities;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Keeps the histories of these runs where {@code -Drootstock.histories=FOLDER} says: that is how
 * the ones are made that the definitions' tests replay. They are only ever added. Places and names
 * of this machine are left out.
 */
final class Histories {
  private static final Pattern DATA = Pattern.compile("\"data\": \"([^\"]*)\"");
  private static final Pattern IDENTITY = Pattern.compile("\"identity\": \"[^\"]*\"");

  private Histories() {}

  static void keep(Ground ground, String id, String type, String name) throws IOException {
    keep(ground, WorkflowExecution.newBuilder().setWorkflowId(id).build(), type, name);
  }

  /** The same for one of several runs of a workflow. */
  static void keep(Ground ground, WorkflowExecution run, String type, String name)
      throws IOException {
    String folder = System.getProperty("rootstock.histories");
    if (folder != null) {
      WorkflowClient client = ground.client;
      String json =
          client
              .fetchHistory(run.getWorkflowId(), run.getRunId().isEmpty() ? null : run.getRunId())
              .toJson(true);
      String placeless =
          DATA.matcher(IDENTITY.matcher(json).replaceAll("\"identity\": \"worker\""))
              .replaceAll(match -> data(match, ground.folder.toString()))
              .replace(ground.folder.toString(), "/garden");
      Path file = Path.of(folder).resolve(type).resolve(name + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, placeless + "\n");
    }
  }

  private static String data(MatchResult match, String folder) {
    String text =
        new String(
            Base64.getDecoder().decode(match.group(1).replace("\\u003d", "=")),
            StandardCharsets.UTF_8);
    byte[] moved = text.replace(folder, "/garden").getBytes(StandardCharsets.UTF_8);
    return "\"data\": \"" + Base64.getEncoder().encodeToString(moved) + "\"";
  }
}
