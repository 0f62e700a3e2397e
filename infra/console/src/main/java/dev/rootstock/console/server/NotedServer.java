package dev.rootstock.console.server;

import io.temporal.client.WorkflowClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** The local server of a workspace, which this process uses and does not end. */
final class NotedServer implements TemporalServer {
  private final ExternalServer server;
  private final LocalServer.Note note;

  NotedServer(ExternalServer server, LocalServer.Note note) {
    this.server = server;
    this.note = note;
  }

  @Override
  public WorkflowClient client() {
    return server.client();
  }

  @Override
  public String words() {
    return note.words();
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>(server.facts());
    facts.put("server", "local");
    facts.put("version", note.version());
    facts.put("page", note.page());
    facts.put("file", note.file());
    return facts;
  }

  @Override
  public boolean outlivesThisProcess() {
    return true;
  }

  @Override
  public void close() {
    server.close();
  }
}
