package dev.rootstock.activities.registry;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.workflows.FinetuneJob;
import dev.rootstock.workflows.PromoteRequest;
import dev.rootstock.workflows.Promotion;
import dev.rootstock.workflows.RegistryActivities;
import dev.rootstock.workflows.Trained;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link RegistryActivities} over a store. */
public final class StoreRegistryActivities implements RegistryActivities {
  private final OpenStores stores;

  public StoreRegistryActivities(OpenStores stores) {
    this.stores = stores;
  }

  @Override
  public ModelRef registerBase(String store, String run, String name, CheckpointRef checkpoint) {
    return Failures.told(() -> registerBase(stores.at(store), run, name, checkpoint).ref());
  }

  private static ModelVersion registerBase(
      ArtifactStore store, String run, String name, CheckpointRef checkpoint) throws IOException {
    Lineage lineage = new Lineage(store, checkpoint.fingerprint());
    Scores heldOut = lineage.heldOut();
    List<String> licences = lineage.licences();
    List<SourceShare> sources = lineage.sources();
    Spent spent = lineage.manifest().map(Manifest::spent).orElse(Spent.NOTHING);
    Optional<Scores> inherited = lineage.inherited();
    ModelRegistry registry = new ModelRegistry(store);
    Optional<Fingerprint> ancestor = lineage.ancestor();
    Optional<String> parent =
        ancestor.isEmpty() ? Optional.empty() : registry.labelOf(name, ancestor.get());
    return registry.register(
        name,
        checkpoint.fingerprint(),
        number ->
            new ModelVersion(
                name,
                number,
                ModelVersion.Kind.BASE,
                checkpoint,
                parent,
                Optional.empty(),
                heldOut,
                inherited,
                licences,
                run,
                Instant.now(),
                spent,
                sources));
  }

  @Override
  public ModelRef registerFinetune(
      String store, String run, String name, ModelRef parent, FinetuneJob job, Trained graft) {
    return Failures.told(
        () -> {
          ModelRegistry registry = new ModelRegistry(stores.at(store));
          Optional<ModelVersion> base = registry.find(parent.label());
          List<String> licences = base.map(ModelVersion::licences).orElse(List.of());
          List<SourceShare> sources = base.map(ModelVersion::sources).orElse(List.of());
          CheckpointRef checkpoint = graft.result().checkpoint();
          return registry
              .register(
                  name,
                  checkpoint.fingerprint(),
                  number ->
                      new ModelVersion(
                          name,
                          number,
                          ModelVersion.Kind.FINETUNE,
                          checkpoint,
                          Optional.of(parent.label()),
                          Optional.of(job.finetune().task().type()),
                          graft.result().scores(),
                          graft.result().before(),
                          licences,
                          run,
                          Instant.now(),
                          graft.result().spent(),
                          sources))
              .ref();
        });
  }

  @Override
  public Promotion promote(PromoteRequest request) {
    return Failures.told(() -> promote(request, new ModelRegistry(stores.at(request.store()))));
  }

  private static Promotion promote(PromoteRequest request, ModelRegistry registry)
      throws IOException {
    String alias = request.rule().alias();
    ModelRef model = request.model();
    Optional<ModelVersion> version = registry.find(model.label());
    boolean base = version.map(known -> known.kind() != ModelVersion.Kind.FINETUNE).orElse(false);
    Optional<ModelVersion> champion =
        registry.find(model.name() + "@" + alias).map(held -> onTheTextOf(version, held));
    if (champion.isPresent() && champion.get().version() == model.version()) {
      return new Promotion(alias, model.label(), true, "it is " + alias + " already");
    }
    Scores own =
        request.scores().values().isEmpty()
            ? version.map(ModelVersion::scores).orElse(request.scores())
            : request.scores();
    Judge.Verdict verdict = Judge.judge(request, base, own, champion);
    String reason = "\"" + request.rule().when() + "\": " + verdict.reason();
    if (verdict.passed()) {
      registry.promote(model.name(), alias, model.version(), request.run(), reason);
    }
    return new Promotion(alias, model.label(), verdict.passed(), reason);
  }

  /**
   * A champion as its descendant found it: on the descendant's held-out text, for two texts make
   * two scales.
   */
  private static ModelVersion onTheTextOf(
      Optional<ModelVersion> challenger, ModelVersion champion) {
    return challenger
        .filter(version -> version.kind() == ModelVersion.Kind.BASE)
        .filter(version -> version.parent().equals(Optional.of(champion.ref().label())))
        .flatMap(ModelVersion::before)
        .map(champion::withScores)
        .orElse(champion);
  }
}
