package dev.rootstock.preprocess;

import dev.rootstock.preprocess.mix.MeasureCaps;
import dev.rootstock.preprocess.tokenize.Packing;
import dev.rootstock.preprocess.tokenize.Part;
import dev.rootstock.preprocess.tokenize.WriteShards;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionList;

/** Documents to packed tokens: nothing is shuffled, a part's shards follow from it alone. */
final class TokenizePipeline {
  private TokenizePipeline() {}

  static void build(Pipeline pipeline, List<Part> parts, Packing packing, Place place) {
    PCollectionList.of(
            pipeline
                .apply("List parts", Spread.of(parts, Part.class))
                .apply("Write shards", WriteShards.to(place, packing)))
        .apply("Keep receipts", KeepReceipts.at(place));
  }

  /** How far into the order of hashes each capped source is taken. */
  static void measure(Pipeline pipeline, List<Part> parts, Map<Integer, Long> asked, Place place) {
    PCollectionList.of(
            pipeline
                .apply("List parts", Spread.of(parts, Part.class))
                .apply("Measure caps", MeasureCaps.in(place.store(), asked)))
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
