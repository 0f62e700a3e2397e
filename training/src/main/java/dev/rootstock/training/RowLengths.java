package dev.rootstock.training;

import dev.rootstock.contract.TaskType;
import dev.rootstock.training.data.Example;
import dev.rootstock.training.data.TaskExamples;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the rows of a finetune are. Its memory follows from that, and not from the context,
 * which an imported base may have a hundred times as long.
 *
 * @param longest positions of the longest row that is learned, scored or written
 * @param shared positions of a row that several examples share
 */
record RowLengths(int longest, int shared) {
  private static final int SAMPLE = 64; // positions written behind a row, to show
  private static final int ROOMY = 1024; // a row that fills a lane; longer ones gain nothing

  @SafeVarargs
  static RowLengths of(TaskExamples examples, List<Example>... parts) {
    int longest =
        Stream.of(parts)
            .flatMap(List::stream)
            .mapToInt(example -> example.ids().length - 1)
            .max()
            .orElse(1);
    boolean labelled = examples.type() == TaskType.CLASSIFY || examples.type() == TaskType.SEQ2SEQ;
    int behind = labelled ? Math.max(SAMPLE, examples.room()) : SAMPLE;
    int reach = Math.min(examples.context(), longest + behind);
    return new RowLengths(reach, Math.min(examples.context(), Math.max(reach, ROOMY)));
  }
}
