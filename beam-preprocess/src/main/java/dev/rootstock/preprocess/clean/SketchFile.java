package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.compare.SketchRows;
import dev.rootstock.preprocess.compare.Sketcher;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * The segment of a sifted bundle's sketches: written while the bundle is sifted, or from its kept
 * documents where other sketches are asked for later. Not thread-safe.
 */
final class SketchFile implements AutoCloseable {
  private static final String KIND = "sketch";

  private final Sketcher sketcher;
  private final Map<String, Object> form;
  private final SegmentFiles files;
  private final ParquetWriter<Group> writer;
  private boolean open = true;

  private SketchFile(Sketcher sketcher, Map<String, Object> form) throws IOException {
    this.sketcher = sketcher;
    this.form = form;
    this.files = new SegmentFiles(Segment.name(form));
    this.writer = SketchRows.writer(files.add(KIND), sketcher);
  }

  /** A new one, of a bundle that is sifted under that name. */
  static SketchFile create(Sketcher sketcher, Fingerprint sifted) throws IOException {
    return new SketchFile(sketcher, Segments.sketch(sifted.hex(), sketcher.name()));
  }

  void write(Document document) throws IOException {
    writer.write(SketchRows.row(sketcher.sketch(document)));
  }

  StoredFile commit(ArtifactStore store) throws IOException {
    end();
    return file(Segment.commit(store, form, files.named(), Map.of()));
  }

  private void end() throws IOException {
    if (open) {
      open = false;
      writer.close();
    }
  }

  @Override
  public void close() throws IOException {
    end();
    files.close();
  }

  /** The stored file, found or made. */
  static StoredFile of(ArtifactStore store, SiftedBundle sifted, Sketcher sketcher)
      throws IOException {
    Map<String, Object> form = Segments.sketch(sifted.segment(), sketcher.name());
    Optional<Segment> found = Segment.find(store, Segment.name(form));
    if (found.isPresent()) {
      return file(found.get());
    }
    try (SketchFile sketches = new SketchFile(sketcher, form)) {
      DocumentRows.readSifted(
          new StoreInput(store, sifted.kept()), sifted.source(), sketches::write);
      return sketches.commit(store);
    }
  }

  private static StoredFile file(Segment segment) {
    return segment.file(KIND + "-" + segment.fingerprint().brief() + ".parquet").orElseThrow();
  }
}
