package dev.rootstock.preprocess.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.preprocess.clean.HeldOut.Ends;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  private static Ends ends(List<String> ids) {
    FindEnds find = new FindEnds();
    Ends ends = find.createAccumulator();
    for (String id : ids) {
      ends = find.addInput(ends, id);
    }
    return ends;
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> String.format("%032x", i)).toList();
  }

  private static long heldOut(List<String> ids, double share) {
    Ends ends = ends(ids);
    return ids.stream()
        .filter(id -> new HeldOut(share).splitOf(id, ends).equals(HeldOut.VALIDATION))
        .count();
  }

  @Test
  void holdsOutAboutTheShareAskedFor() {
    assertThat(heldOut(ids(20_000), 0.05)).isBetween(900L, 1_100L);
  }

  @Test
  void holdsOutAtLeastOneOfTwoAndNeverAll() {
    for (int count = 2; count < 40; count++) {
      assertThat(heldOut(ids(count), 0.001)).isBetween(1L, count - 1L);
      assertThat(heldOut(ids(count), 0.999)).isBetween(1L, count - 1L);
    }
  }

  @Test
  void aSingleDocumentIsTrainedOn() {
    assertThat(heldOut(ids(1), 0.5)).isZero();
  }

  @Test
  void aShareOfNothingHoldsOutNothing() {
    assertThat(heldOut(ids(100), 0)).isZero();
  }

  @Test
  void endsDoNotDependOnTheOrderOrOnHowTheyAreMerged() {
    List<String> ids = ids(500);
    FindEnds find = new FindEnds();

    Ends merged =
        find.mergeAccumulators(
            List.of(
                ends(ids.subList(300, 500)), find.createAccumulator(), ends(ids.subList(0, 300))));

    assertThat(merged).isEqualTo(ends(ids));
  }

  @Test
  void documentsKeepTheirPlaceWhenTheCorpusGrows() {
    HeldOut heldOut = new HeldOut(0.1);
    Ends few = ends(ids(1_000));
    Ends many = ends(ids(2_000));

    assertThat(
            ids(1_000).stream()
                .filter(id -> !heldOut.splitOf(id, few).equals(heldOut.splitOf(id, many)))
                .count())
        .isLessThanOrEqualTo(2);
  }
}
