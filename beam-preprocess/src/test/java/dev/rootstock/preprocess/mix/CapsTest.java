package dev.rootstock.preprocess.mix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.mix.Caps.Sketch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class CapsTest {
  /** Documents of three sources, the second a large one. */
  private static List<Sketch> sketches() {
    Random random = new Random(4);
    List<Sketch> sketches = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      int source = i % 6 == 0 ? 0 : i % 6 == 1 ? 2 : 1;
      String id = Fingerprint.sha256(("" + i).getBytes(StandardCharsets.UTF_8)).substring(0, 32);
      sketches.add(Sketch.of(source, id, 1 + random.nextInt(2000)));
    }
    sketches.add(sketches.get(5)); // a text that comes twice
    return sketches;
  }

  /** The rule in one sentence: in the order of hashes, as many as fit. */
  private static long plain(List<Sketch> all, int source, long cap) {
    List<Sketch> ordered =
        all.stream()
            .filter(sketch -> sketch.source() == source)
            .sorted(Comparator.comparingLong(Sketch::hash))
            .toList();
    long bytes = 0;
    for (Sketch sketch : ordered) {
      bytes += sketch.bytes();
      if (bytes > cap) {
        return sketch.hash();
      }
    }
    return CapHash.END;
  }

  private static long taken(List<Sketch> all, int source, long threshold) {
    return all.stream()
        .filter(sketch -> sketch.source() == source && sketch.hash() < threshold)
        .mapToLong(Sketch::bytes)
        .sum();
  }

  @Test
  void thePrefixOfTheHashOrderThatFitsIsTakenWhoeverArrivesFirst() {
    List<Sketch> all = sketches();
    for (long cap : new long[] {1, 1999, 50_000, 1_000_000, 3_900_000}) {
      Caps caps = Caps.of(Map.of(1, cap), all);
      assertThat(caps.of(1)).isEqualTo(plain(all, 1, cap)).isLessThan(CapHash.END);
      assertThat(taken(all, 1, caps.of(1))).isBetween(Math.max(0, cap - 4000), cap);
      assertThat(caps.of(0)).isEqualTo(CapHash.END);
      List<Sketch> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, new Random(cap));
      assertThat(Caps.of(Map.of(1, cap), shuffled)).isEqualTo(caps);
    }
  }

  @Test
  void aCapThatIsNotReachedTakesAllAndALargerCapTakesMore() {
    List<Sketch> all = sketches();
    long whole = taken(all, 1, CapHash.END);

    assertThat(Caps.of(Map.of(1, whole), all)).isEqualTo(Caps.NONE);
    long before = 0;
    for (long cap = 100_000; cap < whole; cap += 300_000) {
      long threshold = Caps.of(Map.of(1, cap), all).of(1);
      assertThat(threshold).isGreaterThan(before);
      before = threshold;
    }
  }

  @Test
  void beamComesToTheSameThresholds() {
    List<Sketch> all = sketches();
    Map<Integer, Long> asked = Map.of(0, 30_000L, 1, 1_234_567L, 2, Long.MAX_VALUE);
    Caps caps = Caps.of(asked, all);
    Pipeline pipeline = Pipeline.create();

    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                            all.stream()
                                .map(
                                    sketch ->
                                        KV.of(
                                            sketch.source(), KV.of(sketch.hash(), sketch.bytes())))
                                .toList())
                        .withCoder(CapSources.sketches()))
                .apply(CapSources.at(asked)))
        .containsInAnyOrder(List.of(KV.of(0, caps.of(0)), KV.of(1, caps.of(1))));
    pipeline.run().waitUntilFinish();
  }
}
