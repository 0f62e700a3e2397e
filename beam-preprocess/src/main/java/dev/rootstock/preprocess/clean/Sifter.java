package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.compare.Sketcher;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.read.Bundle;
import dev.rootstock.preprocess.read.CorpusFile;
import dev.rootstock.preprocess.read.FileDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Reads a bundle and asks the rules of each document: a segment of what passes and what does not,
 * both in the order of the files. Holds one document at a time. Thread-safe.
 */
final class Sifter {
  /** One a process and recipe: lists and models are large. */
  private static final ConcurrentMap<String, Cleaning> BUILT = new ConcurrentHashMap<>();

  private final CleaningSpec spec;
  private final Sketcher sketcher;

  Sifter(CleaningSpec spec) {
    this.spec = spec;
    this.sketcher = Sketcher.of(spec);
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
    Cleaning cleaning = cleaning(store);
    try (SegmentFiles files = new SegmentFiles(name)) {
      DocumentCounts counts = new DocumentCounts();
      try (SketchFile sketches = SketchFile.create(sketcher, name)) {
        try (ParquetWriter<Group> kept = DocumentRows.sifted(files.add("kept"));
            DroppedFile dropped = new DroppedFile(files)) {
          for (CorpusFile file : bundle.files()) {
            counts.file(
                FileDocuments.read(
                    file, document -> ask(cleaning, document, kept, sketches, dropped, counts)));
            Pulse.beat(file.span());
          }
        }
        sketches.commit(store);
      }
      return Segment.commit(store, form, files.named(), counts.tree());
    }
  }

  private Cleaning cleaning(ArtifactStore store) throws IOException {
    try {
      return BUILT.computeIfAbsent(
          CanonicalJson.write(spec),
          json -> {
            try {
              return Cleaning.of(spec, store);
            } catch (IOException unreadable) {
              throw new UncheckedIOException(unreadable);
            }
          });
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static void ask(
      Cleaning cleaning,
      Document document,
      ParquetWriter<Group> kept,
      SketchFile sketches,
      DroppedFile dropped,
      DocumentCounts counts) {
    Cleaned cleaned = cleaning.apply(document);
    Optional<Dropped> objection = cleaned.dropped();
    counts.read(document);
    counts.changed(cleaned);
    try {
      if (objection.isPresent()) {
        dropped.write(objection.get());
        counts.dropped(objection.get());
      } else {
        kept.write(DocumentRows.row(cleaned.document()));
        sketches.write(cleaned.document());
        counts.kept(cleaned.document());
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }
}
