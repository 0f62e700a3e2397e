package dev.rootstock.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestSumTest {
  private static final String HOME = "checkpoints/some/step-00000001";

  @TempDir private Path folder;
  private ArtifactStore store;
  private Path stored;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder.toUri());
    stored = folder.resolve(HOME).resolve(Manifest.NAME);
  }

  private static Manifest manifest(int format, Map<String, Object> madeBy) {
    return new Manifest(
        format,
        Stage.PRETRAIN,
        new Fingerprint("0123456789abcdef0123456789abcdef"),
        Map.of("format", 1L),
        List.of(),
        Map.of("step", 1L),
        new Spent(1.25, 1e18, 7),
        madeBy,
        Instant.EPOCH);
  }

  @Test
  void anyFlippedBitIsFound() throws IOException {
    Manifest written = Artifacts.commit(store, HOME, manifest(2, Map.of("claim", 3L)));
    assertThat(Artifacts.read(store, HOME)).contains(written);
    byte[] bytes = Files.readAllBytes(stored);
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        Files.write(stored, flipped);
        assertThat(Artifacts.read(store, HOME)).as("bit %d of byte %d", bit, at).isEmpty();
      }
    }
  }

  @Test
  void aManifestThatIsCommittedAnewElsewhereIsSummedAnew() throws IOException {
    Manifest first = Artifacts.commit(store, HOME, manifest(2, Map.of("claim", 3L)));
    Manifest other =
        new Manifest(
            first.format(),
            first.stage(),
            first.fingerprint(),
            first.form(),
            first.files(),
            Map.of("step", 2L),
            first.spent(),
            first.madeBy(),
            first.madeAt());

    Artifacts.commit(store, "elsewhere", other);

    assertThat(Artifacts.read(store, "elsewhere").orElseThrow().result()).containsEntry("step", 2L);
  }

  @Test
  void theFirstFormatHasNoSum() throws IOException {
    Artifacts.commit(store, HOME, manifest(1, Map.of("run", "old")));

    assertThat(Files.readString(stored)).doesNotContain("manifestSum");
    assertThat(Artifacts.read(store, HOME).orElseThrow().run()).isEqualTo("old");
  }
}
