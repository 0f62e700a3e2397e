package dev.rootstock.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {
  private static final int[] ROWS = new Random(1).ints(50, 1, 12).toArray();

  private static List<Long> numbers(RowOrder order, long from, long to) {
    return LongStream.range(from, to).mapToObj(at -> order.number(order.at(at))).toList();
  }

  @Test
  void everyEpochTakesEveryRowOnceInAnOrderOfItsOwn() {
    RowOrder order = new RowOrder(ROWS, 5);
    List<Long> all = LongStream.range(0, order.rows()).boxed().toList();
    List<Long> first = numbers(order, 0, order.rows());
    List<Long> third = numbers(order, 2 * order.rows(), 3 * order.rows());

    assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(third).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
    assertThat(numbers(new RowOrder(ROWS, 6), 0, order.rows())).isNotEqualTo(first);
  }

  @Test
  void anyPlaceIsTheSameWhateverWasAskedBefore() {
    RowOrder walked = new RowOrder(ROWS, 5);
    for (long at = 0; at < 3 * walked.rows(); at++) {
      RowOrder.Place place = walked.at(at);
      RowOrder.Place jumped = new RowOrder(ROWS, 5).at(at);
      assertThat(jumped.groups()).isEqualTo(place.groups());
      assertThat(jumped.row()).isEqualTo(place.row());
    }
  }

  @Test
  void rowsOfAWindowStayTogetherAndTheNextIsKnown() {
    RowOrder order = new RowOrder(ROWS, 9);
    List<int[]> windows = new ArrayList<>();
    int[] following = null;
    for (long at = 0; at < 2 * order.rows(); at++) {
      RowOrder.Place place = order.at(at);
      if (windows.isEmpty() || windows.get(windows.size() - 1) != place.groups()) {
        if (following != null) {
          assertThat(place.groups()).isEqualTo(following);
        }
        windows.add(place.groups());
      }
      following = place.following();
    }
    assertThat(windows).hasSize(8).allMatch(groups -> groups.length <= RowOrder.WINDOW);
  }

  @Test
  void fewRowGroupsAreOneWindow() {
    RowOrder order = new RowOrder(new int[] {40, 60}, 2);
    assertThat(order.at(5).groups()).containsExactly(0, 1);
    assertThat(order.at(150).groups()).containsExactly(0, 1);
    long late = numbers(order, 0, 50).stream().filter(row -> row >= 50).count();
    assertThat(late).isBetween(15L, 35L);
  }
}
