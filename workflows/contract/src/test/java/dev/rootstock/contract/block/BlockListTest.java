package dev.rootstock.contract.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockListTest {
  @TempDir Path folder;

  private static BlockList list(String... entries) {
    return BlockList.of(
        List.of(entries).stream()
            .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
            .collect(Collectors.toList()));
  }

  @Test
  void hasWhatWasGivenAndNothingElse() {
    SplittableRandom random = new SplittableRandom(7);
    TreeSet<String> wanted = new TreeSet<>();
    List<byte[]> entries = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      String entry = Long.toString(random.nextLong(100_000), 36) + (i % 3 == 0 ? "é.org" : ".com");
      wanted.add(entry);
      entries.add(entry.getBytes(StandardCharsets.UTF_8));
    }
    BlockList list = BlockList.of(entries);

    assertThat(list.size()).isEqualTo(wanted.size());
    assertThat(list.entries()).containsExactlyInAnyOrderElementsOf(wanted);
    for (int i = 0; i < 100_000; i++) {
      String entry = Long.toString(i, 36) + (i % 2 == 0 ? "é.org" : ".com");
      assertThat(list.has(entry)).as(entry).isEqualTo(wanted.contains(entry));
    }
    assertThat(list().has("")).isFalse();
    assertThat(list().has("a")).isFalse();
  }

  @Test
  void orderAndRepetitionDoNotNameIt() {
    assertThat(list("b", "a", "b").pin()).isEqualTo(list("a", "b").pin());
    assertThat(list("ab").pin()).isNotEqualTo(list("a", "b").pin());
  }

  @Test
  void aStoreKeepsItAndOtherBytesUnderItsNameAreRefused() throws IOException {
    BlockList list = list("a.org", "b.org/ü");
    try (ArtifactStore store = Stores.open(folder.toString())) {
      list.keep(store);
      list.keep(store);

      assertThat(BlockList.read(store, list.pin()).entries()).containsExactly("a.org", "b.org/ü");

      Path other = folder.resolve("other.gz");
      try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(other))) {
        packed.write("c.org\n".getBytes(StandardCharsets.UTF_8));
      }
      String key = store.list("lists/").get(0);
      store.delete(key);
      store.publish(other, key);
      assertThatThrownBy(() -> BlockList.read(store, list.pin()))
          .hasMessageContaining("is not what it was");
    }
  }
}
