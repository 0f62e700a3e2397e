package dev.rootstock.preprocess;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.preprocess.clean.PartItem;
import dev.rootstock.preprocess.clean.ReadSketches;
import dev.rootstock.preprocess.clean.Removals;
import dev.rootstock.preprocess.clean.SiftBundles;
import dev.rootstock.preprocess.clean.SiftedBundle;
import dev.rootstock.preprocess.clean.WriteParts;
import dev.rootstock.preprocess.compare.CompareSketches;
import dev.rootstock.preprocess.read.Bundle;
import dev.rootstock.preprocess.screen.ScreenBundles;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * A corpus to documents in three passes: each bundle of files is sifted by itself, all are compared
 * by what little of them is needed for that, and each bundle's part is written by itself. Text is
 * never shuffled, and what a pass makes of a bundle is found again when the rest of the corpus
 * changes.
 */
final class CleanPipeline {
  private static final long LEAST = 100; // bytes of a document, to guess how many there are

  private CleanPipeline() {}

  static void build(
      Pipeline pipeline,
      List<Bundle> bundles,
      CleaningSpec spec,
      Optional<TestItemsRef> items,
      Place place) {
    long bytes = bundles.stream().mapToLong(Bundle::bytes).sum();
    PCollectionTuple first =
        pipeline
            .apply("List bundles", Spread.of(bundles, Bundle.class))
            .apply("Sift", SiftBundles.by(spec, place));
    PCollection<SiftedBundle> sifted = first.get(SiftBundles.SIFTED);
    PCollectionList<KV<Integer, PartItem>> removals =
        PCollectionList.of(
            sifted
                .apply(
                    "Sketches",
                    ReadSketches.of(spec, place, items.map(TestItemsRef::listing).orElse("")))
                .apply("Compare", CompareSketches.by(spec, bytes / LEAST))
                .apply("Twins and repeats", Removals.of()));
    if (items.isPresent()) {
      removals =
          removals.and(sifted.apply("Screen", ScreenBundles.against(items.get().listing(), place)));
    }
    PCollection<String> parts = sifted.apply("Write parts", WriteParts.to(place, spec, removals));
    PCollectionList.of(first.get(SiftBundles.RECEIPTS))
        .and(parts)
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
