package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.clean.SegmentFiles;
import dev.rootstock.preprocess.mix.CapHash;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.DocumentRows.Row;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Encodes a part and packs it: a segment of its shards, of training and of what is held out. Holds
 * the tokens of one shard. Not thread-safe.
 */
final class ShardWriter {
  private static final long VERSION = 2; // raised when the same part would give other shards
  private static final long MOST = 1L << 26; // tokens of a shard, which are sorted in memory

  private final ArtifactStore store;
  private final BytePairTokenizer tokenizer;
  private final Packing packing;
  private final SegmentFiles files;
  private final Map<String, Long> counts = new TreeMap<>();
  private final Heap training = new Heap("shard");
  private final Heap heldOut = new Heap("validation");

  private ShardWriter(
      ArtifactStore store, BytePairTokenizer tokenizer, Packing packing, SegmentFiles files) {
    this.store = store;
    this.tokenizer = tokenizer;
    this.packing = packing;
    this.files = files;
  }

  /** The segment of a part, found or made. */
  static Segment write(ArtifactStore store, BytePairTokenizer tokenizer, Packing packing, Part part)
      throws IOException {
    Map<String, Object> form = form(packing, part);
    Fingerprint name = Segment.name(form);
    Optional<Segment> found = Segment.find(store, name);
    if (found.isPresent()) {
      Pulse.beat(((Number) found.get().counts().getOrDefault("bytes", 0L)).longValue());
      return found.get();
    }
    try (SegmentFiles files = new SegmentFiles(name)) {
      ShardWriter writer = new ShardWriter(store, tokenizer, packing, files);
      writer.encode(part);
      return Segment.commit(store, form, files.named(), new TreeMap<>(writer.counts));
    }
  }

  private static Map<String, Object> form(Packing packing, Part part) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", 1L);
    form.put("segment", "shards");
    form.put("version", VERSION);
    form.put("part", part.sha256());
    form.put("weight", part.weight());
    if (part.cap() < CapHash.END) {
      form.put("cap", part.cap());
    }
    form.put("tokenizer", packing.tokenizerName());
    form.put("context", (long) packing.context());
    form.put("packing", CanonicalJson.word(packing.rows()));
    return form;
  }

  private void encode(Part part) throws IOException {
    DocumentRows.read(new StoreInput(store, part.key()), document -> take(part, document));
    training.write();
    heldOut.write();
  }

  private void take(Part part, Row document) throws IOException {
    boolean validation = document.split().equals(HeldOut.VALIDATION);
    int copies = validation ? 1 : part.copies(document.id());
    long bytes = document.text().getBytes(StandardCharsets.UTF_8).length;
    Pulse.beat(bytes);
    count("bytes", bytes);
    if (copies == 0) {
      return;
    }
    Heap heap = validation ? heldOut : training;
    int[] ids = tokenizer.encode(document.text());
    for (int copy = 0; copy < copies; copy++) {
      heap.add(Tokenized.of(document.id(), copy, ids), bytes);
    }
  }

  private void count(String name, long more) {
    counts.merge(name, more, Long::sum);
  }

  /** Documents waiting for their shard. */
  private final class Heap {
    private final String kind;
    private final List<Tokenized> documents = new ArrayList<>();
    private long tokens;
    private int written;

    Heap(String kind) {
      this.kind = kind;
    }

    void add(Tokenized document, long bytes) throws IOException {
      if (tokens > 0 && tokens + document.ids().length >= MOST) {
        write();
      }
      documents.add(document);
      tokens += document.ids().length + 1L;
      count(kind + " documents", 1);
      count(kind + " bytes", bytes);
    }

    void write() throws IOException {
      if (documents.isEmpty()) {
        return;
      }
      ShardFile shard =
          ShardFile.write(
              files.add(kind, written++),
              packing,
              tokenizer.vocabulary(),
              tokenizer.endOfText(),
              documents);
      count(kind + " tokens", shard.tokens());
      count(kind + " rows", shard.rows());
      documents.clear();
      tokens = 0;
    }
  }
}
