package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.clean.PartItem;
import dev.rootstock.preprocess.clean.SiftedBundle;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/** Documents to take out of each bundle, for they hold a passage of a test row. */
public final class ScreenBundles
    extends PTransform<PCollection<SiftedBundle>, PCollection<KV<Integer, PartItem>>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final String items;

  private ScreenBundles(Place place, String items) {
    this.place = place;
    this.items = items;
  }

  /**
   * @param items store key of the {@link dev.rootstock.contract.TestItems}
   */
  public static ScreenBundles against(String items, Place place) {
    return new ScreenBundles(place, items);
  }

  @Override
  public PCollection<KV<Integer, PartItem>> expand(PCollection<SiftedBundle> sifted) {
    return sifted
        .apply("Look for test rows", ParDo.of(new Look(place, items)))
        .setCoder(PartItem.coder());
  }

  private static final class Look extends DoFn<SiftedBundle, KV<Integer, PartItem>> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final String items;
    private transient @Nullable Screen screen;

    Look(Place place, String items) {
      this.place = place;
      this.items = items;
    }

    @Setup
    public void setup() throws IOException {
      screen = Screen.read(place, items);
    }

    @ProcessElement
    public void process(@Element SiftedBundle sifted, OutputReceiver<KV<Integer, PartItem>> out)
        throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        Map<String, Hits> all =
            Objects.requireNonNull(screen).search(store, sifted.segment(), sifted.kept());
        all.forEach(
            (task, hits) ->
                hits.rows()
                    .forEach(
                        (origin, rows) ->
                            out.output(
                                KV.of(
                                    sifted.bundle(),
                                    PartItem.of(
                                        new Contamination(
                                            Document.Origin.of(sifted.source(), origin),
                                            task.substring(0, 12),
                                            rows.get(0)))))));
      }
    }
  }
}
