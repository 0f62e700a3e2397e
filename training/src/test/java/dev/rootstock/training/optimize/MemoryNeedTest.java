package dev.rootstock.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.Hopeless;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final ModelShape SMALL = ModelShape.ofDepth(ModelShape.Family.LLAMA, 6, 8192, 256);

  private static long need(ModelShape shape, int threads) {
    return MemoryNeed.of(shape, Numeric.DEFAULT, shape.parameters(), 0, threads).bytes();
  }

  @Test
  void countsAtLeastWeightsMomentsAndGradients() {
    assertThat(need(SMALL, 2)).isGreaterThan(5 * 4 * SMALL.parameters());
    assertThat(need(SMALL, 2)).isLessThan(2_000_000_000L);
    assertThat(need(SMALL, 4)).isGreaterThan(need(SMALL, 2));
  }

  @Test
  void refusesWhatDoesNotFitAndSaysHowMuchItNeeds() {
    MemoryNeed need = new MemoryNeed(12_340_000_000L);
    assertThatThrownBy(() -> need.check(8_000_000_000L))
        .isInstanceOfSatisfying(
            Hopeless.class, hopeless -> assertThat(hopeless.kind()).isEqualTo("OutOfMemory"))
        .hasMessageContaining("needs about 12.34 GB")
        .hasMessageContaining("8.00 GB are free")
        .hasMessageContaining("smaller model");
    need.check(13_000_000_000L);
  }

  @Test
  void namesTheChunksThatWouldFit() {
    MemoryNeed need = MemoryNeed.of(SMALL, Numeric.DEFAULT, SMALL.parameters(), 0, 2);
    MemoryNeed.Smaller half = need.smaller().get(0);
    assertThat(half.bytes()).isLessThan(need.bytes());
    assertThatThrownBy(() -> need.check(half.bytes()))
        .hasMessageContaining("set ROOTSTOCK_CHUNK_TOKENS=" + half.tokens());
    assertThatThrownBy(() -> need.check(1000)).hasMessageContaining("smaller model");
  }

  @Test
  void anAdapterNeedsLessThanTheWhole() {
    assertThat(MemoryNeed.of(SMALL, Numeric.DEFAULT, 300_000, 0, 2).bytes())
        .isLessThan(need(SMALL, 2));
  }

  @Test
  void shortRowsNeedLittleWhateverTheContextIs() {
    ModelShape wide = ModelShape.ofDepth(ModelShape.Family.LLAMA, 6, 8192, 32_768);

    long whole = MemoryNeed.of(wide, Numeric.DEFAULT, wide.parameters(), 1, 2).bytes();
    long some = MemoryNeed.of(wide, Numeric.DEFAULT, wide.parameters(), 1, 2, 200).bytes();

    assertThat(some).isLessThan(whole / 4);
    assertThat(some - 2_000_000_000L).isLessThan(0);
  }

  @Test
  void seesTheMachinesMemory() {
    assertThat(MemoryNeed.available()).isBetween(100_000_000L, 1L << 50);
  }
}
