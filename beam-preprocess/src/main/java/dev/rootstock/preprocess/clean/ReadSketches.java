package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.compare.Sketch;
import dev.rootstock.preprocess.compare.SketchCoder;
import dev.rootstock.preprocess.compare.SketchRows;
import dev.rootstock.preprocess.compare.Sketcher;
import dev.rootstock.preprocess.parquet.StoreInput;
import dev.rootstock.preprocess.screen.Screen;
import java.io.IOException;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/** What is compared of the documents of sifted bundles. */
public final class ReadSketches extends PTransform<PCollection<SiftedBundle>, PCollection<Sketch>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final Sketcher sketcher;

  private final String items;

  private ReadSketches(Place place, Sketcher sketcher, String items) {
    this.place = place;
    this.sketcher = sketcher;
    this.items = items;
  }

  /**
   * @param items store key of test rows: a document that holds a passage of one goes in any case,
   *     so that it is no twin for which another would go; empty for none
   */
  public static ReadSketches of(CleaningSpec spec, Place place, String items) {
    return new ReadSketches(place, Sketcher.of(spec), items);
  }

  @Override
  public PCollection<Sketch> expand(PCollection<SiftedBundle> sifted) {
    return sifted
        .apply("Read sketches", ParDo.of(new Read(place, sketcher, items)))
        .setCoder(SketchCoder.of());
  }

  private static final class Read extends DoFn<SiftedBundle, Sketch> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Sketcher sketcher;
    private final String items;
    private transient @Nullable Screen screen;

    Read(Place place, Sketcher sketcher, String items) {
      this.place = place;
      this.sketcher = sketcher;
      this.items = items;
    }

    @Setup
    public void setup() throws IOException {
      screen = items.isEmpty() ? null : Screen.read(place, items);
    }

    @ProcessElement
    public void process(@Element SiftedBundle sifted, OutputReceiver<Sketch> out)
        throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        StoredFile sketches = SketchFile.of(store, sifted, sketcher);
        Set<String> gone =
            screen == null ? Set.of() : screen.held(store, sifted.segment(), sifted.kept());
        SketchRows.read(
            new StoreInput(store, sketches.key("")),
            sifted.source(),
            sifted.bundle(),
            sketcher,
            sketch -> {
              if (!gone.contains(sketch.origin().toString())) {
                out.output(sketch);
              }
            });
      }
    }
  }
}
