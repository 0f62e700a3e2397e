package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec.Attention;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.BucketServer;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.data.TokenBatches;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Token shards in a bucket, read by ranged requests. Tells how fast that is; {@code
 * -Drootstock.shards=N} takes more of them.
 */
class TokensInBucketIT {
  private static final int SHARDS = Integer.getInteger("rootstock.shards", 8);
  private static final int GROUPS = 16; // a shard
  private static final int ROWS = 128; // a group
  private static final int CONTEXT = 512;
  private static final int BATCH = 16;
  private static final long STEPS = (long) SHARDS * GROUPS * ROWS / BATCH; // an epoch
  private static final int WINDOW = 16; // groups, FORMATS.md section 5

  @TempDir private static Path temporary;
  private static BucketServer bucket;
  private static TokensRef tokens;

  private record Opened(ArtifactStore store, AtomicLong requests, AtomicLong bytes) {}

  @BeforeAll
  static void writeShards() throws IOException {
    assumeTrue(
        BucketServer.built().isPresent(), "the store's tests are not compiled; mvn verify does");
    bucket = BucketServer.start(Files.createDirectory(temporary.resolve("bucket")));
    Map<String, Fingerprint> inputs = Map.of("documents", TinyWorld.fingerprint("bucket"));
    TokensSpec spec = new TokensSpec(CONTEXT);
    Fingerprint name = Fingerprint.of(Stage.TOKENS, inputs, spec);
    tokens = new TokensRef(name, 0, SHARDS * GROUPS * ROWS, 0, 0, CONTEXT);
    List<Path> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      Random random = new Random(shard);
      List<int[]> rows = new ArrayList<>();
      for (int row = 0; row < GROUPS * ROWS; row++) {
        rows.add(random.ints(CONTEXT + 1, 1, 257).toArray());
      }
      long group = 4L * (CONTEXT + 1) * ROWS;
      shards.add(Files.write(temporary.resolve("shard-" + shard), TinyWorld.shard(rows, 0, group)));
    }
    for (URI place : List.of(here(), bucket.at("store"))) {
      try (ArtifactStore store = Stores.open(place)) {
        List<StoredFile> files = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
          String path = String.format(Locale.ROOT, "shard-%05d.parquet", shard);
          files.add(Artifacts.add(store, Stage.TOKENS.at(name), path, shards.get(shard)));
        }
        Artifacts.commit(
            store,
            Stage.TOKENS.at(name),
            new Manifest(
                1,
                Stage.TOKENS,
                name,
                Fingerprint.form(Stage.TOKENS, inputs, spec),
                files,
                PretrainSaves.tree(tokens),
                Spent.NOTHING,
                Map.of("run", "bucket"),
                Instant.EPOCH));
      }
    }
  }

  @AfterAll
  static void close() throws IOException {
    if (bucket != null) {
      bucket.close();
    }
  }

  private static URI here() {
    return temporary.resolve("store").toUri();
  }

  /** A store that counts what is fetched by ranges, and refuses to fetch a shard whole. */
  private static Opened counting(URI place) throws IOException {
    ArtifactStore store = Stores.open(place);
    AtomicLong requests = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    ArtifactStore counted =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  boolean reads =
                      method.getName().equals("read") || method.getName().equals("open");
                  if (reads && arguments.length == 3) {
                    requests.incrementAndGet();
                    bytes.addAndGet((int) arguments[2]);
                  } else if (reads) {
                    assertThat((String) arguments[0]).doesNotEndWith(".parquet");
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return new Opened(counted, requests, bytes);
  }

  private static TokenBatches open(ArtifactStore store) throws IOException {
    return TokenBatches.open(store, tokens, 257, BATCH, 3, Attention.WITHIN_DOCUMENTS);
  }

  private static int sum(TokenBatches batches, long step) throws IOException {
    return batches.of(step).stream().mapToInt(part -> Arrays.hashCode(part.ids())).sum();
  }

  @Test
  void anEpochIsReadByRangesAndIsTheOneOfAFolder() throws IOException {
    Opened opened = counting(bucket.at("store"));
    try (ArtifactStore local = Stores.open(here());
        TokenBatches folder = open(local);
        TokenBatches distant = open(opened.store())) {
      long spent = 0;
      for (long step = 0; step < STEPS; step++) {
        long began = System.nanoTime();
        int sum = sum(distant, step);
        spent += System.nanoTime() - began;
        assertThat(sum).as("step %d", step).isEqualTo(sum(folder, step));
      }
      System.out.printf(
          Locale.ROOT,
          "%,d tokens by ranged requests: %,d tokens/s, %d requests, %,d bytes%n",
          STEPS * BATCH * CONTEXT,
          (long) (STEPS * BATCH * CONTEXT * 1e9 / spent),
          opened.requests().get(),
          opened.bytes().get());
    }
    opened.store().close();
  }

  @Test
  void resumingCostsTheFootersAndTwoWindowsWhereverItIs() throws IOException {
    for (long step : new long[] {0, STEPS / 2, 7 * STEPS / 8, 1_000 * STEPS + 5}) {
      Opened opened = counting(bucket.at("store"));
      long began = System.nanoTime();
      try (TokenBatches resumed = open(opened.store())) {
        assertThat(resumed.of(step)).isNotEmpty();
      }
      System.out.printf(
          Locale.ROOT,
          "step %,d first: %d ms, %d requests, %,d bytes%n",
          step,
          (System.nanoTime() - began) / 1_000_000,
          opened.requests().get(),
          opened.bytes().get());
      assertThat(opened.requests().get())
          .as("requests at step %d", step)
          .isLessThanOrEqualTo(2L * SHARDS + 2L * 2 * WINDOW);
      opened.store().close();
    }
  }
}
