package dev.rootstock.console.server;

import io.temporal.client.WorkflowClient;
import java.util.Map;

/** A Temporal server that answers. Thread-safe. */
public interface TemporalServer extends AutoCloseable {
  WorkflowClient client();

  /** One line for people: which server, and what that means. No key is in it. */
  String words();

  /** The same for programs. */
  Map<String, Object> facts();

  /** Whether runs go on when this process ends. */
  boolean outlivesThisProcess();

  @Override
  void close();
}
