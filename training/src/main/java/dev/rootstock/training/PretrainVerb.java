package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TrainerSpec;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.checkpoint.Snapshot;
import dev.rootstock.training.data.TokenBatches;
import dev.rootstock.training.optimize.MemoryNeed;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Tokens to a base, from scratch or from where an earlier attempt was. */
final class PretrainVerb implements Verb<PretrainOrder> {
  @Override
  public Class<PretrainOrder> order() {
    return PretrainOrder.class;
  }

  @Override
  public CheckpointRef carryOut(PretrainOrder order, ProgressLog progress, Stop stop)
      throws IOException {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      return carryOut(order, store, progress, stop);
    }
  }

  /** The same with a store that is open already, and stays so. */
  static CheckpointRef carryOut(
      PretrainOrder order, ArtifactStore store, ProgressLog progress, Stop stop)
      throws IOException {
    Optional<Manifest> finished = Artifacts.find(store, Stage.PRETRAIN, order.fingerprint());
    if (finished.isPresent()) {
      return finished.get().result(CheckpointRef.class);
    }
    ModelTokenizer tokenizer = ModelTokenizer.read(store, order.tokenizer().fingerprint());
    check(order, tokenizer);
    return train(order, store, tokenizer, progress, stop);
  }

  private static void check(PretrainOrder order, ModelTokenizer tokenizer) {
    PretrainSpec spec = order.pretrain();
    Fingerprint due = Fingerprint.of(Stage.PRETRAIN, order.inputs(), spec);
    if (!due.equals(order.fingerprint())) {
      throw new Hopeless(
          "FingerprintMismatch",
          "the order is named " + order.fingerprint() + "; what it asks for is " + due);
    }
    new Check()
        .that(
            spec.replay().isPresent() == order.ancestor().isPresent(),
            "pretrain.replay",
            spec.replay().map(String::valueOf).orElse("missing"),
            "given exactly where an ancestor is")
        .that(
            order
                .ancestor()
                .map(from -> from.checkpoint().shape().equals(spec.shape()))
                .orElse(true),
            "pretrain.shape",
            spec.shape(),
            "its ancestor's")
        .that(
            spec.trainer().isEmpty(),
            "pretrain.trainer",
            spec.trainer().map(TrainerSpec::toString).orElse(""),
            "left out in an order for Rootstock's own trainer")
        .that(
            spec.shape().vocabulary() == tokenizer.tokenizer().vocabulary(),
            "pretrain.shape.vocabulary",
            spec.shape().vocabulary(),
            "the tokenizer's, " + tokenizer.tokenizer().vocabulary())
        .that(
            spec.shape().context() == order.tokens().context(),
            "pretrain.shape.context",
            spec.shape().context(),
            "that of the tokens' rows, " + order.tokens().context())
        .done();
  }

  private static CheckpointRef train(
      PretrainOrder order,
      ArtifactStore store,
      ModelTokenizer tokenizer,
      ProgressLog progress,
      Stop stop)
      throws IOException {
    PretrainSpec spec = order.pretrain();
    ModelShape shape = spec.shape();
    int threads = order.attempt().cores();
    long learn = shape.parameters();
    MemoryNeed need = MemoryNeed.of(shape, spec.numeric(), learn, 0, threads);
    need.check();
    progress.tell(
        String.format(
            Locale.ROOT,
            "%,d parameters, %,d steps of %,d tokens, at most %.2f GB of memory",
            learn,
            spec.steps(),
            (long) spec.batch() * shape.context(),
            need.bytes() / 1e9));
    boolean roomy = MemoryNeed.of(shape, spec.numeric(), learn, Snapshot.COPIES, threads).fits();
    if (!roomy) {
      progress.tell(
          "training pauses while it is saved: there is no memory for a second copy of the model");
    }
    progress.at(Progress.of("pretrain", 0, spec.steps(), "steps"));
    try (TokenBatches batches = batches(order, store);
        Backend model = Backends.open(shape, Optional.empty(), spec.numeric(), threads);
        Snapshot snapshot = roomy ? new Snapshot(model, threads) : null;
        PretrainSaves saves =
            new PretrainSaves(
                order, store, model, tokenizer, batches, Optional.ofNullable(snapshot))) {
      Optional<PretrainSaves.Restored> restored =
          saves.restore(
              words -> {
                System.err.println(words);
                progress.tell(words);
              });
      if (restored.isEmpty()) {
        FirstWeights.fill(model, shape, spec.seed());
        if (order.ancestor().isPresent()) {
          StoredModel.load(store, order.ancestor().get().checkpoint(), model);
        }
      }
      long from = restored.map(PretrainSaves.Restored::step).orElse(0L);
      Tempo tempo =
          new Tempo(
              progress,
              "pretrain",
              spec.steps(),
              restored.map(PretrainSaves.Restored::seconds).orElse(0.0),
              restored.map(PretrainSaves.Restored::step));
      Metrics metrics = restored.map(PretrainSaves.Restored::metrics).orElseGet(Metrics::new);
      if (from == spec.steps()) {
        return saves.finish(restored.orElseThrow().folder());
      }
      if (stop.asked()) {
        throw new Stopped("asked to leave before step " + (from + 1));
      }
      Trainer trainer =
          new Trainer(
              spec,
              order.cadence(),
              model,
              batches,
              tokenizer.tokenizer(),
              saves,
              metrics,
              tempo,
              progress,
              stop,
              PeakSpeed.of(spec, threads));
      return saves.finish(trainer.train(from));
    }
  }

  private static TokenBatches batches(PretrainOrder order, ArtifactStore store) throws IOException {
    PretrainSpec spec = order.pretrain();
    int vocabulary = spec.shape().vocabulary();
    return order.ancestor().isEmpty()
        ? TokenBatches.open(
            store, order.tokens(), vocabulary, spec.batch(), spec.seed(), spec.attention())
        : TokenBatches.descending(
            store,
            order.tokens(),
            order.ancestor().get().tokens(),
            spec.replay().orElseThrow(),
            vocabulary,
            spec.batch(),
            spec.seed(),
            spec.attention());
  }
}
