package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.TaskSpec;
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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A model's scores on a task's test rows, or its bits per byte on a text. */
final class EvaluateVerb implements Verb<EvaluateOrder> {
  @Override
  public Class<EvaluateOrder> order() {
    return EvaluateOrder.class;
  }

  @Override
  public Scores carryOut(EvaluateOrder order, ProgressLog progress, Stop stop) throws IOException {
    new Check()
        .that(
            order.task().isPresent() != order.text().isPresent(),
            "task",
            order.task().isPresent() ? "given together with text" : "missing, and text too",
            "given exactly where text is not")
        .done();
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      ModelTokenizer tokenizer = ModelTokenizer.read(store, order.model().tokenizer());
      TaskType type = order.task().map(TaskSpec::type).orElse(TaskType.LANGUAGE_MODEL);
      List<TaskRow> test;
      List<String> labels = List.of();
      List<String> answers = List.of();
      if (order.task().isPresent()) {
        TaskSplit rows =
            TaskSplit.read(order.task().get(), order.data(), order.test(), new WherePinned());
        rows.notes().forEach(progress::tell);
        test = rows.test();
        labels = rows.labels();
        answers =
            Stream.of(rows.train(), rows.dev(), rows.test())
                .flatMap(List::stream)
                .map(TaskRow::answer)
                .toList();
      } else {
        test = List.of(document(order.text().orElseThrow()));
      }
      TaskExamples examples =
          type == TaskType.CHAT
              ? TaskExamples.of(
                  new ChatExamples(
                      tokenizer.chatTemplate(),
                      tokenizer.tokenizer(),
                      order.model().shape().context()),
                  FinetuneSpec.Turns.ALL)
              : TaskExamples.of(
                  type, tokenizer.tokenizer(), order.model().shape().context(), answers);
      Evaluator.Pulse pulse =
          (done, of) -> {
            progress.at(Progress.of("evaluate", done, of, "rows"));
            if (stop.asked()) {
              throw new Stopped("left after " + done + " of " + of + " rows, as asked");
            }
          };
      try (Backend model =
          StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
        return new Evaluator(model, examples, pulse).score(test, labels);
      }
    }
  }

  private static TaskRow document(PinnedFile file) throws IOException {
    String path = file.uri().getPath();
    try (InputStream in = new WherePinned().open(file)) {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
      new Check()
          .that(!text.isEmpty(), "text", path + ", which is empty", "a file with text")
          .done();
      return new TaskRow(text, "", path, 1);
    } catch (CharacterCodingException notUtf8) {
      throw new InvalidConfig(Problem.of("text", path + ", which is not UTF-8", "UTF-8 text"));
    }
  }
}
