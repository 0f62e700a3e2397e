package dev.rootstock.activities.request;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.pipeline.EvaluateChoice;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.PretrainChoice;
import dev.rootstock.workflows.FinetuneJob;
import java.util.Map;
import java.util.Optional;

/** Finetunes of one base, every choice decided. */
record Jobs(Fingerprint base, Fingerprint tokenizer, ModelShape shape, Numeric numeric) {
  FinetuneJob job(FinetuneChoice choice, TaskFinder.Found task, EvaluateChoice evaluate) {
    FinetuneSpec spec =
        new FinetuneSpec(
            task.spec(),
            choice.method(),
            choice.adapter(),
            choice.passes(task.trainRows()),
            choice.batch(),
            choice.peakRate(),
            choice.stopping().patience(),
            choice.stopping().evaluations(),
            OptimizerSpec.DEFAULT,
            choice.seed(),
            numeric,
            Optional.empty(),
            choice.freeze(),
            Optional.of(choice.packing()),
            choice.stopping().spec(),
            choice.turns());
    Fingerprint graft =
        Fingerprint.of(Stage.FINETUNE, Map.of("base", base, "tokenizer", tokenizer), spec);
    Optional<FinetuneJob.Twin> twin =
        evaluate.against().contains(EvaluateChoice.Rival.SCRATCH)
            ? Optional.of(twin(spec))
            : Optional.empty();
    return new FinetuneJob(choice.name(), graft, spec, task.data(), task.test(), twin);
  }

  /**
   * The same rows, equally often, from random weights: all of them learn, at the rate a model
   * learns at from nothing.
   */
  private FinetuneJob.Twin twin(FinetuneSpec graft) {
    FinetuneSpec spec =
        new FinetuneSpec(
            graft.task(),
            FinetuneSpec.Method.FULL,
            Optional.empty(),
            graft.epochs(),
            graft.batch(),
            PretrainChoice.DEFAULT.spec(shape).schedule().peak(),
            graft.patience(),
            graft.evaluations(),
            graft.optimizer(),
            graft.seed(),
            numeric,
            Optional.of(shape),
            Optional.empty(),
            graft.packing(),
            graft.stopping(),
            graft.turns());
    return new FinetuneJob.Twin(
        Fingerprint.of(Stage.FINETUNE, Map.of("tokenizer", tokenizer), spec), spec);
  }
}
