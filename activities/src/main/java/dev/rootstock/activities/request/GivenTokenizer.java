package dev.rootstock.activities.request;

import dev.rootstock.activities.Host;
import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tokenizer that is taken, not learned: {@code tokenizer.from}.
 *
 * @param form of its artifact where it comes from a file; empty where the store has it
 * @param json of that file, else empty
 */
public record GivenTokenizer(TokenizerRef ref, Map<String, Object> form, String json) {
  /**
   * Finds it; nothing is written.
   *
   * @param path where the pipeline names it
   * @param check hears what is wrong with it
   */
  static Optional<GivenTokenizer> find(ArtifactStore store, String path, String from, Check check)
      throws IOException {
    try {
      return Optional.of(from.endsWith(".json") ? ofFile(path, from) : ofModel(store, path, from));
    } catch (InvalidConfig wrong) {
      check.addAll(wrong.problems());
      return Optional.empty();
    }
  }

  private static GivenTokenizer ofModel(ArtifactStore store, String path, String from)
      throws IOException {
    ModelVersion model = new ModelRegistry(store).require(path, from);
    Fingerprint tokenizer = model.checkpoint().tokenizer();
    Manifest manifest =
        Artifacts.find(store, Stage.TOKENIZER, tokenizer)
            .orElseThrow(
                () ->
                    new InvalidConfig(
                        Problem.of(
                            path,
                            from + ", whose tokenizer is not in the store as an artifact",
                            "a model that was grown here",
                            "Give its tokenizer.json; `rootstock export` writes it.")));
    return new GivenTokenizer(manifest.result(TokenizerRef.class), Map.of(), "");
  }

  private static GivenTokenizer ofFile(String path, String from) throws IOException {
    Path file = Path.of(from).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new InvalidConfig(
          Problem.of(path, "\"" + from + "\", which is no file", "a tokenizer.json"));
    }
    String json = Files.readString(file);
    BytePairTokenizer tokenizer;
    try {
      tokenizer = BytePairTokenizer.read(json);
    } catch (InvalidConfig wrong) {
      throw new InvalidConfig(
          wrong.problems().stream().map(problem -> problem.under(path)).toList());
    } catch (IllegalArgumentException notJson) {
      throw new InvalidConfig(
          Problem.of(path, "\"" + from + "\" (" + notJson.getMessage() + ")", "a tokenizer.json"));
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", (long) Fingerprint.FORMAT);
    form.put("stage", CanonicalJson.word(Stage.TOKENIZER));
    form.put("version", (long) Stage.TOKENIZER.version());
    form.put("inputs", Map.of());
    form.put("spec", Map.of("imported", Fingerprint.sha256(json.getBytes(StandardCharsets.UTF_8))));
    TokenizerRef ref =
        new TokenizerRef(Fingerprint.ofForm(form), tokenizer.vocabulary(), TokenizerRef.UNKNOWN);
    return new GivenTokenizer(ref, form, json);
  }

  /** Keeps a file's tokenizer in the store; others are there. */
  void keep(ArtifactStore store, String run) throws IOException {
    if (form.isEmpty()) {
      return;
    }
    String folder = Stage.TOKENIZER.at(ref.fingerprint());
    if (Artifacts.find(store, folder).isPresent()) {
      return;
    }
    BytePairTokenizer tokenizer = BytePairTokenizer.read(json);
    List<StoredFile> files =
        List.of(
            add(store, folder, "tokenizer.json", json),
            add(store, folder, "tokenizer_config.json", tokenizer.configuration()));
    Artifacts.commit(
        store,
        folder,
        new Manifest(
            1,
            Stage.TOKENIZER,
            ref.fingerprint(),
            form,
            files,
            CanonicalJson.map(ref),
            Spent.NOTHING,
            Map.of("run", run, "host", Host.here(), "java", System.getProperty("java.version")),
            Instant.now()));
  }

  private static StoredFile add(ArtifactStore store, String folder, String name, String text)
      throws IOException {
    Path file = Files.createTempFile("rootstock-", ".json");
    try {
      Files.writeString(file, text);
      return Artifacts.add(store, folder, name, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
