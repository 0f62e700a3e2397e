package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
  private static final int CHAIN = 10_000;

  private static List<KV<Hash128, Hash128>> chain(int length, Function<Integer, Hash128> name) {
    List<KV<Hash128, Hash128>> pairs = new ArrayList<>();
    for (int i = 1; i < length; i++) {
      pairs.add(KV.of(name.apply(i), name.apply(i - 1)));
    }
    return pairs;
  }

  private static Hash128 scattered(int number) {
    return new Hash128(Mix.seed(number), number);
  }

  private static List<KV<Hash128, Hash128>> thicket(int nodes, int pairs) {
    Random random = new Random(nodes);
    List<KV<Hash128, Hash128>> thicket = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      int one = random.nextInt(nodes);
      int other = (one + 1 + random.nextInt(nodes - 1)) % nodes;
      thicket.add(KV.of(scattered(one), scattered(other)));
    }
    return thicket;
  }

  /** By walking: the least node each one reaches. */
  private static Map<Hash128, Hash128> reached(List<KV<Hash128, Hash128>> pairs) {
    Map<Hash128, Set<Hash128>> neighbours = new TreeMap<>();
    for (KV<Hash128, Hash128> pair : pairs) {
      neighbours.computeIfAbsent(pair.getKey(), k -> new HashSet<>()).add(pair.getValue());
      neighbours.computeIfAbsent(pair.getValue(), k -> new HashSet<>()).add(pair.getKey());
    }
    Map<Hash128, Hash128> least = new TreeMap<>();
    for (Hash128 start : neighbours.keySet()) {
      Deque<Hash128> open = new ArrayDeque<>(List.of(start));
      while (!open.isEmpty()) {
        Hash128 next = open.pop();
        if (least.putIfAbsent(next, start) == null) {
          open.addAll(neighbours.get(next));
        }
      }
    }
    least.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
    return least;
  }

  private static Map<Hash128, Hash128> joined(List<KV<Hash128, Hash128>> pairs, int parts)
      throws IOException {
    JoinForests join = new JoinForests();
    List<Forest> forests = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      forests.add(join.createAccumulator());
    }
    for (int i = 0; i < pairs.size(); i++) {
      join.addInput(forests.get(i % parts), pairs.get(i));
    }
    Forest all = join.extractOutput(join.mergeAccumulators(forests));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    all.write(new DataOutputStream(bytes));
    Map<Hash128, Hash128> least = new TreeMap<>();
    Forest.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
        .forEach((node, root) -> assertThat(least.put(node, root)).isNull());
    return least;
  }

  private static Set<KV<Hash128, Hash128>> step(Set<KV<Hash128, Hash128>> pairs, boolean greater) {
    Map<Hash128, Set<Hash128>> gathered = new HashMap<>();
    for (KV<Hash128, Hash128> pair : pairs) {
      boolean down = pair.getValue().compareTo(pair.getKey()) < 0;
      Hash128 more = down ? pair.getKey() : pair.getValue();
      Hash128 less = down ? pair.getValue() : pair.getKey();
      gathered.computeIfAbsent(more, k -> new HashSet<>()).add(less);
      if (greater) {
        gathered.computeIfAbsent(less, k -> new HashSet<>()).add(more);
      }
    }
    Set<KV<Hash128, Hash128>> bent = new HashSet<>();
    gathered.forEach(
        (node, neighbours) ->
            Stars.bend(node, neighbours, greater, (a, b) -> bent.add(KV.of(a, b))));
    return bent;
  }

  private static int rounds(List<KV<Hash128, Hash128>> pairs, Map<Hash128, Hash128> wanted) {
    Set<KV<Hash128, Hash128>> stars = new HashSet<>(pairs);
    for (int round = 1; round < 100; round++) {
      stars = step(step(stars, true), false);
      if (stars.size() == wanted.size()
          && stars.stream().allMatch(pair -> pair.getValue().equals(wanted.get(pair.getKey())))) {
        return round;
      }
    }
    return 100;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anyNumberOfForestsComesToTheSame(int parts) throws IOException {
    List<KV<Hash128, Hash128>> pairs = thicket(3000, 1600);
    assertThat(joined(pairs, parts)).isEqualTo(reached(pairs));
    Collections.shuffle(pairs, new Random(parts));
    assertThat(joined(pairs, parts)).isEqualTo(reached(pairs));
  }

  @Test
  void aLongChainIsOneSet() throws IOException {
    List<KV<Hash128, Hash128>> pairs = chain(CHAIN, ConnectTest::scattered);
    Hash128 least = new TreeSet<>(pairs.stream().map(KV::getKey).toList()).first();
    Map<Hash128, Hash128> joined = joined(pairs, 3);

    assertThat(joined).hasSize(CHAIN - 1);
    assertThat(new HashSet<>(joined.values()))
        .hasSize(1)
        .allMatch(root -> root.compareTo(least) <= 0);
  }

  @Test
  void roundsGrowWithTheLogarithmOfTheLength() {
    for (int length = 100; length <= CHAIN; length *= 10) {
      List<KV<Hash128, Hash128>> mixed = chain(length, ConnectTest::scattered);
      List<KV<Hash128, Hash128>> sorted = chain(length, number -> new Hash128(0, number));
      List<KV<Hash128, Hash128>> zigzag =
          chain(length, n -> new Hash128(0, n % 2 == 0 ? n : Integer.MAX_VALUE - n));
      int most = 0;
      for (List<KV<Hash128, Hash128>> pairs : List.of(mixed, sorted, zigzag)) {
        most = Math.max(most, rounds(pairs, reached(pairs)));
      }
      assertThat(most).isLessThanOrEqualTo((int) Math.ceil(Math.log(length) / Math.log(2)));
    }
    List<KV<Hash128, Hash128>> thicket = thicket(3000, 1600);
    assertThat(rounds(thicket, reached(thicket))).isLessThanOrEqualTo(6);
  }
}
