package dev.rootstock.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket, or the part of one below a prefix, as a store. Relies on {@code If-None-Match: *}
 * alone, and on that only after {@link StoreProbe}. Works with credentials that may only read;
 * {@code publish} then says so. Thread-safe.
 */
public final class S3Store implements ArtifactStore {
  private static final int PAGE = 1000;

  private final S3Objects objects;
  private final StoreProbe probe;

  private S3Store(S3Objects objects) {
    this.objects = objects;
    this.probe = new StoreProbe(objects);
  }

  /**
   * Opens the store at {@code s3://bucket/prefix}, by AWS's usual settings and the credentials of
   * its default chain. Asks for one key, to make sure that the bucket can be read.
   *
   * @throws InvalidConfig if the URI or a setting is malformed, the bucket does not exist or may
   *     not be read
   */
  public static S3Store open(URI root) throws IOException {
    return open(root, S3Settings.fromEnvironment(), PAGE);
  }

  static S3Store open(URI root, S3Settings settings, int pageSize) throws IOException {
    S3Place place = S3Place.of(root);
    S3Client client = settings.client();
    S3Objects objects =
        new S3Objects(client, place, new S3Faults(place, settings.where()), pageSize);
    try {
      objects.greet();
    } catch (IOException | RuntimeException unfit) {
      client.close();
      throw unfit;
    }
    return new S3Store(objects);
  }

  @Override
  public URI root() {
    return objects.place().uri();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidConfig if the bucket may not be written to, or its server ignores
   *     create-if-absent
   */
  @Override
  public void publish(Path file, String key) throws IOException {
    Keys.sound(key);
    probe.pass();
    objects.create(file, key);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidConfig if the bucket may not be written to, or its server ignores
   *     create-if-absent
   */
  @Override
  public void publish(byte[] bytes, String key) throws IOException {
    Keys.sound(key);
    probe.pass();
    objects.create(bytes, key);
  }

  @Override
  public byte[] read(String key) throws IOException {
    try (InputStream bytes = open(key)) {
      return bytes.readAllBytes();
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) throws IOException {
    Keys.sound(key);
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException(
          "offset " + offset + " and length " + length + " must not be negative");
    }
    if (length == 0) {
      size(key).orElseThrow(() -> new NoSuchFileException(key));
      return new byte[0];
    }
    try (InputStream bytes = objects.open(key, offset, offset + length)) {
      return bytes.readAllBytes();
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    return objects.open(Keys.sound(key), 0, Long.MAX_VALUE);
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    return objects
        .head(Keys.sound(key))
        .map(head -> OptionalLong.of(head.contentLength()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return objects.list(Keys.soundPrefix(prefix));
  }

  @Override
  public void delete(String key) throws IOException {
    objects.delete(Keys.sound(key));
  }

  @Override
  public void close() {
    objects.client().close();
  }
}
