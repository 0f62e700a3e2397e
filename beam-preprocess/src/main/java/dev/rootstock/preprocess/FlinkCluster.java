package dev.rootstock.preprocess;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.engine.Hopeless;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Flink session cluster, seen through its REST address: whether it is there, and what has become
 * of a job. Thread-safe.
 */
final class FlinkCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(40); // for a cluster to answer at all
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long PAUSE = 1_000; // milliseconds between attempts
  private static final String KIND = "NoCluster";

  private final String master;
  private final Duration patience;
  private final HttpClient client;

  /**
   * A job as the cluster tells of it.
   *
   * @param state Flink's word: {@code CREATED}, {@code RUNNING}, {@code RESTARTING}, {@code
   *     FINISHED}, …
   * @param finished of {@code tasks}
   */
  record Job(String id, String state, long finished, long tasks) {
    boolean isOver() {
      return List.of("FINISHED", "CANCELED", "FAILED").contains(state);
    }
  }

  FlinkCluster(String master) {
    this(master, PATIENCE);
  }

  /**
   * @param patience how long it may take to answer at all
   */
  FlinkCluster(String master, Duration patience) {
    this.master = master;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();
  }

  /**
   * Slots of all workers; 0 where workers are started only as they are needed.
   *
   * @param version that this engine's Flink speaks, as {@code 1.19}
   * @throws Hopeless {@code NoCluster} if there is no cluster, or one of another version
   */
  int slots(String version) throws InterruptedException {
    Map<?, ?> overview = patiently("/overview");
    String found = String.valueOf(overview.get("flink-version"));
    if (!found.startsWith(version + ".")) {
      throw new Hopeless(
          KIND,
          field() + ", which runs Flink " + found + "; this engine speaks " + version + " alone");
    }
    return overview.get("slots-total") instanceof Number slots ? slots.intValue() : 0;
  }

  private Map<?, ?> patiently(String path) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return get(path);
      } catch (IOException away) {
        if (System.nanoTime() > until) {
          throw new Hopeless(
              KIND,
              field()
                  + ", where no Flink cluster has answered for "
                  + patience.toSeconds()
                  + " seconds ("
                  + words(away)
                  + "); start it, or name the REST address of its JobManager");
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /** The job of that name; names are unique to an attempt. */
  Optional<Job> find(String name) throws IOException, InterruptedException {
    for (Object entry : (List<?>) get("/jobs/overview").get("jobs")) {
      Map<?, ?> job = (Map<?, ?>) entry;
      if (name.equals(job.get("name"))) {
        Map<?, ?> tasks = (Map<?, ?>) job.get("tasks");
        return Optional.of(
            new Job(
                (String) job.get("jid"),
                (String) job.get("state"),
                number(tasks.get("finished")),
                number(tasks.get("total"))));
      }
    }
    return Optional.empty();
  }

  /** Asks for a job's end, which comes later. */
  void cancel(Job job) throws IOException, InterruptedException {
    patch("/jobs/" + job.id() + "?mode=cancel", "");
  }

  /** Tells that whoever asked for the job will be there for that long: without, it is cancelled. */
  void stay(Job job, Duration more) throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + more.toMillis();
    patch("/jobs/" + job.id() + "/clientHeartbeat", "{\"expiredTimestamp\":" + until + "}");
  }

  private Map<?, ?> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).GET().build());
    try {
      return (Map<?, ?>) Json.parse(answer.body());
    } catch (IllegalArgumentException | ClassCastException other) {
      throw new IOException("the answer to " + path + " is not Flink's", other);
    }
  }

  private void patch(String path, String body) throws IOException, InterruptedException {
    send(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(ANSWER);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IOException(request.uri().getPath() + " is answered with " + answer.statusCode());
    }
    return answer;
  }

  private String field() {
    return "runner.flink.master is " + master;
  }

  private static String words(IOException away) {
    return away.getMessage() == null ? away.getClass().getSimpleName() : away.getMessage();
  }

  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
