package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.read.Bundle;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** The first pass: every bundle's documents asked for the rules, where that is not done yet. */
public final class SiftBundles extends PTransform<PCollection<Bundle>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<SiftedBundle> SIFTED =
      new TupleTag<>("sifted") {
        private static final long serialVersionUID = 1L;
      };

  /** One a bundle. */
  public static final TupleTag<String> RECEIPTS =
      new TupleTag<>("receipts") {
        private static final long serialVersionUID = 1L;
      };

  private final Place place;
  private final transient CleaningSpec spec;

  private SiftBundles(Place place, CleaningSpec spec) {
    this.place = place;
    this.spec = spec;
  }

  public static SiftBundles by(CleaningSpec spec, Place place) {
    return new SiftBundles(place, spec);
  }

  @Override
  public PCollectionTuple expand(PCollection<Bundle> bundles) {
    PCollectionTuple sifted =
        bundles.apply(
            "Ask the rules",
            ParDo.of(new Sift(place, Settings.of(spec)))
                .withOutputTags(SIFTED, TupleTagList.of(RECEIPTS)));
    sifted.get(SIFTED).setCoder(SerializableCoder.of(SiftedBundle.class));
    sifted.get(RECEIPTS).setCoder(StringUtf8Coder.of());
    return sifted;
  }

  private static final class Sift extends DoFn<Bundle, SiftedBundle> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Settings settings;
    private transient @Nullable Sifter sifter;

    Sift(Place place, Settings settings) {
      this.place = place;
      this.settings = settings;
    }

    @Setup
    public void setup() {
      sifter = new Sifter(settings.cleaning());
    }

    @ProcessElement
    public void process(@Element Bundle bundle, MultiOutputReceiver out) throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        Segment segment = Objects.requireNonNull(sifter).sift(store, bundle);
        out.get(SIFTED).output(SiftedBundle.of(bundle, segment));
        out.get(RECEIPTS)
            .output(Receipt.of("sifted", bundle.index(), bundle.source(), segment).write());
      }
    }
  }
}
