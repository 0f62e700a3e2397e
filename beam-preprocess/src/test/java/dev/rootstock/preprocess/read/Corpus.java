package dev.rootstock.preprocess.read;

import com.github.luben.zstd.Zstd;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.preprocess.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files to read in tests, and what came of reading them. */
final class Corpus {
  private Corpus() {}

  /** What was handed over, and the outcome. */
  record Taken(List<Document> documents, Outcome outcome) {
    List<String> texts() {
      return documents.stream().map(Document::text).toList();
    }

    List<String> faults() {
      return documents.stream().flatMap(document -> document.unreadableBecause().stream()).toList();
    }

    List<Long> records() {
      return documents.stream().map(document -> document.origin().record()).toList();
    }

    String broken() {
      return outcome.broken().orElseThrow().reason();
    }
  }

  static CorpusFile file(Path file, Format format, byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    Files.write(file, bytes.toByteArray());
    return of(file, format);
  }

  static CorpusFile of(Path file, Format format) throws IOException {
    return new CorpusFile(
        0, file.toUri(), Artifacts.sum(file), Files.size(file), format, "text", "MIT");
  }

  static Taken read(CorpusFile file) throws IOException {
    List<Document> documents = new ArrayList<>();
    Outcome outcome = FileDocuments.read(file, documents::add);
    return new Taken(documents, outcome);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  static byte[] zstd(byte[] bytes) {
    return Zstd.compress(bytes);
  }
}
