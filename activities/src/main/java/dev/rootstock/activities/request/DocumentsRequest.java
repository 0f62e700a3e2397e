package dev.rootstock.activities.request;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.util.Map;

/**
 * A corpus to be cleaned for its own sake, without a pipeline around it. It is named as a pipeline
 * would name it, so that either finds what the other made. Thread-safe.
 */
public final class DocumentsRequest {
  private final CorpusFinder corpora;

  public DocumentsRequest(OpenStores stores) {
    corpora = new CorpusFinder(new FileFinder(stores));
  }

  /**
   * The files as they lie now, each with its sum; nothing is written.
   *
   * @param check hears what is wrong, by paths like {@code corpus.sources.0.path}
   */
  public CorpusListing find(CorpusSpec corpus, Check check) throws IOException {
    return corpora.find(corpus, check);
  }

  /** Keeps the corpus in a store and says what to make of it. */
  public static CleanOrder pin(
      ArtifactStore store,
      CorpusSpec corpus,
      CorpusListing found,
      Attempt attempt,
      RunnerSpec runner)
      throws IOException {
    CorpusRef pinned = CorpusPin.pin(store, found, attempt.run());
    Fingerprint documents =
        Fingerprint.of(Stage.DOCUMENTS, Map.of("corpus", pinned.fingerprint()), corpus.clean());
    return new CleanOrder(attempt, documents, pinned, corpus.clean(), runner);
  }
}
