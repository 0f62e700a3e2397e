package dev.rootstock.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * An S3 server as a process of its own, for tests of programs whose class path has other versions
 * of what the server needs: {@code S3Server FOLDER BUCKET}. Takes any credentials, prints its port,
 * and leaves when its standard input ends.
 */
final class S3Server {
  private S3Server() {}

  public static void main(String[] arguments) throws Exception {
    S3Proxy server = start(Path.of(arguments[0]), arguments[1]);
    System.out.println(server.getPort());
    System.in.transferTo(System.err);
    server.stop();
  }

  private static S3Proxy start(Path folder, String bucket) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toString());
    BlobStore blobs = BlobStores.create("filesystem", properties);
    blobs.createContainer(bucket);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    return server;
  }
}
