package dev.rootstock.activities.attach;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.engine.Beats;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.DatasetRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.AttachActivities;
import dev.rootstock.workflows.DatasetRequest;
import dev.rootstock.workflows.EnsuredBase;
import dev.rootstock.workflows.EnsuredDataset;
import dev.rootstock.workflows.PretrainRequest;
import dev.rootstock.workflows.StageOutcome;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@link AttachActivities} by workflow id: within a cluster, one id is one flight. */
public final class SingleFlightActivities implements AttachActivities {
  private final WorkflowClient client;
  private final OpenStores stores;

  public SingleFlightActivities(WorkflowClient client, OpenStores stores) {
    this.client = client;
    this.stores = stores;
  }

  @Override
  public EnsuredDataset ensureDataset(DatasetRequest request) {
    return Failures.told(() -> dataset(request));
  }

  @Override
  public EnsuredBase ensureBase(PretrainRequest request) {
    return Failures.told(() -> base(request));
  }

  private EnsuredDataset dataset(DatasetRequest request) throws IOException {
    ArtifactStore store = stores.at(request.store());
    Dataset before = Dataset.find(store, request);
    Dataset now = before;
    if (!before.whole()) {
      flight("DatasetWorkflow", "dataset/" + request.tokens())
          .land(request, () -> Dataset.find(store, request).whole());
      now = Dataset.find(store, request);
    }
    return new EnsuredDataset(
        now.ref(),
        List.of(
            outcome(Stage.DOCUMENTS, now.documents(), before.documents(), request.run()),
            outcome(Stage.TOKENIZER, now.tokenizer(), before.tokenizer(), request.run()),
            outcome(Stage.TOKENS, now.tokens(), before.tokens(), request.run())));
  }

  private EnsuredBase base(PretrainRequest request) throws IOException {
    ArtifactStore store = stores.at(request.store());
    Fingerprint fingerprint = request.fingerprint();
    Optional<Manifest> before = Artifacts.find(store, Stage.PRETRAIN, fingerprint);
    Optional<Manifest> now = before;
    if (before.isEmpty()) {
      flight("PretrainWorkflow", "pretrain/" + fingerprint)
          .land(request, () -> Artifacts.find(store, Stage.PRETRAIN, fingerprint).isPresent());
      now = Artifacts.find(store, Stage.PRETRAIN, fingerprint);
    }
    Manifest made = now.orElseThrow(() -> gone("pretrain/" + fingerprint));
    return new EnsuredBase(
        made.result(CheckpointRef.class),
        Outcomes.of(Stage.PRETRAIN, "base", made, request.run(), before.isPresent()));
  }

  private Flight flight(String type, String id) {
    return new Flight(
        client,
        Activity.getExecutionContext(),
        type,
        id,
        Beats.period(Activity.getExecutionContext()));
  }

  private static StageOutcome outcome(
      Stage stage, Optional<Manifest> now, Optional<Manifest> before, String run) {
    String name = CanonicalJson.word(stage);
    return Outcomes.of(stage, name, now.orElseThrow(() -> gone(name)), run, before.isPresent());
  }

  /** Retried: the next look starts it anew. */
  private static IllegalStateException gone(String what) {
    return new IllegalStateException(what + " was made, and is no longer there");
  }

  /** The three artifacts of a dataset, as far as they are whole. */
  private record Dataset(
      Optional<Manifest> documents, Optional<Manifest> tokenizer, Optional<Manifest> tokens) {
    static Dataset find(ArtifactStore store, DatasetRequest request) throws IOException {
      return new Dataset(
          Artifacts.find(store, Stage.DOCUMENTS, request.documents()),
          Artifacts.find(store, Stage.TOKENIZER, request.tokenizer()),
          Artifacts.find(store, Stage.TOKENS, request.tokens()));
    }

    boolean whole() {
      return documents.isPresent() && tokenizer.isPresent() && tokens.isPresent();
    }

    DatasetRef ref() {
      return new DatasetRef(
          documents.orElseThrow(() -> gone("documents")).result(DocumentsRef.class),
          tokenizer.orElseThrow(() -> gone("tokenizer")).result(TokenizerRef.class),
          tokens.orElseThrow(() -> gone("tokens")).result(TokensRef.class));
    }
  }
}
