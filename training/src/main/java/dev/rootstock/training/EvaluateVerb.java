package dev.rootstock.training;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.EvaluateOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.data.ChatExamples;
import dev.rootstock.training.data.TaskExamples;
import dev.rootstock.training.evaluate.Evaluator;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** A model's scores on a task's test rows. */
final class EvaluateVerb implements Verb<EvaluateOrder> {
  @Override
  public Class<EvaluateOrder> order() {
    return EvaluateOrder.class;
  }

  @Override
  public Scores carryOut(EvaluateOrder order, ProgressLog progress, Stop stop) throws IOException {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      ModelTokenizer tokenizer = ModelTokenizer.read(store, order.model().tokenizer());
      TaskSplit rows = TaskSplit.read(order.task(), order.data(), order.test(), new WherePinned());
      rows.notes().forEach(progress::tell);
      List<String> answers =
          Stream.of(rows.train(), rows.dev(), rows.test())
              .flatMap(List::stream)
              .map(TaskRow::answer)
              .toList();
      TaskExamples examples =
          order.task().type() == TaskType.CHAT
              ? TaskExamples.of(
                  new ChatExamples(
                      tokenizer.chatTemplate(),
                      tokenizer.tokenizer(),
                      order.model().shape().context()),
                  FinetuneSpec.Turns.ALL)
              : TaskExamples.of(
                  order.task().type(),
                  tokenizer.tokenizer(),
                  order.model().shape().context(),
                  answers);
      Evaluator.Pulse pulse =
          (done, of) -> {
            progress.at(Progress.of("evaluate", done, of, "rows"));
            if (stop.asked()) {
              throw new Stopped("left after " + done + " of " + of + " rows, as asked");
            }
          };
      try (Backend model =
          StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
        return new Evaluator(model, examples, pulse).score(rows.test(), rows.labels());
      }
    }
  }
}
