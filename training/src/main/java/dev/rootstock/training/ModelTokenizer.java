package dev.rootstock.training;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.chat.BadTemplate;
import dev.rootstock.training.chat.ChatTemplate;
import dev.rootstock.training.checkpoint.HuggingFaceFolder.EndOfText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A tokenizer, and its files as they are copied into every model's folder.
 *
 * @param files by name
 */
record ModelTokenizer(BytePairTokenizer tokenizer, Map<String, byte[]> files) {
  private static final String FILE = "tokenizer.json";
  private static final String CONFIGURATION = "tokenizer_config.json";
  private static final String CHAT_TEMPLATE = "chat_template.jinja";
  private static final String CHATML_END = "<|im_end|>";

  /** Reads a tokenizer's own artifact. */
  static ModelTokenizer read(ArtifactStore store, Fingerprint fingerprint) throws IOException {
    String folder = Stage.TOKENIZER.at(fingerprint);
    Manifest manifest =
        Artifacts.find(store, folder)
            .orElseThrow(
                () ->
                    new Hopeless(
                        "CorruptStore", folder + " is not whole; delete it and run again"));
    Map<String, byte[]> files = new TreeMap<>();
    for (StoredFile file : manifest.files()) {
      files.put(file.name(), store.read(folder + "/" + file.path()));
    }
    if (!files.containsKey(FILE)) {
      throw new Hopeless("CorruptStore", folder + " has no " + FILE + "; delete it and run again");
    }
    byte[] configuration = files.get(CONFIGURATION);
    return new ModelTokenizer(
        configuration == null
            ? BytePairTokenizer.read(files.get(FILE))
            : BytePairTokenizer.read(files.get(FILE), configuration),
        files);
  }

  /** Whether these files say how a conversation is written. */
  boolean bringsChatTemplate() {
    return files.containsKey(CHAT_TEMPLATE)
        || (files.containsKey(CONFIGURATION)
            && parsed(files.get(CONFIGURATION)) instanceof Map<?, ?> config
            && config.get("chat_template") != null);
  }

  /** How these files say a conversation is written; ChatML where they do not say. */
  ChatTemplate chatTemplate() {
    Map<?, ?> config =
        files.containsKey(CONFIGURATION)
                && parsed(files.get(CONFIGURATION)) instanceof Map<?, ?> map
            ? map
            : Map.of();
    String end = spelling(config.get("eos_token")).orElse(endOfText().spelling());
    Optional<String> template =
        Optional.ofNullable(files.get(CHAT_TEMPLATE))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .or(() -> template(config.get("chat_template")));
    String turnEnd = tokenizer.special(CHATML_END).isPresent() ? CHATML_END : end;
    try {
      return template
          .map(text -> new ChatTemplate(text, spelling(config.get("bos_token")).orElse(""), end))
          .orElseGet(() -> ChatTemplate.chatMl(turnEnd, end));
    } catch (BadTemplate unknown) {
      throw new Hopeless("ChatTemplate", "chat_template of the base: " + unknown.getMessage());
    }
  }

  private static Object parsed(byte[] json) {
    return Json.parse(new String(json, StandardCharsets.UTF_8));
  }

  /** Text, or of several by name the one called default. */
  private static Optional<String> template(Object written) {
    if (written instanceof List<?> several) {
      return several.stream()
          .filter(each -> each instanceof Map<?, ?> map && "default".equals(map.get("name")))
          .flatMap(each -> template(((Map<?, ?>) each).get("template")).stream())
          .findFirst();
    }
    return written instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<String> spelling(Object token) {
    Object text = token instanceof Map<?, ?> added ? added.get("content") : token;
    return text instanceof String word ? Optional.of(word) : Optional.empty();
  }

  EndOfText endOfText() {
    int id = tokenizer.endOfText();
    return new EndOfText(tokenizer.decode(new int[] {id}), id);
  }
}
