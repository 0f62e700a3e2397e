package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountBlocksTest {
  private static Map<String, Long> read(List<byte[]> blocks) {
    Map<String, Long> counts = new TreeMap<>();
    blocks.forEach(
        block ->
            CountBlocks.read(
                block, (piece, count) -> assertThat(counts.put(piece, count)).isNull()));
    return counts;
  }

  @Test
  void piecesOfManyBlocksComeBackWithTheirCounts() {
    Map<String, long[]> counts = new HashMap<>();
    Map<String, Long> wanted = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      counts.put(" word" + i, new long[] {1L + i});
      wanted.put(" word" + i, 1L + i);
    }
    List<byte[]> blocks = new ArrayList<>();

    CountBlocks.write(counts, blocks::add);

    assertThat(blocks).hasSizeGreaterThan(1);
    assertThat(read(blocks)).isEqualTo(wanted);
  }

  @Test
  void longPiecesOtherScriptsAndLargeCountsComeBack() {
    Map<String, Long> wanted =
        Map.of("é日本\uD83D\uDE00", 127L, "x".repeat(300_000), 128L, "\u0000", Long.MAX_VALUE);
    Map<String, long[]> counts = new HashMap<>();
    wanted.forEach((piece, count) -> counts.put(piece, new long[] {count}));
    List<byte[]> blocks = new ArrayList<>();

    CountBlocks.write(counts, blocks::add);

    assertThat(read(blocks)).isEqualTo(new TreeMap<>(wanted));
  }

  @Test
  void nothingIsNoBlock() {
    CountBlocks.write(Map.of(), block -> assertThat(block).isNull());
  }

  @Test
  void sharesAreFilledAlike() {
    int[] filled = new int[CountBlocks.SHARES];
    for (int i = 0; i < 100 * CountBlocks.SHARES; i++) {
      filled[CountBlocks.share(" word" + i)]++;
    }
    assertThat(Arrays.stream(filled).min().orElseThrow()).isGreaterThan(30);
    assertThat(Arrays.stream(filled).max().orElseThrow()).isLessThan(300);
  }
}
