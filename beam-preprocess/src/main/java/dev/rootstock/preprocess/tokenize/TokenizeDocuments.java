package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the documents of parts, each for the shard that its id gives, and as often as its source
 * weighs.
 */
public final class TokenizeDocuments
    extends PTransform<PCollection<String>, PCollection<KV<Integer, Tokenized>>> {
  private static final long serialVersionUID = 1L;

  /** The shard of validation documents. */
  static final int VALIDATION = -1;

  private static final String SALT = "rootstock/order/";

  private final String store;
  private final String tokenizer;
  private final Weights weights;
  private final int shards;

  private TokenizeDocuments(String store, String tokenizer, Weights weights, int shards) {
    this.store = store;
    this.tokenizer = tokenizer;
    this.weights = weights;
    this.shards = shards;
  }

  /**
   * @param tokenizer store key of a {@code tokenizer.json}
   * @param shards of training
   */
  public static TokenizeDocuments with(
      String store, String tokenizer, Weights weights, int shards) {
    return new TokenizeDocuments(store, tokenizer, weights, shards);
  }

  @Override
  public PCollection<KV<Integer, Tokenized>> expand(PCollection<String> parts) {
    return parts
        .apply("Encode documents", ParDo.of(new Encode(this)))
        .setCoder(KvCoder.of(VarIntCoder.of(), new Tokenized.Coder()));
  }

  private static final class Encode extends DoFn<String, KV<Integer, Tokenized>> {
    private static final long serialVersionUID = 1L;

    private final String store;
    private final String tokenizer;
    private final Weights weights;
    private final int shards;
    private transient @Nullable BytePairTokenizer loaded;

    Encode(TokenizeDocuments settings) {
      store = settings.store;
      tokenizer = settings.tokenizer;
      weights = settings.weights;
      shards = settings.shards;
    }

    @Setup
    public void setup() throws IOException {
      try (ArtifactStore opened = Stores.open(store)) {
        loaded = BytePairTokenizer.read(opened.read(tokenizer));
      }
    }

    @ProcessElement
    public void process(@Element String part, OutputReceiver<KV<Integer, Tokenized>> out)
        throws IOException {
      BytePairTokenizer encoder = java.util.Objects.requireNonNull(loaded);
      try (ArtifactStore opened = Stores.open(store)) {
        DocumentRows.read(
            new StoreInput(opened, part),
            document -> {
              boolean validation = document.split().equals(HeldOut.VALIDATION);
              int copies = validation ? 1 : weights.copies(document.id(), document.source());
              int bytes = document.text().getBytes(StandardCharsets.UTF_8).length;
              int[] ids = copies == 0 ? new int[0] : encoder.encode(document.text());
              for (int copy = 0; copy < copies; copy++) {
                String order =
                    Fingerprint.sha256(
                        (SALT + document.id() + "/" + copy).getBytes(StandardCharsets.UTF_8));
                int shard =
                    validation
                        ? VALIDATION
                        : (int) (Long.parseLong(order.substring(52), 16) % shards);
                out.output(KV.of(shard, new Tokenized(order, ids, bytes)));
              }
              Pulse.beat(bytes);
            });
      }
    }
  }
}
