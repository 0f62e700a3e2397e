package dev.rootstock.contract.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TaskType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskSplitTest {
  private static TaskSpec spec(double dev, double test, Integer limit) {
    return new TaskSpec(
        TaskType.CLASSIFY,
        List.of(),
        List.of(),
        new TaskSpec.Fields("text", "label", "source", "target"),
        TaskSpec.Format.AUTO,
        TaskSpec.Encoding.UTF_8,
        dev,
        test,
        Optional.ofNullable(limit));
  }

  private static List<TaskRow> rows(int count) {
    List<TaskRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new TaskRow("row " + i, i % 2 == 0 ? "yes" : "no", "f", i));
    }
    return rows;
  }

  private static TaskSplit split(TaskSpec spec, List<TaskRow> rows, List<TaskRow> test) {
    return TaskSplit.of(spec, rows, test, List.of());
  }

  @Test
  void partsRowsInTheSharesAskedForAndKeepsThemAll() {
    TaskSplit split = split(spec(0.1, 0.2, null), rows(5000), List.of());

    assertThat(split.test()).hasSizeBetween(900, 1100);
    assertThat(split.dev()).hasSizeBetween(430, 570);
    Set<TaskRow> all = new HashSet<>(split.train());
    all.addAll(split.dev());
    all.addAll(split.test());
    assertThat(all).hasSize(5000);
    assertThat(split.labels()).containsExactly("no", "yes");
  }

  @Test
  void aRowStaysWhereItIsWhenOthersCome() {
    TaskSplit few = split(spec(0.1, 0.2, null), rows(500), List.of());
    TaskSplit more = split(spec(0.1, 0.2, null), rows(700), List.of());

    assertThat(more.test()).containsAll(few.test());
    assertThat(more.dev()).containsAll(few.dev());
    assertThat(more.train()).containsAll(few.train());
  }

  @Test
  void equalTextsNeverStandOnBothSides() {
    List<TaskRow> twice = new ArrayList<>(rows(300));
    twice.addAll(rows(300));
    TaskSplit split = split(spec(0.1, 0.2, null), twice, List.of());

    assertThat(split.train())
        .noneMatch(row -> split.test().contains(row) || split.dev().contains(row));
    assertThat(split.notes()).isEmpty();
  }

  @Test
  void aHandfulOfRowsStillFillsEveryPart() {
    TaskSplit split = split(spec(0.1, 0.2, null), rows(6), List.of());

    assertThat(split.dev()).isNotEmpty();
    assertThat(split.test()).isNotEmpty();
    assertThat(split.train().size() + split.dev().size() + split.test().size()).isEqualTo(6);
  }

  @Test
  void aGivenTestSetIsTakenWholeAndWhatItSharesWithTrainingIsTold() {
    TaskSplit split = split(spec(0.1, 0.2, 50), rows(400), rows(10));

    assertThat(split.test()).isEqualTo(rows(10));
    assertThat(split.train()).hasSize(50);
    List<TaskRow> unseen =
        List.of(new TaskRow("new", "yes", "t", 1), new TaskRow("newer", "maybe", "t", 2));
    TaskSplit strange = split(spec(0.1, 0.2, null), rows(100), unseen);
    assertThat(strange.notes())
        .singleElement()
        .asString()
        .contains("that can not be learned: maybe");
    assertThat(split(spec(0.1, 0.2, null), rows(100), rows(100)).notes())
        .singleElement()
        .asString()
        .contains("of 100 test rows are also training rows");
  }

  @Test
  void saysWhichPartIsEmptyAndThatOneLabelIsNoTask() {
    assertThatThrownBy(() -> split(spec(0.1, 0.2, null), rows(1), List.of()))
        .hasMessageContaining("data is 1 rows, none left for dev")
        .hasMessageContaining("Give more rows");
    List<TaskRow> same =
        rows(100).stream().map(row -> new TaskRow(row.text(), "yes", "f", 1)).toList();
    assertThatThrownBy(() -> split(spec(0.1, 0.2, null), same, List.of()))
        .hasMessageContaining("at least two different labels");
    assertThatThrownBy(() -> split(spec(0.1, 0, null), rows(100), List.of()))
        .hasMessageContaining("none left for the test");
  }
}
