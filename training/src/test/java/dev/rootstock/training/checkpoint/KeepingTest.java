package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Manifest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private static final Manifest MANIFEST =
      new Manifest(
          2,
          Stage.PRETRAIN,
          new Fingerprint("0123456789abcdef0123456789abcdef"),
          Map.of(),
          List.of(),
          Map.of(),
          Spent.NOTHING,
          Map.of(),
          Instant.EPOCH);

  private static List<Checkpoints.Saved> saved(long... newestFirst) {
    return Arrays.stream(newestFirst)
        .mapToObj(step -> new Checkpoints.Saved(Checkpoints.folderOf(step), step, 1, MANIFEST))
        .toList();
  }

  private static List<Long> dropped(Keeping keeping, long... newestFirst) {
    return keeping.dropped(saved(newestFirst)).stream().map(Checkpoints.Saved::step).toList();
  }

  @Test
  void theNewestStay() {
    Keeping three = new Keeping(3, Optional.empty(), Optional.empty());

    assertThat(dropped(three, 50, 40, 30, 20, 10)).containsExactly(20L, 10L);
    assertThat(dropped(three, 50, 40)).isEmpty();
    assertThat(dropped(three)).isEmpty();
  }

  @Test
  void oneStaysWhateverIsAskedFor() {
    assertThat(dropped(new Keeping(0, Optional.empty(), Optional.empty()), 20, 10))
        .containsExactly(10L);
  }

  @Test
  void theBestStays() {
    assertThat(dropped(new Keeping(1, Optional.empty(), Optional.of(20L)), 50, 40, 30, 20, 10))
        .containsExactly(40L, 30L, 10L);
  }

  @Test
  void theFirstOfEachStretchStaysHoweverOftenItIsLookedAt() {
    Keeping keeping = new Keeping(2, Optional.of(100L), Optional.empty());
    List<Checkpoints.Saved> there = List.of();
    for (long step = 30; step <= 450; step += 30) {
      there = Stream.concat(saved(step).stream(), there.stream()).toList();
      List<Checkpoints.Saved> gone = keeping.dropped(there);
      there = there.stream().filter(each -> !gone.contains(each)).toList();
    }

    assertThat(there)
        .extracting(Checkpoints.Saved::step)
        .containsExactly(450L, 420L, 300L, 210L, 120L); // 420 is the first of the last stretch too
  }
}
