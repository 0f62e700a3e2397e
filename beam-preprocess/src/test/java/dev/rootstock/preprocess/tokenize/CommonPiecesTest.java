package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommonPiecesTest {
  private static Map<String, Long> kept(int most, List<Long> counts, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < counts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    CommonPieces pieces = new CommonPieces(most);
    order.forEach(i -> pieces.add("piece" + i, counts.get(i)));
    Map<String, Long> kept = new TreeMap<>();
    pieces.forEach(kept::put);
    return kept;
  }

  @Test
  void keepsAllWhereThereIsRoom() {
    assertThat(kept(5, List.of(1L, 1L, 2L, 7L, 9L), 1)).hasSize(5);
  }

  @Test
  void piecesThatOccurEquallyOftenStayOrGoTogether() {
    assertThat(kept(4, List.of(1L, 1L, 2L, 7L, 9L), 1))
        .containsOnlyKeys("piece2", "piece3", "piece4");
    assertThat(kept(2, List.of(1L, 1L, 2L, 7L, 9L), 1)).containsOnlyKeys("piece3", "piece4");
  }

  @Test
  void theCommonestPiecesStayEvenIfTheyAreTooMany() {
    assertThat(kept(1, List.of(1_000_000L, 2_000_000L, 3L), 1))
        .containsOnlyKeys("piece0", "piece1");
  }

  @Test
  void theOrderChangesNothing() {
    Random random = new Random(4);
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      counts.add((long) Math.exp(5 * random.nextDouble()));
    }
    Map<String, Long> wanted = kept(500, counts, 0);
    assertThat(wanted).hasSizeBetween(400, 500);
    for (long seed = 1; seed < 5; seed++) {
      assertThat(kept(500, counts, seed)).isEqualTo(wanted);
    }
  }
}
