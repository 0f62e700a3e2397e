package dev.rootstock.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesTest {
  /** An entry that may hold its own number. */
  record Entry(String who, long number) {}

  @TempDir Path folder;

  private ArtifactStore store;
  private Series<Entry> series;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder.toUri());
    series = new Series<>(store, "models/support/aliases/production", Entry.class);
  }

  @Test
  void anEmptySeriesHasNoLatest() throws IOException {
    assertThat(series.latest()).isEmpty();
    assertThat(series.all()).isEmpty();
    assertThat(series.find(1)).isEmpty();
  }

  @Test
  void numbersGrowFromOneAndTheHighestHolds() throws IOException {
    assertThat(series.append(number -> new Entry("a", number))).isEqualTo(1);
    assertThat(series.append(number -> new Entry("b", number))).isEqualTo(2);
    assertThat(series.append(new Entry("c", 0))).isEqualTo(3);

    assertThat(series.latest()).contains(new Series.Entry<>(3, new Entry("c", 0)));
    assertThat(series.find(2)).contains(new Entry("b", 2));
    assertThat(series.all()).extracting(Series.Entry::number).containsExactly(1L, 2L, 3L);
    assertThat(store.list("models/"))
        .containsExactly(
            "models/support/aliases/production/000001.json",
            "models/support/aliases/production/000002.json",
            "models/support/aliases/production/000003.json");
  }

  @Test
  void manyThatAppendAtOnceGetNumbersOfTheirOwn() throws Exception {
    int threads = 8;
    int each = 5;
    CountDownLatch start = new CountDownLatch(threads);
    ExecutorService crowd = Executors.newFixedThreadPool(threads);
    List<Long> numbers = new ArrayList<>();
    try {
      List<Callable<List<Long>>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        String who = "thread-" + i;
        all.add(
            () -> {
              start.countDown();
              start.await();
              List<Long> mine = new ArrayList<>();
              for (int j = 0; j < each; j++) {
                mine.add(series.append(number -> new Entry(who, number)));
              }
              return mine;
            });
      }
      for (Future<List<Long>> one : crowd.invokeAll(all)) {
        assertThat(one.get()).isSorted();
        numbers.addAll(one.get());
      }
    } finally {
      crowd.shutdownNow();
    }

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, threads * each).boxed().toList());
    assertThat(series.all()).allMatch(entry -> entry.number() == entry.value().number());
  }

  @Test
  void goesOnBehindAGapAndBeyondSixDigits() throws IOException {
    store.publish(
        "{\"who\":\"old\",\"number\":999999}".getBytes(UTF_8), series.prefix() + "/999999.json");

    assertThat(series.append(new Entry("new", 0))).isEqualTo(1_000_000);
    assertThat(series.latest().orElseThrow().number())
        .as("not by the alphabet")
        .isEqualTo(1_000_000);
    assertThat(series.all()).extracting(Series.Entry::number).containsExactly(999_999L, 1_000_000L);
  }

  @Test
  void otherFilesUnderItsPrefixAreNoEntries() throws IOException {
    store.publish(new byte[0], series.prefix() + "/notes.txt");
    store.publish(new byte[0], series.prefix() + "/000009.json.txt");
    store.publish(new byte[0], series.prefix() + "/sub/000009.json");
    store.publish(new byte[0], series.prefix() + "-2/000009.json");

    assertThat(series.append(new Entry("a", 0))).isEqualTo(1);
    assertThat(series.all()).hasSize(1);
  }

  @Test
  void anEntryThatIsBrokenIsToldAndNotSkipped() throws IOException {
    series.append(new Entry("a", 1));
    store.publish("{".getBytes(UTF_8), series.prefix() + "/000002.json");

    assertThatThrownBy(series::latest).isInstanceOf(InvalidConfig.class);
  }
}
