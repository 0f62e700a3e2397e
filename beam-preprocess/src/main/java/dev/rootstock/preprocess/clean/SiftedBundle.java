package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.store.Segment;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.read.Bundle;
import java.io.Serializable;

/**
 * A bundle whose documents passed the rules or did not.
 *
 * @param bundle its index
 * @param source index of its source in the corpus
 * @param segment fingerprint
 * @param kept store key of the documents that passed
 */
public record SiftedBundle(int bundle, int source, String segment, String kept)
    implements Serializable {
  static SiftedBundle of(Bundle bundle, Segment segment) {
    StoredFile kept =
        segment.file("kept-" + segment.fingerprint().brief() + ".parquet").orElseThrow();
    return new SiftedBundle(
        bundle.index(), bundle.source(), segment.fingerprint().hex(), kept.key(""));
  }
}
