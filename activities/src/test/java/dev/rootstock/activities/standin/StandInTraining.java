package dev.rootstock.activities.standin;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that speaks the engine protocol for tensors: it counts steps, saves them, and goes on
 * from there.
 */
public final class StandInTraining {
  private static final long EVERY = 10; // steps between checkpoints

  private StandInTraining() {}

  public static void main(String[] arguments) {
    EngineMain.run(arguments, Map.of("pretrain", new Pretrain(), "finetune", new Finetune()));
  }

  private static final class Pretrain implements Verb<PretrainOrder> {
    @Override
    public Class<PretrainOrder> order() {
      return PretrainOrder.class;
    }

    @Override
    public Record carryOut(PretrainOrder order, ProgressLog progress, Stop stop) throws Exception {
      Control control = new Control("pretrain");
      control.started();
      try (ArtifactStore store = Stores.open(order.attempt().store())) {
        Checkpoints checkpoints = new Checkpoints(store, order.fingerprint());
        long step =
            checkpoints.whole().stream().findFirst().map(Checkpoints.Saved::step).orElse(0L);
        Claim claim =
            new Claim(
                order.attempt().run(), "here", 1, order.attempt().number(), step, Instant.now());
        long number = checkpoints.claims().append(claim);
        control.misbehave(order.attempt().run());
        progress.tell("goes on from step " + step);
        while (step < order.pretrain().steps()) {
          Thread.sleep(control.pace());
          step++;
          progress.at(Progress.of("pretrain", step, order.pretrain().steps(), "steps"));
          if (step % EVERY == 0 || stop.asked()) {
            save(store, order, step, number);
          }
          if (stop.asked()) {
            throw new Stopped("saved step " + step);
          }
        }
        return finish(store, order, step);
      }
    }

    private static void save(ArtifactStore store, PretrainOrder order, long step, long claim)
        throws IOException {
      String folder = Stage.PRETRAIN.at(order.fingerprint()) + "/" + Checkpoints.folderOf(step);
      if (Artifacts.find(store, folder).isEmpty()) {
        Artifacts.commit(
            store,
            folder,
            manifest(order, step, List.of(), Map.of("run", order.attempt().run(), "claim", claim)));
      }
    }

    private static CheckpointRef finish(ArtifactStore store, PretrainOrder order, long step)
        throws IOException {
      Path metrics = Files.createTempFile("metrics", ".jsonl");
      Files.writeString(
          metrics,
          "{\"step\":1,\"loss\":3.5}\n{\"step\":" + step + ",\"eval_bits_per_byte\":2.25}\n");
      String home = Stage.PRETRAIN.at(order.fingerprint());
      StoredFile file =
          Artifacts.add(store, home, Checkpoints.folderOf(step) + "/metrics.jsonl", metrics);
      Files.delete(metrics);
      Artifacts.commit(
          store, home, manifest(order, step, List.of(file), Map.of("run", order.attempt().run())));
      return ref(order, step);
    }

    @SuppressWarnings("unchecked") // a record's tree is a map
    private static Manifest manifest(
        PretrainOrder order, long step, List<StoredFile> files, Map<String, Object> by) {
      Map<String, Fingerprint> inputs =
          Map.of(
              "tokens", order.tokens().fingerprint(), "tokenizer", order.tokenizer().fingerprint());
      return new Manifest(
          1,
          Stage.PRETRAIN,
          order.fingerprint(),
          Fingerprint.form(Stage.PRETRAIN, inputs, order.pretrain()),
          files,
          (Map<String, Object>) CanonicalJson.tree(ref(order, step)),
          new Spent(100, 5e12, order.pretrain().tokens()),
          by,
          Instant.now());
    }

    private static CheckpointRef ref(PretrainOrder order, long step) {
      return new CheckpointRef(
          order.fingerprint(),
          Stage.PRETRAIN.at(order.fingerprint()) + "/" + Checkpoints.folderOf(step),
          step,
          order.pretrain().shape(),
          order.tokenizer().fingerprint(),
          Optional.empty());
    }
  }

  private static final class Finetune implements Verb<FinetuneOrder> {
    @Override
    public Class<FinetuneOrder> order() {
      return FinetuneOrder.class;
    }

    @Override
    public Record carryOut(FinetuneOrder order, ProgressLog progress, Stop stop) throws Exception {
      Control control = new Control("finetune");
      control.started();
      control.misbehave("seed" + order.finetune().seed());
      boolean scratch = order.base().isEmpty();
      ModelShape shape =
          scratch ? order.finetune().scratch().orElseThrow() : order.base().get().shape();
      CheckpointRef ref =
          new CheckpointRef(
              order.fingerprint(),
              Stage.FINETUNE.at(order.fingerprint()) + "/step-00000010",
              10,
              shape,
              order.tokenizer(),
              Optional.empty());
      FinetuneResult result =
          new FinetuneResult(
              ref,
              scores(scratch ? 0.5 : 0.875),
              scratch ? Optional.empty() : Optional.of(scores(0.25)),
              scratch ? Optional.empty() : Optional.of(2.25),
              scratch ? Optional.empty() : Optional.of(2.5),
              40,
              10,
              scratch ? shape.parameters() : 1000,
              new Spent(1, 1e9, 400),
              Optional.empty());
      Map<String, Fingerprint> inputs =
          scratch
              ? Map.of("tokenizer", order.tokenizer())
              : Map.of("base", order.base().get().fingerprint(), "tokenizer", order.tokenizer());
      StandInPreprocess.commit(
          order.attempt(),
          Stage.FINETUNE,
          order.fingerprint(),
          Fingerprint.form(Stage.FINETUNE, inputs, order.finetune()),
          result);
      return result;
    }

    private static Scores scores(double accuracy) {
      return new Scores(Map.of("accuracy", accuracy, "macro-f1", accuracy - 0.125), 8);
    }
  }
}
