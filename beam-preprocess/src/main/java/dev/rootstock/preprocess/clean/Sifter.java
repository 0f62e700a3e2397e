package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.read.Bundle;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.read.FileDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Reads a bundle and asks the rules of each document: a segment of what passes and what does not,
 * both in the order of the files. Holds one document at a time. Thread-safe.
 */
final class Sifter {
  private final CleaningSpec spec;
  private final Rules rules;

  Sifter(CleaningSpec spec) {
    this.spec = spec;
    this.rules = Rules.of(spec);
  }

  /** The segment, found or made. */
  Segment sift(ArtifactStore store, Bundle bundle) throws IOException {
    Map<String, Object> form = Segments.sifted(bundle, spec);
    Fingerprint name = Segment.name(form);
    Optional<Segment> found = Segment.find(store, name);
    if (found.isPresent()) {
      Pulse.beat(bundle.bytes());
      return found.get();
    }
    try (SegmentFiles files = new SegmentFiles(name)) {
      DocumentCounts counts = new DocumentCounts();
      try (ParquetWriter<Group> kept = DocumentRows.sifted(files.add("kept"));
          DroppedFile dropped = new DroppedFile(files)) {
        for (CorpusFile file : bundle.files()) {
          FileDocuments.read(file, document -> ask(document, kept, dropped, counts));
          Pulse.beat(file.bytes());
        }
      }
      return Segment.commit(store, form, files.named(), counts.tree());
    }
  }

  private void ask(
      Document document, ParquetWriter<Group> kept, DroppedFile dropped, DocumentCounts counts) {
    Optional<Dropped> objection = rules.dropped(document);
    counts.read(document);
    try {
      if (objection.isPresent()) {
        dropped.write(objection.get());
        counts.dropped(objection.get());
      } else {
        kept.write(DocumentRows.row(document));
        counts.kept(document);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
