package dev.rootstock.training.data;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.training.backend.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Batches of pretraining tokens. Which rows a step takes is a pure function of the step
 * (FORMATS.md, section 5), so a resumed training needs no more than its number. Not thread-safe.
 */
public final class TokenBatches implements AutoCloseable {
  private static final int TOKENS_AT_ONCE =
      8192; // predicted by one forward pass, that memory stays bounded

  private final TokensRef tokens;
  private final TokenRows training;
  private final TokenRows validation;
  private final int batch;
  private final long seed;

  private TokenBatches(
      TokensRef tokens, TokenRows training, TokenRows validation, int batch, long seed) {
    this.tokens = tokens;
    this.training = training;
    this.validation = validation;
    this.batch = batch;
    this.seed = seed;
  }

  /**
   * Opens an artifact's shards.
   *
   * @param batch rows a step
   * @param seed of the order
   * @throws Hopeless if there is no row to train on, or the shards are not what they should be
   */
  public static TokenBatches open(
      ArtifactStore store, TokensRef tokens, int vocabulary, int batch, long seed)
      throws IOException {
    TokenRows training = rows(store, tokens, "shard-", vocabulary);
    if (training.rows() == 0) {
      training.close();
      throw new Hopeless(
          "BadCorpus", "the corpus has no row of " + tokens.context() + " tokens; give more text");
    }
    return new TokenBatches(
        tokens, training, rows(store, tokens, "validation-", vocabulary), batch, seed);
  }

  /** Opens only what is held out. */
  public static TokenBatches heldOut(ArtifactStore store, TokensRef tokens, int vocabulary)
      throws IOException {
    TokenRows rows = rows(store, tokens, "validation-", vocabulary);
    return new TokenBatches(tokens, rows, rows, 1, 0);
  }

  private static TokenRows rows(
      ArtifactStore store, TokensRef tokens, String prefix, int vocabulary) throws IOException {
    String folder = Stage.TOKENS.at(tokens.fingerprint());
    Manifest manifest =
        Artifacts.find(store, folder)
            .orElseThrow(
                () ->
                    new Hopeless(
                        "CorruptStore", folder + " is not whole; delete it and run again"));
    // By name and not by path: where an attempt left other bytes behind, a shard lies in again-2/.
    List<String> keys =
        manifest.files().stream()
            .filter(file -> file.name().startsWith(prefix) && file.name().endsWith(".parquet"))
            .sorted(Comparator.comparing(StoredFile::name))
            .map(file -> file.key(folder))
            .toList();
    return TokenRows.open(store, keys, tokens.context() + 1, vocabulary);
  }

  public Fingerprint fingerprint() {
    return tokens.fingerprint();
  }

  public long rows() {
    return training.rows();
  }

  /** Rows that the steps before {@code step} took, over all epochs. */
  public long rowsBefore(long step) {
    return step * batch;
  }

  /** Numbers of the rows that a step takes, for messages. */
  public List<Long> rowsOf(long step) {
    List<Long> rows = new ArrayList<>(batch);
    for (long position = step * batch; position < (step + 1) * batch; position++) {
      rows.add(row(position));
    }
    return rows;
  }

  /** The step's batch, cut into parts that fit in memory; their sum is the step. */
  public List<Batch> of(long step) throws IOException {
    return parts(training, rowsOf(step));
  }

  /** What is held out, in parts; empty if nothing is. */
  public List<List<Long>> validationRows() {
    List<List<Long>> parts = new ArrayList<>();
    int atOnce = rowsAtOnce();
    for (long from = 0; from < validation.rows(); from += atOnce) {
      List<Long> part = new ArrayList<>();
      for (long row = from; row < Math.min(validation.rows(), from + atOnce); row++) {
        part.add(row);
      }
      parts.add(part);
    }
    return parts;
  }

  /** Held-out rows as one batch. */
  public Batch validation(List<Long> rows) throws IOException {
    return batch(validation, rows);
  }

  /** UTF-8 bytes of the held-out text: the divisor of bits per byte. */
  public long validationBytes() {
    return tokens.validationBytes();
  }

  private long row(long position) {
    return new Permutation(training.rows(), seed, position / training.rows())
        .at(position % training.rows());
  }

  private int rowsAtOnce() {
    return Math.max(1, TOKENS_AT_ONCE / tokens.context());
  }

  private List<Batch> parts(TokenRows from, List<Long> rows) throws IOException {
    List<Batch> parts = new ArrayList<>();
    int atOnce = rowsAtOnce();
    for (int begin = 0; begin < rows.size(); begin += atOnce) {
      parts.add(batch(from, rows.subList(begin, Math.min(rows.size(), begin + atOnce))));
    }
    return parts;
  }

  private Batch batch(TokenRows from, List<Long> rows) throws IOException {
    int time = tokens.context();
    int[] ids = new int[rows.size() * time];
    int[] targets = new int[rows.size() * time];
    for (int i = 0; i < rows.size(); i++) {
      int[] row = from.read(rows.get(i));
      System.arraycopy(row, 0, ids, i * time, time);
      int real = time - from.filled(rows.get(i));
      for (int t = 0; t < time; t++) {
        targets[i * time + t] = t < real ? row[t + 1] : Batch.IGNORED;
      }
    }
    return new Batch(ids, targets, rows.size(), time);
  }

  @Override
  public void close() throws IOException {
    training.close();
    validation.close();
  }
}
