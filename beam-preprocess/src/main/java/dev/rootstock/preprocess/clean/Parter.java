package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Writes the documents of a sifted bundle that comparing left, each with its split, in their order:
 * the segment of a part. Holds one document at a time.
 */
final class Parter {
  private Parter() {}

  /** The segment, found or made. */
  static Segment part(ArtifactStore store, SiftedBundle sifted, PartPlan plan) throws IOException {
    Map<String, Object> form = Segments.part(sifted.segment(), plan);
    Fingerprint name = Segment.name(form);
    Optional<Segment> found = Segment.find(store, name);
    if (found.isPresent()) {
      return found.get();
    }
    try (SegmentFiles files = new SegmentFiles(name)) {
      DocumentCounts counts = new DocumentCounts();
      try (ParquetWriter<Group> kept = DocumentRows.kept(files.add("part"));
          DroppedFile dropped = new DroppedFile(files)) {
        DocumentRows.readSifted(
            new StoreInput(store, sifted.kept()),
            sifted.source(),
            document -> {
              Optional<Dropped> out = plan.dropped(document);
              if (out.isPresent()) {
                dropped.write(out.get());
                counts.dropped(out.get());
              } else {
                Document left = plan.left(document);
                String split = plan.split(left);
                kept.write(DocumentRows.row(left, split));
                counts.kept(left, split);
              }
            });
      }
      return Segment.commit(store, form, files.named(), counts.tree());
    }
  }
}
