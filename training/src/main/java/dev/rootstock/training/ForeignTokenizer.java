package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.checkpoint.ForeignFolder;
import dev.rootstock.training.checkpoint.ForeignModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tokenizer beside a foreign model: its files as they were, but that its end of text is named.
 *
 * @param files by name
 * @param form of its artifact: the sums of its files
 */
record ForeignTokenizer(
    BytePairTokenizer tokenizer, Map<String, byte[]> files, Map<String, Object> form) {
  private static final String FILE = "tokenizer.json";
  private static final String CONFIGURATION = "tokenizer_config.json";
  private static final String END = "eos_token";
  private static final List<String> BESIDE =
      List.of("special_tokens_map.json", "chat_template.jinja");

  /**
   * Reads it; nothing is written.
   *
   * @throws InvalidConfig if there is none, if it is of a kind that is not known here, or if it
   *     knows more ids than the model
   */
  static ForeignTokenizer of(ForeignFolder folder, ForeignModel model) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    byte[] json =
        folder
            .bytes(FILE)
            .orElseThrow(
                () ->
                    new InvalidConfig(
                        Problem.of(
                            FILE,
                            "missing",
                            "beside the model",
                            "Save the tokenizer there too, with transformers' save_pretrained.")));
    files.put(FILE, json);
    for (String name : BESIDE) {
      folder.bytes(name).ifPresent(bytes -> files.put(name, bytes));
    }
    try {
      files.put(CONFIGURATION, configuration(folder, json, model.ends()));
      BytePairTokenizer tokenizer = BytePairTokenizer.read(json, files.get(CONFIGURATION));
      if (tokenizer.vocabulary() > model.shape().vocabulary()) {
        throw new InvalidConfig(
            Problem.of(
                FILE,
                "for " + tokenizer.vocabulary() + " ids",
                "for at most config.json's vocab_size, " + model.shape().vocabulary(),
                "Resize the model's embedding, or take the tokenizer that belongs to it."));
      }
      return new ForeignTokenizer(tokenizer, files, form(files));
    } catch (IllegalArgumentException unknown) {
      throw new InvalidConfig(
          Problem.of(FILE, "not readable here (" + unknown.getMessage() + ")", "a byte-level BPE"));
    }
  }

  /** The configuration as it is, or with the end of text that the model's own files name. */
  private static byte[] configuration(ForeignFolder folder, byte[] json, List<Integer> ends)
      throws IOException {
    Optional<Map<?, ?>> given = folder.json(CONFIGURATION);
    boolean named = given.isPresent() && given.get().get(END) != null;
    if (named || ends.isEmpty()) {
      return named
          ? folder.bytes(CONFIGURATION).orElseThrow()
          : folder.bytes(CONFIGURATION).orElse("{}".getBytes(StandardCharsets.UTF_8));
    }
    Map<String, Object> filled = new LinkedHashMap<>();
    given.orElse(Map.of()).forEach((key, value) -> filled.put((String) key, value));
    spelling(json, ends.get(0)).ifPresent(spelt -> filled.put(END, spelt));
    return Json.pretty(filled).getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<String> spelling(byte[] json, long id) {
    Object tree = Json.parse(new String(json, StandardCharsets.UTF_8));
    if (!(tree instanceof Map<?, ?> root)) {
      return Optional.empty();
    }
    if (root.get("added_tokens") instanceof List<?> added) {
      for (Object entry : added) {
        if (entry instanceof Map<?, ?> token
            && Long.valueOf(id).equals(token.get("id"))
            && token.get("content") instanceof String content) {
          return Optional.of(content);
        }
      }
    }
    if (root.get("model") instanceof Map<?, ?> model
        && model.get("vocab") instanceof Map<?, ?> vocab) {
      for (Map.Entry<?, ?> entry : vocab.entrySet()) {
        if (Long.valueOf(id).equals(entry.getValue())) {
          return Optional.of((String) entry.getKey());
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, Object> form(Map<String, byte[]> files) {
    Map<String, Object> beside = new LinkedHashMap<>();
    files.forEach((name, bytes) -> beside.put(name, Fingerprint.sha256(bytes)));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("imported", beside.remove(FILE));
    spec.put("beside", beside);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", (long) Fingerprint.FORMAT);
    form.put("stage", CanonicalJson.word(Stage.TOKENIZER));
    form.put("version", (long) Stage.TOKENIZER.version());
    form.put("inputs", Map.of());
    form.put("spec", spec);
    return form;
  }

  Fingerprint fingerprint() {
    return Fingerprint.ofForm(form);
  }

  /** Makes it an artifact, unless it is one. */
  void keep(ArtifactStore store, Attempt attempt) throws IOException {
    String home = Stage.TOKENIZER.at(fingerprint());
    if (Artifacts.find(store, home).isPresent()) {
      return;
    }
    List<StoredFile> stored = new ArrayList<>();
    try (ScratchFolder scratch = ScratchFolder.create()) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = Files.write(scratch.path().resolve(file.getKey()), file.getValue());
        stored.add(Artifacts.add(store, home, file.getKey(), path));
      }
    }
    TokenizerRef ref =
        new TokenizerRef(fingerprint(), tokenizer.vocabulary(), TokenizerRef.UNKNOWN);
    Artifacts.commit(
        store,
        home,
        new Manifest(
            1,
            Stage.TOKENIZER,
            fingerprint(),
            form,
            stored,
            CanonicalJson.map(ref),
            Spent.NOTHING,
            MadeBy.of(attempt, "none", 0),
            Instant.now()));
  }
}
