package dev.rootstock.preprocess;

import dev.rootstock.contract.Default;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.StoredFile;
import java.util.Comparator;
import java.util.List;

/**
 * {@code parts.json} of documents: its parts, and what was dropped, in the order of the corpus. A
 * file that two sources hold is listed twice.
 */
record PartList(List<Part> parts, @Default("[]") List<DroppedPart> dropped) implements HandedOn {
  static final String NAME = "parts.json";

  PartList {
    parts = List.copyOf(parts);
    dropped = List.copyOf(dropped);
  }

  /**
   * A part.
   *
   * @param source index of its source in the corpus
   */
  record Part(StoredFile file, int source, long documents, long bytes, long train, long validation)
      implements HandedOn {
    String key(Fingerprint documents) {
      return file.key(Stage.DOCUMENTS.at(documents));
    }
  }

  /**
   * A file of dropped documents.
   *
   * @param source index of its source in the corpus
   */
  record DroppedPart(StoredFile file, int source, long documents) implements HandedOn {}

  /** Of the receipts of parts, those without a document left out. */
  static PartList of(List<Receipt> receipts) {
    return new PartList(
        receipts.stream()
            .filter(receipt -> receipt.kind().equals("part") && receipt.count("kept") > 0)
            .sorted(Comparator.comparingInt(Receipt::index))
            .map(
                receipt ->
                    new Part(
                        receipt.files("part").get(0),
                        receipt.source(),
                        receipt.count("kept"),
                        receipt.count("bytesKept"),
                        receipt.count("train"),
                        receipt.count("validation")))
            .toList(),
        receipts.stream()
            .filter(receipt -> !receipt.files("dropped").isEmpty())
            .sorted(
                Comparator.comparing((Receipt receipt) -> receipt.kind().equals("part"))
                    .thenComparingInt(Receipt::index))
            .map(
                receipt ->
                    new DroppedPart(
                        receipt.files("dropped").get(0),
                        receipt.source(),
                        receipt.count("dropped")))
            .toList());
  }
}
