package dev.rootstock.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
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

class CheckpointsTest {
  private static final Fingerprint FINGERPRINT =
      new Fingerprint("00112233445566778899aabbccddeeff");

  @TempDir Path folder;

  private ArtifactStore store;
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder.resolve("store").toUri());
    checkpoints = new Checkpoints(store, FINGERPRINT);
  }

  @Test
  void foldersSortByStep() {
    assertThat(Checkpoints.folderOf(500)).isEqualTo("step-00000500");
    assertThat(Checkpoints.folderOf(500, 3)).isEqualTo("step-00000500-c000003");
    assertThat(Checkpoints.folderOf(123_456_789)).isEqualTo("step-123456789");
  }

  @Test
  void theNewestComesFirst() throws IOException {
    long claim = claim(0);
    save(100, claim, "step-00000100");
    save(300, claim, "step-00000300");
    save(200, claim, "step-00000200");

    assertThat(steps()).containsExactly(300L, 200L, 100L);
    assertThat(checkpoints.whole().get(0).folder())
        .isEqualTo(checkpoints.home() + "/step-00000300");
    assertThat(checkpoints.whole().get(0).claim()).isEqualTo(claim);
  }

  @Test
  void oneThatIsNotWholeDoesNotCount() throws IOException {
    long claim = claim(0);
    save(100, claim, "step-00000100");
    save(200, claim, "step-00000200");
    save(300, claim, "step-00000300");
    Files.writeString(
        folder.resolve("store/" + checkpoints.home() + "/step-00000300/model.safetensors"), "cut");
    store.delete(checkpoints.home() + "/step-00000200/manifest.json");

    assertThat(steps()).containsExactly(100L);
  }

  @Test
  void whatAFencedAttemptWritesLateIsNeverSeen() throws IOException {
    long old = claim(0);
    save(100, old, "step-00000100");
    long young = claim(100); // goes on from 100, while the old one is still alive
    save(200, old, "step-00000200");

    assertThat(steps()).containsExactly(100L);
    save(200, young, "step-00000200-c000002");
    assertThat(checkpoints.whole())
        .extracting(Checkpoints.Saved::claim)
        .containsExactly(young, old);
    save(300, old, "step-00000300");
    assertThat(steps()).containsExactly(200L, 100L);
  }

  @Test
  void everyLaterClaimFences() throws IOException {
    long first = claim(0);
    save(100, first, "step-00000100");
    save(200, first, "step-00000200");
    long second = claim(100); // 200 was broken when it looked
    save(150, second, "step-00000150");
    long third = claim(150);
    save(250, third, "step-00000250");
    save(160, second, "step-00000160");

    assertThat(steps()).containsExactly(250L, 150L, 100L);
  }

  @Test
  void aTrainingBegunAnewHidesWhatWasBefore() throws IOException {
    save(100, claim(0), "step-00000100");
    claim(0);

    assertThat(steps()).isEmpty();
  }

  @Test
  void aCheckpointWithoutAClaimCountsUpToTheFirstResumption() throws IOException {
    save(100, 0, "step-00000100");
    assertThat(steps()).containsExactly(100L);

    claim(50);
    assertThat(steps()).isEmpty();
  }

  @Test
  void foldersOfOtherNamesAreNone() throws IOException {
    save(100, 0, "step-100");
    save(100, 0, "step-00000100-draft");
    save(100, 0, "steps/step-00000100");

    assertThat(steps()).isEmpty();
  }

  private List<Long> steps() throws IOException {
    return checkpoints.whole().stream().map(Checkpoints.Saved::step).toList();
  }

  private long claim(long resumeFrom) throws IOException {
    return checkpoints.claims().append(new Claim("run", "host", 1, 1, resumeFrom, Instant.EPOCH));
  }

  private void save(long step, long claim, String name) throws IOException {
    String home = checkpoints.home() + "/" + name;
    Path weights =
        Files.write(
            folder.resolve("weights"), ("weights of " + step + " by " + claim).getBytes(UTF_8));
    StoredFile file = Artifacts.add(store, home, "model.safetensors", weights);
    Artifacts.commit(
        store,
        home,
        new Manifest(
            1,
            Stage.PRETRAIN,
            FINGERPRINT,
            Map.of(),
            List.of(file),
            Map.of("step", step),
            Spent.NOTHING,
            Map.of("claim", claim),
            Instant.EPOCH));
  }
}
