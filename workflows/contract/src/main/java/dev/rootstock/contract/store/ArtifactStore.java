package dev.rootstock.contract.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * A place that keeps objects under keys and creates an object only if it is absent. Nothing is ever
 * changed: what must change is a {@link Series}. Keys are relative, parted by '/', see {@link
 * Keys}. All methods are thread-safe; a temporary fault of a remote store is retried inside and
 * surfaces as {@link IOException} only when it lasts.
 */
public interface ArtifactStore extends AutoCloseable {
  /** Where this store lies: {@code file:///…/} or {@code s3://bucket/prefix}. */
  URI root();

  /**
   * Creates an object from a file, whole or not at all.
   *
   * @throws FileAlreadyExistsException if the key is taken, whatever it holds
   */
  void publish(Path file, String key) throws IOException;

  /**
   * Creates an object from bytes, whole or not at all.
   *
   * @throws FileAlreadyExistsException if the key is taken, whatever it holds
   */
  void publish(byte[] bytes, String key) throws IOException;

  /**
   * Reads a whole object.
   *
   * @throws NoSuchFileException if there is none
   */
  byte[] read(String key) throws IOException;

  /**
   * Reads {@code length} bytes from {@code offset}, fewer only at the object's end.
   *
   * @throws NoSuchFileException if there is none
   */
  byte[] read(String key, long offset, int length) throws IOException;

  /**
   * Streams an object. The caller closes.
   *
   * @throws NoSuchFileException if there is none
   */
  InputStream open(String key) throws IOException;

  /** An object's length in bytes; empty if there is none. */
  OptionalLong size(String key) throws IOException;

  /** Keys that begin with {@code prefix}, sorted by UTF-16 code units, all pages of them. */
  List<String> list(String prefix) throws IOException;

  /**
   * Removes an object; no fault if there is none. Only garbage collection and {@code rm} call it.
   */
  void delete(String key) throws IOException;

  @Override
  void close();
}
