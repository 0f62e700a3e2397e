package dev.rootstock.console.server;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server within this process, without an open port. It forgets everything when the process ends;
 * the store does not.
 */
final class EmbeddedServer implements TemporalServer {
  private final TestServer.InProcessTestServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private EmbeddedServer(
      TestServer.InProcessTestServer server, WorkflowServiceStubs stubs, WorkflowClient client) {
    this.server = server;
    this.stubs = stubs;
    this.client = client;
  }

  static EmbeddedServer start(DataConverter converter) {
    TestServer.InProcessTestServer server =
        TestServer.createServer(true); // locked: time does not skip
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(server.getChannel()).build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setNamespace("default")
                .setDataConverter(converter)
                .build());
    return new EmbeddedServer(server, stubs, client);
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String words() {
    return "Temporal: inside this process. Runs end with it; finished stages and checkpoints stay. To keep runs:"
        + " rootstock server, or let TEMPORAL_ADDRESS name one.";
  }

  @Override
  public Map<String, Object> facts() {
    return Map.of("server", "embedded");
  }

  @Override
  public boolean outlivesThisProcess() {
    return false;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(1, TimeUnit.SECONDS);
    server.close();
  }
}
