package dev.rootstock.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An S3 server in this process, on a free loopback port, with one bucket; the credentials are in
 * system properties.
 */
final class S3ServerExtension implements BeforeAllCallback, AfterAllCallback {
  static final String BUCKET = "acme-models";
  private static final String KEY = "local-identity";
  private static final String SECRET = "local-credential";
  private static final AtomicInteger PLACES = new AtomicInteger();

  private final AuthenticationType authentication;
  private Path folder;
  private S3Proxy server;

  private S3ServerExtension(AuthenticationType authentication) {
    this.authentication = authentication;
  }

  /** Checks signatures. */
  static S3ServerExtension signed() {
    return new S3ServerExtension(AuthenticationType.AWS_V2_OR_V4);
  }

  /** Checks none, so that a proxy may change a request's headers on the way. */
  static S3ServerExtension open() {
    return new S3ServerExtension(AuthenticationType.NONE);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    credentials();
    folder = Files.createTempDirectory("s3");
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    BlobStore blobs = BlobStores.create("filesystem", properties);
    blobs.createContainer(BUCKET);
    S3Proxy.Builder builder =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true);
    if (authentication != AuthenticationType.NONE) {
      builder.awsAuthentication(authentication, KEY, SECRET);
    }
    server = builder.build();
    server.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    server.stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What AWS's default chain finds first. */
  static void credentials() {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
  }

  int port() {
    return server.getPort();
  }

  URI endpoint() {
    return endpoint(port());
  }

  static URI endpoint(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A place in the bucket that nobody else uses. */
  static URI place() {
    return URI.create("s3://" + BUCKET + "/tests/" + PLACES.incrementAndGet());
  }

  /** A store there, at a server; with short patience, for a test should not wait long. */
  static S3Store open(URI endpoint, URI place, int attempts, int pageSize) throws IOException {
    return S3Store.open(place, new S3Settings(Optional.of(endpoint), true, attempts), pageSize);
  }
}
