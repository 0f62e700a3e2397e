package dev.rootstock.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  private static final Fingerprint FINGERPRINT =
      new Fingerprint("0123456789abcdef0123456789abcdef");
  private static final String HOME = Stage.DOCUMENTS.at(FINGERPRINT);

  @TempDir Path folder;

  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = LocalStore.open(folder.resolve("store").toUri());
  }

  @Test
  void withoutAManifestItDoesNotExist() throws IOException {
    add("part-0", "text");

    assertThat(Artifacts.find(store, Stage.DOCUMENTS, FINGERPRINT)).isEmpty();
    assertThat(Artifacts.faults(store, HOME))
        .containsExactly(HOME + " has no readable manifest.json");
  }

  @Test
  void withAManifestItIsFoundWithItsResult() throws IOException {
    commit("first", add("part-1", "b"), add("part-0", "a"));

    Manifest found = Artifacts.find(store, Stage.DOCUMENTS, FINGERPRINT).orElseThrow();
    assertThat(found.files())
        .extracting(StoredFile::path)
        .as("sorted")
        .containsExactly("part-0", "part-1");
    assertThat(found.files().get(0))
        .isEqualTo(new StoredFile("part-0", 1, Fingerprint.sha256("a".getBytes(UTF_8))));
    assertThat(found.result(DocumentsRef.class)).isEqualTo(new DocumentsRef(FINGERPRINT, 2, 0, 2));
    assertThat(found.run()).isEqualTo("first");
    assertThat(found.spent()).isEqualTo(new Spent(1.5, 0, 0));
    assertThat(Artifacts.faults(store, HOME)).isEmpty();
  }

  @Test
  void aMissingFileMakesItAbsent() throws IOException {
    commit("run", add("part-0", "a"), add("part-1", "b"));
    store.delete(HOME + "/part-1");

    assertThat(Artifacts.find(store, HOME)).isEmpty();
    assertThat(Artifacts.read(store, HOME)).as("its manifest can still be read").isPresent();
    assertThat(Artifacts.faults(store, HOME)).containsExactly(HOME + "/part-1 is missing");
  }

  @Test
  void aTruncatedFileMakesItAbsent() throws IOException {
    commit("run", add("part-0", "whole text"));
    Files.writeString(stored("part-0"), "whole");

    assertThat(Artifacts.find(store, HOME)).isEmpty();
    assertThat(Artifacts.faults(store, HOME))
        .containsExactly(HOME + "/part-0 has 5 bytes; its manifest says 10");
  }

  @Test
  void aFlippedBitIsFoundByItsSumAlone() throws IOException {
    commit("run", add("part-0", "whole text"));
    byte[] bytes = Files.readAllBytes(stored("part-0"));
    bytes[3] ^= 1;
    Files.write(stored("part-0"), bytes);

    assertThat(Artifacts.find(store, HOME)).as("sizes are checked, sums are not").isPresent();
    assertThat(Artifacts.faults(store, HOME))
        .containsExactly(HOME + "/part-0 does not have the sha256 that its manifest names");
  }

  @Test
  void aBrokenManifestIsNone() throws IOException {
    StoredFile part = add("part-0", "a");
    commit("run", part);
    String json = Files.readString(stored("manifest.json"));
    for (String broken :
        List.of("", "{", json.substring(0, json.length() / 2), "[]", "{\"stage\":\"documents\"}")) {
      Files.writeString(stored("manifest.json"), broken);
      assertThat(Artifacts.find(store, HOME)).as(broken).isEmpty();
    }
  }

  @Test
  void aKeyOfANewerProgramInAManifestIsSkipped() throws IOException {
    commit("run", add("part-0", "a"));
    String json = Files.readString(stored("manifest.json"));
    Files.writeString(stored("manifest.json"), json.replaceFirst("\\{", "{\"colour\": \"green\","));

    assertThat(Artifacts.find(store, HOME)).isPresent();
  }

  @Test
  void anOrphanOfEqualBytesIsKept() throws IOException {
    StoredFile first = add("part-0", "same");
    StoredFile again = add("part-0", "same");

    assertThat(again).isEqualTo(first);
    assertThat(store.list(HOME)).containsExactly(HOME + "/part-0");
  }

  @Test
  void otherBytesGoBesideAnOrphan() throws IOException {
    add("dropped/part-0", "one");
    StoredFile second = add("dropped/part-0", "two");
    StoredFile third = add("dropped/part-0", "three");

    assertThat(second.path()).isEqualTo("again-2/dropped/part-0");
    assertThat(second.name()).isEqualTo("part-0");
    assertThat(third.path()).isEqualTo("again-3/dropped/part-0");
    assertThat(add("dropped/part-0", "two")).isEqualTo(second);
    commit("run", second);
    assertThat(Artifacts.find(store, HOME)).isPresent();
    assertThat(store.read(HOME + "/" + second.path())).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void ofTwoThatCommitTheFirstStands() throws IOException {
    Manifest first = commit("first", add("part-0", "one"));
    Manifest second = commit("second", add("part-0", "two"));

    assertThat(second).isEqualTo(first);
    assertThat(second.run()).isEqualTo("first");
    assertThat(second.files()).extracting(StoredFile::path).containsExactly("part-0");
  }

  @Test
  void committingOverABrokenArtifactSaysWhatToDo() throws IOException {
    StoredFile part = add("part-0", "one");
    commit("first", part);
    store.delete(HOME + "/part-0");

    assertThatThrownBy(() -> commit("second", part))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(HOME + " has a manifest but is not whole")
        .hasMessageContaining("rootstock models verify");
  }

  @Test
  void theFormInAManifestGivesItsFingerprintBack() throws IOException {
    dev.rootstock.contract.TokenizerSpec spec =
        new dev.rootstock.contract.TokenizerSpec(
            512, dev.rootstock.contract.TokenizerSpec.PreTokenizer.GPT2);
    Map<String, Fingerprint> inputs = Map.of("documents", FINGERPRINT);
    Fingerprint made = Fingerprint.of(Stage.TOKENIZER, inputs, spec);
    String home = Stage.TOKENIZER.at(made);
    Artifacts.commit(
        store,
        home,
        new Manifest(
            1,
            Stage.TOKENIZER,
            made,
            Fingerprint.form(Stage.TOKENIZER, inputs, spec),
            List.of(),
            Map.of(),
            Spent.NOTHING,
            Map.of(),
            Instant.EPOCH));

    Manifest read = Artifacts.find(store, home).orElseThrow();
    assertThat(Fingerprint.ofForm(read.form())).isEqualTo(made);
  }

  private StoredFile add(String path, String text) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "new", ""), text);
    return Artifacts.add(store, HOME, path, file);
  }

  private Manifest commit(String run, StoredFile... files) throws IOException {
    Map<String, Object> result =
        Map.of("fingerprint", FINGERPRINT.hex(), "documents", 2L, "dropped", 0L, "bytes", 2L);
    return Artifacts.commit(
        store,
        HOME,
        new Manifest(
            1,
            Stage.DOCUMENTS,
            FINGERPRINT,
            Map.of("format", 1L),
            Stream.of(files).toList(),
            result,
            new Spent(1.5, 0, 0),
            Map.of("run", run),
            Instant.parse("2026-11-24T05:00:00Z")));
  }

  private Path stored(String path) {
    return folder.resolve("store").resolve(HOME).resolve(path);
  }
}
