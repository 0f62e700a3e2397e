package dev.rootstock.preprocess;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.clean.DropDuplicates;
import dev.rootstock.preprocess.clean.DropPoorText;
import dev.rootstock.preprocess.clean.Parts;
import dev.rootstock.preprocess.clean.Sifted;
import dev.rootstock.preprocess.clean.WriteDocuments;
import dev.rootstock.preprocess.clean.WriteDropped;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.read.ReadCorpus;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/** A corpus to documents: what is kept, and what is dropped with its reason. */
final class CleanPipeline {
  private CleanPipeline() {}

  static void build(Pipeline pipeline, List<CorpusFile> files, CleaningSpec spec, Place place) {
    Parts parts = Parts.forBytes(files.stream().mapToLong(CorpusFile::bytes).sum());
    PCollectionTuple read = pipeline.apply("Read corpus", ReadCorpus.from(files));
    PCollectionTuple sifted =
        read.get(ReadCorpus.DOCUMENTS).apply("Drop poor text", DropPoorText.by(spec));
    PCollection<Document> kept = sifted.get(Sifted.KEPT);
    PCollectionList<Dropped> dropped = PCollectionList.of(sifted.get(Sifted.DROPPED));
    if (spec.deduplicate() != CleaningSpec.Deduplicate.NONE) {
      PCollectionTuple unique = kept.apply("Drop duplicates", DropDuplicates.exact());
      kept = unique.get(Sifted.KEPT);
      dropped = dropped.and(unique.get(Sifted.DROPPED));
    }
    PCollection<String> written =
        kept.apply("Write documents", WriteDocuments.to(place, parts, spec));
    PCollection<String> reasons =
        dropped
            .apply("All dropped", Flatten.pCollections())
            .apply("Write dropped", WriteDropped.to(place, parts));
    PCollectionList.of(read.get(ReadCorpus.RECEIPTS))
        .and(written)
        .and(reasons)
        .apply("Keep receipts", KeepReceipts.at(place));
  }
}
