package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec.Attention;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.LocalStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.data.TokenBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More shards than a window holds; each row's tokens tell which it is. */
class TokenWindowsTest {
  private static final int SHARDS = 40;
  private static final int ROWS = 5; // a shard
  private static final int BATCH = 6;

  @TempDir private Path temporary;
  private LocalStore store;
  private TokensRef tokens;

  @BeforeEach
  void writeShards() throws IOException {
    store = LocalStore.open(temporary.resolve("store").toUri());
    Map<String, Fingerprint> inputs = Map.of("documents", TinyWorld.fingerprint("many"));
    TokensSpec spec = new TokensSpec(TinyWorld.CONTEXT);
    Fingerprint name = Fingerprint.of(Stage.TOKENS, inputs, spec);
    List<StoredFile> files = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      List<int[]> rows = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        int[] ids = new int[TinyWorld.CONTEXT + 1];
        Arrays.fill(ids, 1 + shard * ROWS + row);
        rows.add(ids);
      }
      Path file = temporary.resolve("shard");
      Files.write(file, TinyWorld.shard(rows, 0));
      String path = String.format(Locale.ROOT, "shard-%05d.parquet", shard);
      files.add(Artifacts.add(store, Stage.TOKENS.at(name), path, file));
    }
    tokens = new TokensRef(name, 0, SHARDS * ROWS, 0, 0, TinyWorld.CONTEXT);
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
            Map.of("run", "many"),
            Instant.EPOCH));
  }

  private TokenBatches open() throws IOException {
    return TokenBatches.open(store, tokens, 257, BATCH, 11, Attention.ACROSS_DOCUMENTS);
  }

  private static List<Long> rows(TokenBatches batches, long step) throws IOException {
    int[] ids = batches.of(step).get(0).ids();
    List<Long> rows = new ArrayList<>();
    for (int row = 0; row < BATCH; row++) {
      rows.add(ids[row * TinyWorld.CONTEXT] - 1L);
    }
    return rows;
  }

  @Test
  void readsTheRowsThatTheOrderNamesOverWindowsAndEpochs() throws IOException {
    try (TokenBatches batches = open()) {
      for (long step = 0; step * BATCH < 3 * SHARDS * ROWS; step++) {
        assertThat(rows(batches, step)).isEqualTo(batches.rowsOf(step));
      }
    }
  }

  @Test
  void resumesAtAnyStepWithTheRowsOfNeverHavingStopped() throws IOException {
    List<List<Long>> walked = new ArrayList<>();
    try (TokenBatches batches = open()) {
      for (long step = 0; step < 60; step++) {
        walked.add(rows(batches, step));
      }
    }
    for (int step : new int[] {59, 1, 14, 33, 32, 41}) {
      try (TokenBatches resumed = open()) {
        assertThat(rows(resumed, step)).isEqualTo(walked.get(step));
        assertThat(rows(resumed, 0)).isEqualTo(walked.get(0));
      }
    }
  }

  @Test
  void aShardThatVanishesIsNamedWhenItIsWanted() throws IOException {
    try (TokenBatches batches = open()) {
      for (StoredFile file :
          Artifacts.find(store, Stage.TOKENS.at(tokens.fingerprint())).orElseThrow().files()) {
        store.delete(Stage.TOKENS.at(tokens.fingerprint()) + "/" + file.path());
      }
      assertThatThrownBy(() -> batches.of(0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shard-000");
    }
  }
}
