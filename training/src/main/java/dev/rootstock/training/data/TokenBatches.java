package dev.rootstock.training.data;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec.Attention;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Batches of pretraining tokens. Which rows a step takes is a pure function of the step
 * (FORMATS.md, section 5), so a resumed training needs no more than its number. Not thread-safe.
 */
public final class TokenBatches implements AutoCloseable {
  private static final String TRAINING = "shard-";
  private static final String HELD_OUT = "validation-";
  private static final int TOKENS_AT_ONCE =
      8192; // predicted by one forward pass, that memory stays bounded

  private final TokensRef tokens;
  private final TrainingRows fresh;
  private final Optional<TrainingRows> seen; // by the ancestor
  private final Replay replay;
  private final TokenRows validation;
  private final int batch;
  private final Attention attention;

  private TokenBatches(
      TokensRef tokens,
      TrainingRows fresh,
      Optional<TrainingRows> seen,
      Replay replay,
      TokenRows validation,
      int batch,
      Attention attention) {
    this.tokens = tokens;
    this.fresh = fresh;
    this.seen = seen;
    this.replay = replay;
    this.validation = validation;
    this.batch = batch;
    this.attention = attention;
  }

  /**
   * Opens an artifact's shards. The training's are fetched as they are wanted.
   *
   * @param batch rows a step
   * @param seed of the order
   * @throws Hopeless if there is no row to train on, or the shards are not what they should be
   */
  public static TokenBatches open(
      ArtifactStore store,
      TokensRef tokens,
      int vocabulary,
      int batch,
      long seed,
      Attention attention)
      throws IOException {
    TrainingRows rows = rows(store, keys(store, tokens, TRAINING), tokens, vocabulary, seed);
    if (rows.rows() == 0) {
      throw new Hopeless(
          "BadCorpus", "the corpus has no row of " + tokens.context() + " tokens; give more text");
    }
    TokenRows validation = validation(store, tokens, vocabulary);
    return new TokenBatches(
        tokens, rows, Optional.empty(), Replay.NONE, validation, batch, attention);
  }

  /**
   * Opens what a descendant learns: the shards that its ancestor was not grown on, and among their
   * rows some of those it was.
   *
   * @param ancestors tokens that it was grown on; where there are none, all are new
   * @param share of rows that are repeated, 0 to below 1
   * @throws Hopeless if nothing is new, or the shards are not what they should be
   */
  public static TokenBatches descending(
      ArtifactStore store,
      TokensRef tokens,
      Optional<TokensRef> ancestors,
      double share,
      int vocabulary,
      int batch,
      long seed,
      Attention attention)
      throws IOException {
    List<String> known = ancestors.isPresent() ? keys(store, ancestors.get(), TRAINING) : List.of();
    List<String> news = new ArrayList<>(keys(store, tokens, TRAINING));
    news.removeAll(new HashSet<>(known));
    TrainingRows fresh = rows(store, news, tokens, vocabulary, seed);
    if (fresh.rows() == 0) {
      throw new Hopeless(
          "BadCorpus",
          "the corpus has no row that the base was not grown on already; give more text, or leave"
              + " pretrain.from out");
    }
    Replay replay = new Replay(share);
    Optional<TrainingRows> seen =
        share > 0
            ? Optional.of(rows(store, known, ancestors.orElseThrow(), vocabulary, seed))
            : Optional.empty();
    TokenRows validation = validation(store, tokens, vocabulary);
    return new TokenBatches(tokens, fresh, seen, replay, validation, batch, attention);
  }

  /** Opens only what is held out. */
  public static TokenBatches heldOut(ArtifactStore store, TokensRef tokens, int vocabulary)
      throws IOException {
    TrainingRows rows = rows(store, keys(store, tokens, HELD_OUT), tokens, vocabulary, 0);
    return new TokenBatches(
        tokens,
        rows,
        Optional.empty(),
        Replay.NONE,
        validation(store, tokens, vocabulary),
        1,
        Attention.ACROSS_DOCUMENTS);
  }

  private static TrainingRows rows(
      ArtifactStore store, List<String> keys, TokensRef tokens, int vocabulary, long seed)
      throws IOException {
    return new TrainingRows(TokenShards.open(store, keys, tokens.context() + 1, vocabulary), seed);
  }

  private static TokenRows validation(ArtifactStore store, TokensRef tokens, int vocabulary)
      throws IOException {
    TokenShards shards =
        TokenShards.open(store, keys(store, tokens, HELD_OUT), tokens.context() + 1, vocabulary);
    return TokenRows.of(shards, IntStream.range(0, shards.rows().length).toArray());
  }

  private static List<String> keys(ArtifactStore store, TokensRef tokens, String prefix)
      throws IOException {
    String folder = Stage.TOKENS.at(tokens.fingerprint());
    Manifest manifest =
        Artifacts.find(store, folder)
            .orElseThrow(
                () ->
                    new Hopeless(
                        "CorruptStore", folder + " is not whole; delete it and run again"));
    // By name and not by path: where an attempt left other bytes behind, a shard lies in again-2/.
    return manifest.files().stream()
        .filter(file -> file.name().startsWith(prefix) && file.name().endsWith(".parquet"))
        .sorted(Comparator.comparing(StoredFile::name))
        .map(file -> file.key(folder))
        .toList();
  }

  public Fingerprint fingerprint() {
    return tokens.fingerprint();
  }

  /** Rows of an epoch; of a descendant, those that are new to it. */
  public long rows() {
    return fresh.rows();
  }

  /** How many of the first rows of all epochs were new. */
  public long freshRows(long rows) {
    return rows - replay.before(rows);
  }

  /** Rows that the steps before {@code step} took, over all epochs. */
  public long rowsBefore(long step) {
    return step * batch;
  }

  /**
   * Numbers of the rows that a step takes, for messages; repeated ones are counted after the new.
   */
  public List<Long> rowsOf(long step) {
    List<Long> rows = new ArrayList<>(batch);
    for (long position = step * batch; position < (step + 1) * batch; position++) {
      rows.add(
          replay.at(position)
              ? fresh.rows() + seen.orElseThrow().number(replay.before(position))
              : fresh.number(freshRows(position)));
    }
    return rows;
  }

  private TokenRow row(long position) throws IOException {
    return replay.at(position)
        ? seen.orElseThrow().read(replay.before(position))
        : fresh.read(freshRows(position));
  }

  /** The step's batch, cut into parts that fit in memory; their sum is the step. */
  public List<Batch> of(long step) throws IOException {
    List<TokenRow> rows = new ArrayList<>(batch);
    for (long position = step * batch; position < (step + 1) * batch; position++) {
      rows.add(row(position));
    }
    List<Batch> parts = new ArrayList<>();
    int atOnce = rowsAtOnce();
    for (int begin = 0; begin < batch; begin += atOnce) {
      parts.add(batch(rows.subList(begin, Math.min(batch, begin + atOnce))));
    }
    return parts;
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
    List<TokenRow> read = new ArrayList<>(rows.size());
    for (long row : rows) {
      read.add(validation.read(Math.toIntExact(row)));
    }
    return batch(read);
  }

  /** UTF-8 bytes of the held-out text: the divisor of bits per byte. */
  public long validationBytes() {
    return tokens.validationBytes();
  }

  private int rowsAtOnce() {
    return rowsAtOnce(tokens.context());
  }

  /** Rows of a step that one part holds at most. */
  public static int rowsAtOnce(int context) {
    return Math.max(1, TOKENS_AT_ONCE / context);
  }

  private Batch batch(List<TokenRow> rows) {
    int time = tokens.context();
    int[] ids = new int[rows.size() * time];
    int[] targets = new int[ids.length];
    int[] begins = new int[ids.length];
    for (int i = 0; i < rows.size(); i++) {
      TokenRow row = rows.get(i);
      System.arraycopy(row.tokens(), 0, ids, i * time, time);
      row.targets(targets, i * time);
      if (attention == Attention.WITHIN_DOCUMENTS) {
        row.begins(begins, i * time);
      }
    }
    return new Batch(ids, targets, begins, rows.size(), time);
  }

  @Override
  public void close() throws IOException {
    fresh.close();
    if (seen.isPresent()) {
      seen.get().close();
    }
    validation.close();
  }
}
