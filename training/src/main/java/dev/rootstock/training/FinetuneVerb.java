package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A base, or random weights, to a model of one task, scored before and after. It takes minutes, so
 * it is not saved on its way: an attempt that is stopped leaves nothing, and the next begins again.
 */
final class FinetuneVerb implements Verb<FinetuneOrder> {
  @Override
  public Class<FinetuneOrder> order() {
    return FinetuneOrder.class;
  }

  @Override
  public FinetuneResult carryOut(FinetuneOrder order, ProgressLog progress, Stop stop)
      throws IOException {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      Optional<Manifest> finished = Artifacts.find(store, Stage.FINETUNE, order.fingerprint());
      if (finished.isPresent()) {
        return finished.get().result(FinetuneResult.class);
      }
      check(order);
      return new Graft(order, store, Graft.Place.ALONE, progress, stop).alone();
    }
  }

  static void check(FinetuneOrder order) {
    FinetuneSpec spec = order.finetune();
    Check check =
        new Check()
            .that(
                order.base().isPresent() == spec.scratch().isEmpty(),
                "base",
                order.base().isPresent() ? "given" : "missing",
                "given exactly where finetune.scratch is not");
    order
        .base()
        .ifPresent(
            base ->
                check.that(
                    base.tokenizer().equals(order.tokenizer()),
                    "tokenizer",
                    order.tokenizer(),
                    "the base's own, " + base.tokenizer()));
    check.done();
    Fingerprint due = Fingerprint.of(Stage.FINETUNE, inputs(order), spec);
    if (!due.equals(order.fingerprint())) {
      throw new Hopeless(
          "FingerprintMismatch",
          "the order is named " + order.fingerprint() + "; what it asks for is " + due);
    }
  }

  static Map<String, Fingerprint> inputs(FinetuneOrder order) {
    Map<String, Fingerprint> inputs = new LinkedHashMap<>();
    order.base().ifPresent(base -> inputs.put("base", base.fingerprint()));
    inputs.put("tokenizer", order.tokenizer());
    return inputs;
  }
}
