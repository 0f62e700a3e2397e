package dev.rootstock.contract.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A bucket on loopback for tests of other modules: the store's S3 server as a process. While it is
 * open, stores of this process find it too. One at a time in a process.
 */
public final class BucketServer implements AutoCloseable {
  private static final String BUCKET = "acme-models";
  private static final Path STORE = Path.of("infra", "store", "target");
  private static final long PATIENCE = 20; // seconds
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "local-identity",
          "AWS_SECRET_ACCESS_KEY", "local-credential",
          "AWS_REGION", "us-east-1");

  private final Process process;
  private final URI endpoint;

  private BucketServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Where the store's tests are compiled; empty if a build has left them out. */
  public static Optional<Path> built() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve(STORE).getParent())) {
      here = here.getParent();
    }
    return Optional.ofNullable(here)
        .map(home -> home.resolve(STORE))
        .filter(target -> Files.exists(target.resolve("server.classpath")))
        .filter(target -> Files.isDirectory(target.resolve("test-classes")));
  }

  /**
   * Starts one.
   *
   * @param folder empty; its objects lie there
   */
  public static BucketServer start(Path folder) throws IOException {
    Path target = built().orElseThrow();
    String classPath =
        String.join(
            File.pathSeparator,
            target.resolve("test-classes").toString(),
            target.resolve("classes").toString(),
            Files.readString(target.resolve("server.classpath")).strip());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "dev.rootstock.store.S3Server",
                folder.toString(),
                BUCKET)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said = process.inputReader();
    String port = Optional.ofNullable(said.readLine()).orElseThrow();
    BucketServer server = new BucketServer(process, URI.create("http://127.0.0.1:" + port));
    System.setProperty("aws.endpointUrlS3", server.endpoint.toString());
    System.setProperty("aws.accessKeyId", CREDENTIALS.get("AWS_ACCESS_KEY_ID"));
    System.setProperty("aws.secretAccessKey", CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"));
    System.setProperty("aws.region", CREDENTIALS.get("AWS_REGION"));
    return server;
  }

  /** {@code s3://BUCKET/NAME}. */
  public URI at(String name) {
    return URI.create("s3://" + BUCKET + "/" + name);
  }

  /** What a process needs in its environment to find it. */
  public Map<String, String> environment() {
    Map<String, String> all = new java.util.TreeMap<>(CREDENTIALS);
    all.put("AWS_ENDPOINT_URL_S3", endpoint.toString());
    return all;
  }

  /** Puts files under a name. */
  public void put(String name, List<Path> files) throws IOException {
    try (ArtifactStore store = Stores.open(at(name))) {
      for (Path file : files) {
        store.publish(file, file.getFileName().toString());
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (String name :
        List.of("aws.endpointUrlS3", "aws.accessKeyId", "aws.secretAccessKey", "aws.region")) {
      System.clearProperty(name);
    }
    process.outputWriter().close();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException leaving) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
