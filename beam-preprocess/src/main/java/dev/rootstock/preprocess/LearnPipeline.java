package dev.rootstock.preprocess;

import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.preprocess.tokenize.CountPieces;
import dev.rootstock.preprocess.tokenize.LearnTokenizer;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/** Documents to a tokenizer: counting on all workers, merging on one. */
final class LearnPipeline {
  private LearnPipeline() {}

  static void build(Pipeline pipeline, List<String> parts, TokenizerSpec spec, Place place) {
    PCollectionTuple counted =
        pipeline
            .apply("List parts", Spread.of(parts, String.class))
            .apply("Count pieces", CountPieces.in(place.store(), spec.preTokenizer()));
    PCollection<String> learned =
        counted.get(CountPieces.COUNTS).apply("Learn tokenizer", LearnTokenizer.to(place, spec));
    PCollectionList.of(counted.get(CountPieces.RECEIPTS))
        .and(learned)
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
