package dev.rootstock.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.task.TaskRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommonestTest {
  @Test
  void namesTheLabelOfMostRowsAndItsShare() {
    List<TaskRow> rows = rows("neg", "pos", "neg", "mixed");
    assertThat(Commonest.of(rows)).isEqualTo(new Commonest("neg", 0.5));
    assertThat(Commonest.of(rows).words(4))
        .isEqualTo("4 test rows; \"neg\" alone would be right in 0.5000 of them");
  }

  @Test
  void ofLabelsEquallyCommonTheFirstByNameIsNamed() {
    assertThat(Commonest.of(rows("pos", "neg", "pos", "neg")).label()).isEqualTo("neg");
  }

  @Test
  void aModelNoBetterThanItIsDoubted() {
    Commonest most = new Commonest("neg", 0.5);
    assertThat(most.doubt(accuracy(0.5), FinetuneSpec.Method.LORA).orElseThrow())
        .startsWith("accuracy 0.5000 is no better than to answer \"neg\" always, 0.5000. Try ")
        .contains("method: full");
    assertThat(most.doubt(accuracy(0.4), FinetuneSpec.Method.FULL).orElseThrow())
        .doesNotContain("method: full");
    assertThat(most.doubt(accuracy(0.51), FinetuneSpec.Method.LORA)).isEmpty();
  }

  private static Scores accuracy(double value) {
    return new Scores(Map.of("accuracy", value), 10);
  }

  private static List<TaskRow> rows(String... labels) {
    return Stream.of(labels).map(label -> new TaskRow("a text", label, "rows.csv", 1)).toList();
  }
}
