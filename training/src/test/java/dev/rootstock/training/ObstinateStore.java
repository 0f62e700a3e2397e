package dev.rootstock.training;

import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A store that does something before it publishes: waits, or fails. */
record ObstinateStore(ArtifactStore store, Before before) implements ArtifactStore {
  /** What happens before an object is published. */
  @FunctionalInterface
  interface Before {
    void publish(String key) throws IOException;
  }

  @Override
  public URI root() {
    return store.root();
  }

  @Override
  public void publish(Path file, String key) throws IOException {
    before.publish(key);
    store.publish(file, key);
  }

  @Override
  public void publish(byte[] bytes, String key) throws IOException {
    before.publish(key);
    store.publish(bytes, key);
  }

  @Override
  public byte[] read(String key) throws IOException {
    return store.read(key);
  }

  @Override
  public byte[] read(String key, long offset, int length) throws IOException {
    return store.read(key, offset, length);
  }

  @Override
  public InputStream open(String key) throws IOException {
    return store.open(key);
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    return store.size(key);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public void delete(String key) throws IOException {
    store.delete(key);
  }

  @Override
  public void close() {
    store.close();
  }
}
