package dev.rootstock.preprocess.tokenize;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/** Every part's shards, where they are not there yet. Gives a receipt a part. */
public final class WriteShards extends PTransform<PCollection<Part>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final Packing packing;

  private WriteShards(Place place, Packing packing) {
    this.place = place;
    this.packing = packing;
  }

  public static WriteShards to(Place place, Packing packing) {
    return new WriteShards(place, packing);
  }

  @Override
  public PCollection<String> expand(PCollection<Part> parts) {
    return parts
        .apply("Encode and pack", ParDo.of(new Write(place, packing)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Write extends DoFn<Part, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Packing packing;
    private transient @Nullable BytePairTokenizer tokenizer;

    Write(Place place, Packing packing) {
      this.place = place;
      this.packing = packing;
    }

    @Setup
    public void setup() throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        tokenizer = BytePairTokenizer.read(store.read(packing.tokenizer()));
      }
    }

    @ProcessElement
    public void process(@Element Part part, OutputReceiver<String> out) throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        Segment shards = ShardWriter.write(store, Objects.requireNonNull(tokenizer), packing, part);
        out.output(Receipt.of("shards", part.index(), part.source(), shards).write());
      }
    }
  }
}
