package dev.rootstock.preprocess;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.store.BucketServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink session cluster on loopback: a JobManager and TaskManagers of two slots, each a process
 * that has Flink and what Flink needs on its class path, and nothing of Rootstock or Beam. Workers
 * reach a bucket, where the store's tests are compiled.
 */
final class FlinkClusterExtension implements BeforeAllCallback, AfterAllCallback {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String TASK_MANAGER =
      "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long PAUSE = 100; // milliseconds between looks

  /** What Flink's own distribution brings along, by the beginnings of file names. */
  private static final List<String> DISTRIBUTION =
      List.of(
          "flink-",
          "commons-",
          "kryo-",
          "minlog-",
          "objenesis-",
          "chill-java-",
          "javassist-",
          "snappy-java-",
          "lz4-java-",
          "aircompressor-",
          "jsr305-",
          "slf4j-",
          "snakeyaml-engine-",
          "async-profiler-");

  /** What Flink 1.19 opens for itself by its default settings. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> workers = new ArrayList<>();
  private Path folder = Path.of("");
  private String classPath = "";
  private int port;
  private Process manager;
  private Optional<BucketServer> bucket = Optional.empty();
  private int started;

  /** {@code host:port} of the REST address. */
  String master() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    folder = Files.createTempDirectory("flink-cluster");
    classPath =
        Stream.of(
                Files.readString(Path.of("target", "program.classpath")).split(File.pathSeparator))
            .map(String::strip)
            .filter(
                jar ->
                    DISTRIBUTION.stream()
                        .anyMatch(Path.of(jar).getFileName().toString()::startsWith))
            .collect(Collectors.joining(File.pathSeparator));
    if (BucketServer.built().isPresent()) {
      bucket = Optional.of(BucketServer.start(Files.createDirectory(folder.resolve("bucket"))));
    }
    port = freePort();
    Files.writeString(folder.resolve("flink-conf.yaml"), settings(freePort()));
    manager = start("jobmanager", JOB_MANAGER, 384);
    startWorker();
    awaitSlots(2);
  }

  private String settings(int rpc) {
    return String.join(
        "\n",
        "jobmanager.rpc.address: 127.0.0.1",
        "jobmanager.bind-host: 127.0.0.1",
        "jobmanager.rpc.port: " + rpc,
        "rest.address: 127.0.0.1",
        "rest.bind-address: 127.0.0.1",
        "rest.port: " + port,
        "taskmanager.host: 127.0.0.1",
        "taskmanager.bind-host: 127.0.0.1",
        "taskmanager.numberOfTaskSlots: 2",
        "taskmanager.cpu.cores: 2.0",
        // All parts of a worker's memory, as the distribution's script would work them out.
        "taskmanager.memory.framework.heap.size: 64m",
        "taskmanager.memory.framework.off-heap.size: 64m",
        "taskmanager.memory.task.heap.size: 384m",
        "taskmanager.memory.task.off-heap.size: 64m",
        "taskmanager.memory.managed.size: 96m",
        "taskmanager.memory.network.min: 128m",
        "taskmanager.memory.network.max: 128m",
        "taskmanager.memory.jvm-metaspace.size: 192m",
        "taskmanager.memory.jvm-overhead.min: 64m",
        "taskmanager.memory.jvm-overhead.max: 64m",
        "heartbeat.interval: 1000",
        "heartbeat.timeout: 8000",
        "io.tmp.dirs: " + folder,
        "");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Empty where a build has left out the store's tests. */
  Optional<BucketServer> bucket() {
    return bucket;
  }

  /** Starts one more TaskManager; it takes part some seconds later. */
  Process startWorker() throws IOException {
    Process worker = start("taskmanager-" + started++, TASK_MANAGER, 512);
    workers.add(worker);
    return worker;
  }

  List<Process> workers() {
    return List.copyOf(workers);
  }

  private Process start(String name, String main, int heap) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"));
    OPENED.forEach(name1 -> line.add("--add-opens=java.base/" + name1 + "=ALL-UNNAMED"));
    line.addAll(List.of("-cp", classPath, main, "--configDir", folder.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    bucket.ifPresent(server -> builder.environment().putAll(server.environment()));
    return builder.start();
  }

  /** Waits until the cluster has so many slots. */
  void awaitSlots(int wanted) throws Exception {
    await(
        "slots",
        () -> get("/overview").get("slots-total") instanceof Number n && n.intValue() == wanted);
  }

  /** Names and states of all jobs that there have been. */
  Map<String, String> jobs() throws Exception {
    Map<String, String> states = new java.util.TreeMap<>();
    for (Object entry : (List<?>) get("/jobs/overview").get("jobs")) {
      Map<?, ?> job = (Map<?, ?>) entry;
      states.put((String) job.get("name"), (String) job.get("state"));
    }
    return states;
  }

  /** Whether a worker is at a job of that name. */
  boolean hasRunningTask(String prefix, String suffix) throws Exception {
    for (Object entry : (List<?>) get("/jobs/overview").get("jobs")) {
      Map<?, ?> job = (Map<?, ?>) entry;
      String name = (String) job.get("name");
      if (name.startsWith(prefix)
          && name.endsWith(suffix)
          && job.get("state").equals("RUNNING")
          && ((Map<?, ?>) job.get("tasks")).get("running") instanceof Number running
          && running.intValue() > 0) {
        return true;
      }
    }
    return false;
  }

  private Map<?, ?> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + master() + path)).build();
    return (Map<?, ?>)
        Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** A condition that may ask a server which is not up yet. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits for a condition; fails with all logs. */
  void await(String what, Condition condition) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException notYet) {
        // asked again
      }
      Thread.sleep(PAUSE);
    }
    throw new AssertionError(what + " did not come about\n" + logs());
  }

  /** The ends of all processes' logs. */
  String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = Files.readAllLines(log);
        text.append(log.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 30), lines.size())
            .forEach(line -> text.append("  ").append(line).append('\n'));
      }
    }
    return text.toString();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    List<Process> all = new ArrayList<>(workers);
    if (manager != null) {
      all.add(manager);
    }
    all.forEach(Process::destroy);
    for (Process process : all) {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    if (bucket.isPresent()) {
      bucket.get().close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
