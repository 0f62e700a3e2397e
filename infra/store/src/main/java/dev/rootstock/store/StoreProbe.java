package dev.rootstock.store;

import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds out, before anything is published, whether a server creates only what is absent, also when
 * many try at once: some pass one request after another and still let several of a crowd win. Done
 * at the first publish of a process to a bucket, so that who only reads pays nothing and needs no
 * permission to write. Thread-safe.
 */
final class StoreProbe {
  private static final int THREADS = 8;
  private static final int ROUNDS = 6; // a server was seen to fail three races in ten

  private static final Set<String> PASSED =
      ConcurrentHashMap.newKeySet(); // buckets that this process has probed

  private final S3Objects objects;
  private final String bucket;

  StoreProbe(S3Objects objects) {
    this.objects = objects;
    this.bucket = "s3://" + objects.place().bucket() + " at " + objects.faults().where();
  }

  /**
   * Returns at once if this process has probed the bucket before.
   *
   * @throws InvalidConfig if the server ignores create-if-absent, or may not be written to
   */
  void pass() throws IOException {
    if (PASSED.contains(bucket)) {
      return;
    }
    synchronized (StoreProbe.class) { // one probe is enough for all threads
      if (!PASSED.contains(bucket)) {
        probe();
        PASSED.add(bucket);
      }
    }
  }

  /** Probes, whatever was found before. */
  void probe() throws IOException {
    String folder = "probe/" + UUID.randomUUID();
    List<String> keys = new ArrayList<>();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String key = folder + "-" + round;
        keys.add(key);
        require(
            race(key) == 1,
            "several of " + THREADS + " that created one object at once were told that they did");
        require(!creates(key), "it created an object that was there already");
      }
      require(
          !createsInParts(keys.get(0)),
          "it completed an upload over an object that was there already");
    } finally {
      for (String key : keys) {
        clear(key);
      }
    }
  }

  private void require(boolean holds, String found) {
    if (!holds) {
      throw objects
          .faults()
          .unfit(
              "it ignores create-if-absent: " + found,
              "on a server that honours \"If-None-Match: *\", for nothing else keeps two writers apart",
              "Use Amazon S3, or a server that does, or a folder.");
    }
  }

  private int race(String key) throws IOException {
    ExecutorService crowd = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(THREADS);
    try {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            () -> {
              start.countDown();
              start.await();
              return creates(key);
            });
      }
      int winners = 0;
      for (Future<Boolean> one : crowd.invokeAll(all)) {
        winners += one.get() ? 1 : 0;
      }
      return winners;
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while probing " + bucket);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof InvalidConfig invalid) {
        throw invalid;
      }
      throw new IOException("could not probe " + bucket, failed.getCause());
    } finally {
      crowd.shutdownNow();
    }
  }

  private boolean creates(String key) throws IOException {
    try {
      byte[] body =
          ("whether this server creates only what is absent " + UUID.randomUUID())
              .getBytes(StandardCharsets.UTF_8);
      objects.create(body, key);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  private boolean createsInParts(String key) throws IOException {
    Path file = Files.createTempFile("probe", "");
    try {
      objects.createInParts(
          Files.writeString(file, "whether an upload in parts honours the condition"), key);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    } finally {
      Files.delete(file);
    }
  }

  private void clear(String key) {
    try {
      objects.delete(key);
    } catch (IOException | InvalidConfig mayNot) {
      // a writer need not be allowed to delete: a few bytes stay under probe/
    }
  }
}
