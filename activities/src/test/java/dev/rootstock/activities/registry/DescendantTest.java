package dev.rootstock.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.pipeline.PromoteChoice;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.LocalStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.workflows.PromoteRequest;
import dev.rootstock.workflows.Promotion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base that goes on from another: who its parent is, and on which text the two are compared. */
class DescendantTest {
  private static final ModelShape SHAPE = ModelShape.ofDepth(ModelShape.Family.LLAMA, 1, 300, 16);

  @TempDir private Path folder;
  private LocalStore store;
  private StoreRegistryActivities activities;

  @BeforeEach
  void open() throws IOException {
    store = LocalStore.open(folder.resolve("store").toUri());
    activities = new StoreRegistryActivities(new OpenStores());
  }

  @Test
  void isRegisteredWithItsAncestorAsParent() throws IOException {
    CheckpointRef old = made("old", Optional.empty(), "{\"eval_bits_per_byte\":2.0}");
    CheckpointRef young = descendant(old, 2.2, 2.4);
    register("garden", old);

    register("garden", young);

    ModelVersion version = new ModelRegistry(store).find("garden@2").orElseThrow();
    assertThat(version.parent()).contains("garden@1");
    assertThat(version.scores().values()).containsEntry("bits-per-byte", 2.2);
    assertThat(version.before().orElseThrow().values()).containsEntry("bits-per-byte", 2.4);
  }

  @Test
  void findsItsParentUnderAnotherName() throws IOException {
    CheckpointRef old = made("old", Optional.empty(), "{\"eval_bits_per_byte\":2.0}");
    register("oak", old);

    register("garden", descendant(old, 2.2, 2.4));

    assertThat(new ModelRegistry(store).find("garden@1").orElseThrow().parent()).contains("oak@1");
  }

  @Test
  void isComparedWithTheChampionOnItsOwnHeldOutText() throws IOException {
    CheckpointRef old = made("old", Optional.empty(), "{\"eval_bits_per_byte\":2.0}");
    promote(register("garden", old));

    Promotion better = promote(register("garden", descendant(old, 2.2, 2.4)));

    assertThat(better.promoted()).isTrue();
    assertThat(better.reason()).endsWith("bits-per-byte 2.2000 is better than garden@1's 2.4000");
    Promotion worse = promote(register("garden", descendant(descendant(old, 2.2, 2.4), 1.9, 1.8)));
    assertThat(worse.promoted()).isFalse();
    assertThat(worse.reason()).contains("garden@2's 1.8000");
  }

  private ModelRef register(String name, CheckpointRef checkpoint) {
    return activities.registerBase(place(), "run", name, checkpoint);
  }

  private String place() {
    return store.root().toString();
  }

  private Promotion promote(ModelRef model) {
    return activities.promote(
        new PromoteRequest(
            place(),
            "run",
            model,
            new PromoteChoice("production", "score > champion"),
            TaskType.LANGUAGE_MODEL,
            new Scores(Map.of(), 0),
            Optional.empty(),
            Optional.empty()));
  }

  private CheckpointRef descendant(CheckpointRef of, double own, double ancestors)
      throws IOException {
    return made(
        "of " + of.fingerprint() + own,
        Optional.of(of.fingerprint()),
        "{\"ancestor_bits_per_byte\":" + ancestors + "}\n{\"eval_bits_per_byte\":" + own + "}");
  }

  /** A finished training of which only its figures are there. */
  private CheckpointRef made(String tokens, Optional<Fingerprint> ancestor, String metrics)
      throws IOException {
    Map<String, Fingerprint> inputs =
        PretrainOrder.inputs(fingerprint(tokens), fingerprint("tokenizer"), ancestor);
    PretrainSpec spec =
        new PretrainSpec(
            SHAPE,
            1,
            1,
            new LearningSchedule(0.01, 0, 1, 0.1),
            OptimizerSpec.DEFAULT,
            1,
            Numeric.DEFAULT);
    Fingerprint name = Fingerprint.of(Stage.PRETRAIN, inputs, spec);
    String home = Stage.PRETRAIN.at(name);
    if (Artifacts.read(store, home).isEmpty()) {
      Path file = Files.writeString(folder.resolve("metrics.jsonl"), metrics + "\n");
      StoredFile figures = Artifacts.add(store, home, "step-00000001/metrics.jsonl", file);
      Artifacts.commit(
          store,
          home,
          new Manifest(
              1,
              Stage.PRETRAIN,
              name,
              Fingerprint.form(Stage.PRETRAIN, inputs, spec),
              List.of(figures),
              CanonicalJson.map(checkpoint(name)),
              Spent.NOTHING,
              Map.of("run", "run"),
              Instant.EPOCH));
    }
    return checkpoint(name);
  }

  private static CheckpointRef checkpoint(Fingerprint name) {
    return new CheckpointRef(
        name,
        Stage.PRETRAIN.at(name) + "/step-00000001",
        1,
        SHAPE,
        fingerprint("tokenizer"),
        Optional.empty());
  }

  private static Fingerprint fingerprint(String name) {
    return new Fingerprint(
        Fingerprint.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
  }
}
