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
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** What is compared of the documents of sifted bundles. */
public final class ReadSketches extends PTransform<PCollection<SiftedBundle>, PCollection<Sketch>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final Sketcher sketcher;

  private ReadSketches(Place place, Sketcher sketcher) {
    this.place = place;
    this.sketcher = sketcher;
  }

  public static ReadSketches of(CleaningSpec spec, Place place) {
    return new ReadSketches(place, Sketcher.of(spec));
  }

  @Override
  public PCollection<Sketch> expand(PCollection<SiftedBundle> sifted) {
    return sifted
        .apply("Read sketches", ParDo.of(new Read(place, sketcher)))
        .setCoder(SketchCoder.of());
  }

  private static final class Read extends DoFn<SiftedBundle, Sketch> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final Sketcher sketcher;

    Read(Place place, Sketcher sketcher) {
      this.place = place;
      this.sketcher = sketcher;
    }

    @ProcessElement
    public void process(@Element SiftedBundle sifted, OutputReceiver<Sketch> out)
        throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        StoredFile sketches = SketchFile.of(store, sifted, sketcher);
        SketchRows.read(
            new StoreInput(store, sketches.key("")),
            sifted.source(),
            sifted.bundle(),
            sketcher,
            out::output);
      }
    }
  }
}
