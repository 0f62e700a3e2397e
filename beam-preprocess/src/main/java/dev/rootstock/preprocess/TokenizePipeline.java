package dev.rootstock.preprocess;

import dev.rootstock.preprocess.tokenize.TokenizeDocuments;
import dev.rootstock.preprocess.tokenize.WriteTokenShards;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionList;

/** Documents to packed tokens. */
final class TokenizePipeline {
  private TokenizePipeline() {}

  static void build(
      Pipeline pipeline,
      List<String> parts,
      TokenizeDocuments encoding,
      WriteTokenShards.Packing packing,
      Place place) {
    PCollectionList.of(
            pipeline
                .apply("List parts", Spread.of(parts))
                .apply("Tokenize documents", encoding)
                .apply("Write token shards", WriteTokenShards.to(place, packing)))
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
