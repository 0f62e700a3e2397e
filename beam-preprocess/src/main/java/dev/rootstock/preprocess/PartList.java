package dev.rootstock.preprocess;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.StoredFile;
import java.util.Comparator;
import java.util.List;

/** {@code parts.json} of documents: its parts in the order of the corpus. */
record PartList(List<Part> parts) implements HandedOn {
  static final String NAME = "parts.json";

  PartList {
    parts = List.copyOf(parts);
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
            .toList());
  }
}
