package dev.rootstock.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do. A subclass says only how to open one. */
public abstract class ArtifactStoreContract {
  private static final int LARGE = 40 << 20; // bytes; three parts of S3's

  @TempDir Path folder;

  /**
   * A store that this test alone uses, empty at the beginning; one and the same for each call of a
   * test.
   */
  protected abstract ArtifactStore store() throws IOException;

  /** Keys for the test of long listings: more than a page. */
  protected int manyKeys() {
    return 1_050;
  }

  @Test
  public void givesBackWhatWasPublished() throws IOException {
    store().publish(file("from a file"), "a/file.txt");
    store().publish("from bytes".getBytes(UTF_8), "a/bytes.txt");
    store().publish(new byte[0], "a/empty");

    assertThat(store().read("a/file.txt")).asString(UTF_8).isEqualTo("from a file");
    assertThat(store().read("a/bytes.txt")).asString(UTF_8).isEqualTo("from bytes");
    assertThat(store().read("a/empty")).isEmpty();
    assertThat(store().size("a/empty")).hasValue(0);
  }

  @Test
  public void neverOverwrites() throws IOException {
    store().publish(file("first"), "step-500/manifest.json");

    assertThatThrownBy(() -> store().publish(file("second"), "step-500/manifest.json"))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("step-500/manifest.json");
    assertThatThrownBy(() -> store().publish("third".getBytes(UTF_8), "step-500/manifest.json"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> store().publish("first".getBytes(UTF_8), "step-500/manifest.json"))
        .as("equal bytes are no excuse")
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(store().read("step-500/manifest.json")).asString(UTF_8).isEqualTo("first");
  }

  @Test
  public void ofManyWritersOfOneKeyExactlyOneWins() throws Exception {
    int threads = 8;
    int keys = 20;
    List<List<Boolean>> won = new ArrayList<>();
    ExecutorService crowd = Executors.newFixedThreadPool(threads);
    try {
      for (int k = 0; k < keys; k++) {
        String key = "race/" + k;
        CountDownLatch start = new CountDownLatch(threads);
        List<Callable<Boolean>> all =
            IntStream.range(0, threads)
                .<Callable<Boolean>>mapToObj(writer -> () -> create(key, writer, start))
                .toList();
        List<Boolean> results = new ArrayList<>();
        for (Future<Boolean> one : crowd.invokeAll(all)) {
          results.add(one.get());
        }
        won.add(results);
      }
    } finally {
      crowd.shutdownNow();
    }

    for (int k = 0; k < keys; k++) {
      assertThat(won.get(k)).as("winners of race/%d", k).containsOnlyOnce(true);
      assertThat(store().read("race/" + k))
          .asString(UTF_8)
          .isEqualTo("writer " + won.get(k).indexOf(true));
    }
  }

  private boolean create(String key, int writer, CountDownLatch start) throws Exception {
    start.countDown();
    start.await();
    try {
      store().publish(("writer " + writer).getBytes(UTF_8), key);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  @Test
  public void aLargeFileArrivesWholeAndOnce() throws IOException {
    Path large = random(LARGE + 12_345);
    store().publish(large, "weights.safetensors");

    assertThat(store().size("weights.safetensors")).hasValue(LARGE + 12_345L);
    assertThat(Artifacts.sum(store(), "weights.safetensors")).isEqualTo(Artifacts.sum(large));
    assertThatThrownBy(() -> store().publish(large, "weights.safetensors"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(store().list("")).containsExactly("weights.safetensors");
  }

  @Test
  public void ofTwoWritersOfOneLargeFileExactlyOneWins() throws Exception {
    List<Path> files = List.of(random(LARGE / 2), random(LARGE / 2 + 1));
    CountDownLatch start = new CountDownLatch(2);
    ExecutorService crowd = Executors.newFixedThreadPool(2);
    List<Boolean> won = new ArrayList<>();
    try {
      List<Callable<Boolean>> both = new ArrayList<>();
      for (Path file : files) {
        both.add(
            () -> {
              start.countDown();
              start.await();
              try {
                store().publish(file, "large");
                return true;
              } catch (FileAlreadyExistsException taken) {
                return false;
              }
            });
      }
      for (Future<Boolean> one : crowd.invokeAll(both)) {
        won.add(one.get());
      }
    } finally {
      crowd.shutdownNow();
    }

    assertThat(won).containsOnlyOnce(true);
    assertThat(Artifacts.sum(store(), "large"))
        .isEqualTo(Artifacts.sum(files.get(won.indexOf(true))));
  }

  @Test
  public void readsRanges() throws IOException {
    store().publish("0123456789".getBytes(UTF_8), "digits");

    assertThat(store().read("digits", 0, 4)).asString(UTF_8).isEqualTo("0123");
    assertThat(store().read("digits", 3, 4)).asString(UTF_8).isEqualTo("3456");
    assertThat(store().read("digits", 8, 4)).as("fewer at the end").asString(UTF_8).isEqualTo("89");
    assertThat(store().read("digits", 0, 100)).hasSize(10);
    assertThat(store().read("digits", 10, 1)).isEmpty();
    assertThat(store().read("digits", 1_000, 1)).isEmpty();
    assertThat(store().read("digits", 5, 0)).isEmpty();
  }

  @Test
  public void streams() throws IOException {
    Path file = random(300_000);
    store().publish(file, "stream");

    try (InputStream whole = store().open("stream")) {
      assertThat(whole.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
    try (InputStream first = store().open("stream")) {
      assertThat(first.readNBytes(10)).isEqualTo(store().read("stream", 0, 10)); // and closes early
    }
  }

  @Test
  public void listsSortedByWholePrefixes() throws IOException {
    for (String key : List.of("b/1", "a/10", "a/2", "a-b", "a/sub/x", "Z")) {
      store().publish(new byte[] {1}, key);
    }

    assertThat(store().list("")).containsExactly("Z", "a-b", "a/10", "a/2", "a/sub/x", "b/1");
    assertThat(store().list("a/")).containsExactly("a/10", "a/2", "a/sub/x");
    assertThat(store().list("a/1")).as("in the middle of a name").containsExactly("a/10");
    assertThat(store().list("a")).containsExactly("a-b", "a/10", "a/2", "a/sub/x");
    assertThat(store().list("nothing/here")).isEmpty();
  }

  @Test
  public void listsMoreThanAPage() throws IOException {
    List<String> keys =
        IntStream.range(0, manyKeys()).mapToObj(i -> String.format("many/%06d", i)).toList();
    for (String key : keys) {
      store().publish(new byte[0], key);
    }

    assertThat(store().list("many/")).isEqualTo(keys);
  }

  @Test
  public void whatIsNotThereIsMissedByName() throws IOException {
    store().publish(new byte[] {1}, "folder/file");

    for (String key : List.of("none", "folder", "folder/none")) {
      assertThat(store().size(key)).as(key).isEmpty();
      assertThatThrownBy(() -> store().read(key))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(key);
      assertThatThrownBy(() -> store().read(key, 0, 1)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> store().read(key, 0, 0)).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> store().open(key)).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  public void deletes() throws IOException {
    store().publish(new byte[] {1}, "gone");
    store().publish(new byte[] {1}, "folder/kept");

    store().delete("gone");
    store().delete("never-there");
    store().delete("folder");

    assertThat(store().list("")).containsExactly("folder/kept");
    store().publish(new byte[] {2}, "gone");
    assertThat(store().read("gone")).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../x",
        "/x",
        "a/../x",
        "a//x",
        "a/",
        ".hidden",
        "a/.hidden",
        "a b",
        "a\\x",
        "ä",
        "a\nx"
      })
  public void refusesAKeyThatIsNotOne(String key) throws IOException {
    Path file = file("x");
    byte[] bytes = {1};

    assertThatThrownBy(() -> store().publish(file, key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().publish(bytes, key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().read(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().read(key, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().open(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().size(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  public void nothingIsSeenOfAFileThatCanNotBeRead() throws IOException {
    assertThatThrownBy(() -> store().publish(folder.resolve("absent"), "x"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store().publish(Files.createDirectory(folder.resolve("dir")), "x"))
        .isInstanceOf(IOException.class);

    assertThat(store().size("x")).isEmpty();
    assertThat(store().list("")).isEmpty();
  }

  @Test
  public void canBeListedWhileItIsWrittenTo() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writing =
          writer.submit(
              () -> {
                for (int i = 0; i < 30; i++) {
                  store().publish(new byte[] {1}, "busy/" + i);
                }
                return null;
              });
      while (!writing.isDone()) {
        assertThat(store().list("busy/")).allMatch(key -> key.matches("busy/\\d+"));
      }
      writing.get();
    } finally {
      writer.shutdownNow();
    }
    assertThat(store().list("busy/")).hasSize(30);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "file", ""), text);
  }

  private Path random(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(Files.createTempFile(folder, "random", ""), content);
  }
}
