package dev.rootstock.preprocess;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.clean.ExactDuplicates;
import dev.rootstock.preprocess.clean.SiftBundles;
import dev.rootstock.preprocess.clean.SiftedBundle;
import dev.rootstock.preprocess.clean.TakeOut;
import dev.rootstock.preprocess.clean.WriteParts;
import dev.rootstock.preprocess.read.Bundle;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
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
  private CleanPipeline() {}

  static void build(Pipeline pipeline, List<Bundle> bundles, CleaningSpec spec, Place place) {
    PCollectionTuple first =
        pipeline
            .apply("List bundles", Spread.of(bundles, Bundle.class))
            .apply("Sift", SiftBundles.by(spec, place));
    PCollection<SiftedBundle> sifted = first.get(SiftBundles.SIFTED);
    PCollection<KV<Integer, TakeOut>> out =
        spec.deduplicate() == CleaningSpec.Deduplicate.EXACT
            ? sifted.apply("Compare", ExactDuplicates.in(place))
            : pipeline.apply(
                "Compare nothing",
                Create.empty(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(TakeOut.class))));
    PCollection<String> parts = sifted.apply("Write parts", WriteParts.to(place, spec, out));
    PCollectionList.of(first.get(SiftBundles.RECEIPTS))
        .and(parts)
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
