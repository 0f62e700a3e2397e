package dev.rootstock.activities.request;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A corpus by its sums, and where its files were last seen. */
final class CorpusPin {
  private CorpusPin() {}

  /** What {@link #pin} would return; nothing is written. */
  static CorpusRef ref(ArtifactStore store, CorpusListing listing) throws IOException {
    Fingerprint fingerprint = Fingerprint.of(Stage.CORPUS, Map.of(), listing.content());
    Optional<Series.Entry<CorpusListing>> latest = listings(store, fingerprint).latest();
    long last = latest.map(Series.Entry::number).orElse(0L);
    boolean same = latest.isPresent() && latest.get().value().equals(listing);
    return ref(fingerprint, same ? last : last + 1, listing);
  }

  /** Keeps the corpus' manifest, and a listing where its files lie elsewhere than before. */
  static CorpusRef pin(ArtifactStore store, CorpusListing listing, String run) throws IOException {
    CorpusRef ref = ref(store, listing);
    Series<CorpusListing> listings = listings(store, ref.fingerprint());
    if (store.size(ref.listing()).isEmpty()) {
      ref = ref(ref.fingerprint(), listings.append(listing), listing);
    }
    Manifest manifest =
        new Manifest(
            1,
            Stage.CORPUS,
            ref.fingerprint(),
            Fingerprint.form(Stage.CORPUS, Map.of(), listing.content()),
            List.of(),
            CanonicalJson.map(ref),
            Spent.NOTHING,
            Map.of("run", run, "host", Host.here(), "java", System.getProperty("java.version")),
            Instant.now());
    Artifacts.commit(store, Stage.CORPUS.at(ref.fingerprint()), manifest);
    return ref;
  }

  private static CorpusRef ref(Fingerprint fingerprint, long number, CorpusListing listing) {
    Stream<PinnedFile> files =
        listing.sources().stream().flatMap(source -> source.files().stream());
    List<Long> sizes = files.map(PinnedFile::bytes).toList();
    String key =
        Stage.CORPUS.at(fingerprint) + String.format(Locale.ROOT, "/listings/%06d.json", number);
    return new CorpusRef(
        fingerprint, key, sizes.size(), sizes.stream().mapToLong(Long::longValue).sum());
  }

  private static Series<CorpusListing> listings(ArtifactStore store, Fingerprint fingerprint) {
    return new Series<>(store, Stage.CORPUS.at(fingerprint) + "/listings", CorpusListing.class);
  }
}
