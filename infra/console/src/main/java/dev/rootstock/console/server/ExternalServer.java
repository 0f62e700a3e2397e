package dev.rootstock.console.server;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that somebody runs: a cluster, Temporal Cloud, or a development server. */
final class ExternalServer implements TemporalServer {
  private final ClientConfigProfile profile;
  private final String namespace;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;

  private ExternalServer(
      ClientConfigProfile profile,
      String namespace,
      WorkflowServiceStubs stubs,
      WorkflowClient client) {
    this.profile = profile;
    this.namespace = namespace;
    this.stubs = stubs;
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param origin where the address was named, for messages: {@code TEMPORAL_ADDRESS}
   * @throws NoAnswer after {@code patience}, or at once where the answer is no
   */
  static ExternalServer connect(
      ClientConfigProfile profile, String origin, DataConverter converter, Duration patience) {
    String address = profile.getAddress();
    WorkflowServiceStubsOptions options;
    WorkflowClientOptions clientOptions;
    try {
      options =
          WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
              .setSystemInfoTimeout(patience)
              .build();
      clientOptions = profile.toWorkflowClientOptions();
    } catch (RuntimeException unfit) {
      throw new NoAnswer(
          "The settings for "
              + address
              + " (from "
              + origin
              + ") can not be used: "
              + unfit.getMessage(),
          unfit);
    }
    String namespace =
        clientOptions.getNamespace() == null ? "default" : clientOptions.getNamespace();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      stubs.connect(patience);
      stubs
          .blockingStub()
          .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
    } catch (RuntimeException refused) {
      stubs.shutdownNow();
      throw new NoAnswer(refusal(address, origin, namespace, patience, refused), refused);
    }
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder(clientOptions)
                .setNamespace(namespace)
                .setDataConverter(converter)
                .build());
    return new ExternalServer(profile, namespace, stubs, client);
  }

  private static String refusal(
      String address,
      String origin,
      String namespace,
      Duration patience,
      RuntimeException refused) {
    String server = address + " (from " + origin + ")";
    Status status =
        refused instanceof StatusRuntimeException grpc ? grpc.getStatus() : Status.UNKNOWN;
    return switch (status.getCode()) {
      case NOT_FOUND ->
          server
              + " has no namespace "
              + namespace
              + ". Create it (temporal operator namespace create -n "
              + namespace
              + "), or let TEMPORAL_NAMESPACE name another.";
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          server
              + " does not let us into namespace "
              + namespace
              + ": "
              + status.getDescription()
              + ". Check TEMPORAL_API_KEY or the certificate.";
      default ->
          "No answer from "
              + server
              + " in "
              + patience.toSeconds()
              + " s: "
              + cause(refused)
              + ". Unset it to work locally.";
    };
  }

  /** The innermost cause: "Connection refused" says more than UNAVAILABLE. */
  private static String cause(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String message =
        (deepest instanceof UnknownHostException ? "unknown host " : "")
            + String.valueOf(deepest.getMessage());
    return message.replaceAll("(?s)\\s*\\n.*", "");
  }

  @Override
  public WorkflowClient client() {
    return client;
  }

  @Override
  public String words() {
    boolean key = profile.getApiKey() != null;
    boolean tls = key || profile.getTls() != null;
    String secured = tls ? (key ? ", TLS + API key" : ", TLS") : "";
    return "Temporal: " + profile.getAddress() + ", namespace " + namespace + secured + ".";
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("server", "external");
    facts.put("address", profile.getAddress());
    facts.put("namespace", namespace);
    return facts;
  }

  @Override
  public boolean outlivesThisProcess() {
    return true;
  }

  @Override
  public void close() {
    stubs.shutdown();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
  }
}
