package dev.rootstock.contract.tokenizer;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer.Merge;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads and writes {@code tokenizer.json} and {@code tokenizer_config.json} as Hugging Face's
 * libraries read them.
 */
final class TokenizerJson {
  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String LLAMA3 =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final Map<PreTokenizer, String> PATTERNS =
      Map.of(
          PreTokenizer.GPT2, GPT2,
          PreTokenizer.LLAMA3, LLAMA3,
          PreTokenizer.QWEN2, LLAMA3.replace("{1,3}", ""));
  private static final List<String>
      ENDS = // spellings of the token that ends a document, the likeliest first
      List.of(BytePairTokenizer.END_OF_TEXT, "<|end_of_text|>", "<|im_end|>", "</s>");

  private TokenizerJson() {}

  static Vocabulary read(String json) {
    Map<?, ?> root = object(Json.parse(json), "the file");
    Map<?, ?> model = object(root.get("model"), "model");
    require(
        model.get("type") == null || model.get("type").equals("BPE"),
        "model.type",
        model.get("type"),
        "BPE");
    Object normalizer = root.get("normalizer");
    boolean nfc = normalizer instanceof Map<?, ?> form && "NFC".equals(form.get("type"));
    require(nfc || normalizer == null, "normalizer", normalizer, "null or NFC");
    Map<?, ?> vocab = object(model.get("vocab"), "model.vocab");
    Map<String, Integer> special = new LinkedHashMap<>();
    for (Object entry : list(root.getOrDefault("added_tokens", null), "added_tokens")) {
      Map<?, ?> token = object(entry, "added_tokens");
      special.put(String.valueOf(token.get("content")), id(token.get("id"), "added_tokens.id"));
    }
    int size = 0;
    for (Map.Entry<?, ?> token : vocab.entrySet()) {
      size = Math.max(size, id(token.getValue(), "model.vocab") + 1);
    }
    for (int id : special.values()) {
      size = Math.max(size, id + 1);
    }
    List<byte[]> spellings = new ArrayList<>(Collections.nCopies(size, new byte[0]));
    vocab.forEach(
        (token, id) -> spellings.set(((Long) id).intValue(), ByteSymbols.bytes((String) token)));
    special.forEach((token, id) -> spellings.set(id, token.getBytes(StandardCharsets.UTF_8)));
    int end =
        ENDS.stream()
            .map(special::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow(() -> fault("added_tokens", special.keySet(), "one of " + ENDS));
    boolean wholePieces = Boolean.TRUE.equals(model.get("ignore_merges"));
    return new Vocabulary(
        pattern(root), spellings, merges(model, vocab), special, wholePieces, nfc, end);
  }

  private static List<Merge> merges(Map<?, ?> model, Map<?, ?> vocab) {
    List<Merge> merges = new ArrayList<>();
    for (Object entry : list(model.get("merges"), "model.merges")) {
      List<?> pair =
          entry instanceof String line ? List.of(line.split(" ", 2)) : list(entry, "model.merges");
      require(
          pair.size() == 2, "model.merges", entry, "a pair of tokens, or two with a space between");
      String left = String.valueOf(pair.get(0));
      String right = String.valueOf(pair.get(1));
      merges.add(
          new Merge(
              id(vocab.get(left), "model.vocab of \"" + left + "\""),
              id(vocab.get(right), "model.vocab of \"" + right + "\""),
              id(vocab.get(left + right), "model.vocab of \"" + left + right + "\"")));
    }
    return merges;
  }

  private static PreTokenizer pattern(Map<?, ?> root) {
    Map<?, ?> cut = object(root.get("pre_tokenizer"), "pre_tokenizer");
    List<?> steps =
        "Sequence".equals(cut.get("type"))
            ? list(cut.get("pretokenizers"), "pretokenizers")
            : List.of(cut);
    Map<?, ?> last = object(steps.get(steps.size() - 1), "pre_tokenizer");
    require(
        "ByteLevel".equals(last.get("type")),
        "pre_tokenizer",
        last.get("type"),
        "ByteLevel, alone or last");
    require(
        !Boolean.TRUE.equals(last.get("add_prefix_space")),
        "pre_tokenizer.add_prefix_space",
        "true",
        "false");
    if (steps.size() == 1 && !Boolean.FALSE.equals(last.get("use_regex"))) {
      return PreTokenizer.GPT2;
    }
    require(
        steps.size() == 2 && Boolean.FALSE.equals(last.get("use_regex")),
        "pre_tokenizer",
        steps.size() + " steps",
        "ByteLevel with use_regex, or Split and ByteLevel without");
    Object regex =
        object(object(steps.get(0), "pre_tokenizer").get("pattern"), "pre_tokenizer.pattern")
            .get("Regex");
    return PATTERNS.entrySet().stream()
        .filter(known -> known.getValue().equals(regex))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                fault("pre_tokenizer.pattern.Regex", regex, "the one of GPT-2, Llama 3 or Qwen2"));
  }

  static String write(Vocabulary vocabulary) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", "1.0");
    root.put("truncation", null);
    root.put("padding", null);
    List<Object> added = new ArrayList<>();
    vocabulary.special().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(token -> added.add(addedToken(token.getKey(), token.getValue())));
    root.put("added_tokens", added);
    root.put("normalizer", vocabulary.nfc() ? map("type", "NFC") : null);
    root.put("pre_tokenizer", preTokenizer(vocabulary.pattern()));
    root.put("post_processor", null);
    root.put("decoder", byteLevel(true));
    root.put("model", model(vocabulary));
    return Json.line(root) + "\n";
  }

  private static Map<String, Object> addedToken(String content, int id) {
    return map(
        "id",
        id,
        "content",
        content,
        "single_word",
        false,
        "lstrip",
        false,
        "rstrip",
        false,
        "normalized",
        false,
        "special",
        true);
  }

  private static Map<String, Object> byteLevel(boolean regex) {
    return map(
        "type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", regex);
  }

  private static Map<String, Object> preTokenizer(PreTokenizer pattern) {
    if (pattern == PreTokenizer.GPT2) {
      return byteLevel(true);
    }
    Map<String, Object> split =
        map(
            "type",
            "Split",
            "pattern",
            map("Regex", PATTERNS.get(pattern)),
            "behavior",
            "Isolated",
            "invert",
            false);
    return map("type", "Sequence", "pretokenizers", List.of(split, byteLevel(false)));
  }

  private static Map<String, Object> model(Vocabulary vocabulary) {
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      tokens.add(ByteSymbols.spell(vocabulary.spelling(id)));
    }
    vocabulary.special().forEach((token, id) -> tokens.set(id, token));
    Map<String, Object> vocab = new LinkedHashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (!tokens.get(id).isEmpty()) {
        vocab.put(tokens.get(id), id);
      }
    }
    List<Object> merges = new ArrayList<>();
    vocabulary
        .merges()
        .forEach(merge -> merges.add(List.of(tokens.get(merge.left()), tokens.get(merge.right()))));
    return map(
        "type",
        "BPE",
        "dropout",
        null,
        "unk_token",
        null,
        "continuing_subword_prefix",
        null,
        "end_of_word_suffix",
        null,
        "fuse_unk",
        false,
        "byte_fallback",
        false,
        "ignore_merges",
        vocabulary.wholePieces(),
        "vocab",
        vocab,
        "merges",
        merges);
  }

  static String configuration(String endOfText) {
    return Json.pretty(
        map(
            "tokenizer_class",
            "PreTrainedTokenizerFast",
            "bos_token",
            endOfText,
            "eos_token",
            endOfText,
            "unk_token",
            endOfText,
            "clean_up_tokenization_spaces",
            false));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static Map<?, ?> object(Object value, String key) {
    require(value instanceof Map<?, ?>, key, value, "an object");
    return (Map<?, ?>) value;
  }

  private static List<?> list(Object value, String key) {
    require(value instanceof List<?>, key, value, "a list");
    return (List<?>) value;
  }

  private static int id(Object value, String key) {
    require(
        value instanceof Long id && id >= 0 && id < 1 << 24,
        key,
        value,
        "an id, from 0 to 16777215");
    return ((Long) value).intValue();
  }

  private static void require(boolean holds, String key, Object found, String wanted) {
    if (!holds) {
      throw fault(key, found, wanted);
    }
  }

  private static IllegalArgumentException fault(String key, Object found, String wanted) {
    return new IllegalArgumentException(
        "tokenizer.json: " + key + " is " + found + "; it must be " + wanted);
  }
}
