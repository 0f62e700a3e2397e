package dev.rootstock.activities.forecast;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.workflows.FinetuneJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A finetune's rows in bytes, for no tokenizer may be there yet.
 *
 * @param trained of all training rows, those beyond the limit left out
 * @param longest of the longest row of any part
 */
record Rows(long trained, long longest) {
  /** Reads them; where that fails the files' sizes serve, and the run tells what is wrong. */
  static Rows of(FinetuneJob job) {
    FinetuneSpec spec = job.finetune();
    try {
      TaskSplit split = TaskSplit.read(spec.task(), job.data(), job.test(), new WherePinned());
      long trained = split.train().stream().mapToLong(Rows::bytes).sum();
      long longest =
          Stream.of(split.train(), split.dev(), split.test())
              .flatMap(List::stream)
              .mapToLong(Rows::bytes)
              .max()
              .orElse(0);
      return new Rows(trained, spec.task().type() == TaskType.LANGUAGE_MODEL ? trained : longest);
    } catch (IOException | InvalidConfig unreadable) {
      long files = job.data().stream().mapToLong(file -> file.bytes()).sum();
      return new Rows(files, files);
    }
  }

  private static long bytes(TaskRow row) {
    return row.text().getBytes(StandardCharsets.UTF_8).length
        + row.answer().getBytes(StandardCharsets.UTF_8).length;
  }
}
