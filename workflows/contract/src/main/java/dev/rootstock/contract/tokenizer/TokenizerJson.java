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
import java.util.stream.Stream;

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

  /**
   * @param ending spelling of the token that ends a document; null: one of the usual ones
   */
  static Vocabulary read(String json, String ending) {
    Map<?, ?> root = object(Json.parse(json), "the file");
    Map<?, ?> model = object(root.get("model"), "model");
    refuse(model);
    Object normalizer = root.get("normalizer");
    boolean nfc = normalizer instanceof Map<?, ?> form && "NFC".equals(form.get("type"));
    require(nfc || normalizer == null, "normalizer", normalizer, "null or NFC");
    Map<?, ?> vocab = object(model.get("vocab"), "model.vocab");
    List<AddedTokens.Token> added = added(root.get("added_tokens"));
    int size = 0;
    for (Map.Entry<?, ?> token : vocab.entrySet()) {
      size = Math.max(size, id(token.getValue(), "model.vocab") + 1);
    }
    for (AddedTokens.Token token : added) {
      size = Math.max(size, token.id() + 1);
    }
    PostProcessor marks = PostProcessor.read(root.get("post_processor"));
    for (int id : Stream.concat(marks.before().stream(), marks.after().stream()).toList()) {
      require(id < size, "post_processor", "with id " + id, "of the vocabulary");
    }
    List<byte[]> spellings = new ArrayList<>(Collections.nCopies(size, new byte[0]));
    vocab.forEach(
        (token, id) -> spellings.set(((Long) id).intValue(), ByteSymbols.bytes((String) token)));
    added.forEach(
        token -> spellings.set(token.id(), token.content().getBytes(StandardCharsets.UTF_8)));
    return new Vocabulary(
        pattern(root),
        spellings,
        merges(model, vocab),
        new AddedTokens(added, nfc),
        marks,
        Boolean.TRUE.equals(model.get("ignore_merges")),
        nfc,
        end(added, vocab, ending));
  }

  private static void refuse(Map<?, ?> model) {
    require(
        model.get("type") == null || model.get("type").equals("BPE"),
        "model.type",
        model.get("type"),
        "BPE");
    Object dropout = model.get("dropout");
    require(
        dropout == null || (dropout instanceof Number share && share.doubleValue() == 0),
        "model.dropout",
        dropout,
        "null");
    for (String part : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      Object value = model.get(part);
      require(value == null || value.equals(""), "model." + part, value, "null or empty");
    }
    require(
        !Boolean.TRUE.equals(model.get("byte_fallback")),
        "model.byte_fallback",
        true,
        "false: every byte is a token here");
  }

  private static List<AddedTokens.Token> added(Object tree) {
    List<AddedTokens.Token> added = new ArrayList<>();
    for (Object entry : tree == null ? List.of() : list(tree, "added_tokens")) {
      Map<?, ?> token = object(entry, "added_tokens");
      require(
          token.get("content") instanceof String, "added_tokens.content", token, "text in each");
      added.add(
          new AddedTokens.Token(
              (String) token.get("content"),
              id(token.get("id"), "added_tokens.id"),
              !Boolean.FALSE.equals(token.get("special")),
              Boolean.TRUE.equals(token.get("single_word")),
              Boolean.TRUE.equals(token.get("lstrip")),
              Boolean.TRUE.equals(token.get("rstrip")),
              Boolean.TRUE.equals(token.get("normalized"))));
    }
    return added;
  }

  private static int end(List<AddedTokens.Token> added, Map<?, ?> vocab, String ending) {
    if (ending != null) {
      for (AddedTokens.Token token : added) {
        if (token.content().equals(ending)) {
          return token.id();
        }
      }
      require(vocab.get(ending) != null, "eos_token", ending, "a token of the vocabulary");
      return id(vocab.get(ending), "model.vocab of \"" + ending + "\"");
    }
    for (String usual : ENDS) {
      for (AddedTokens.Token token : added) {
        if (token.content().equals(usual)) {
          return token.id();
        }
      }
    }
    throw fault(
        "added_tokens",
        added.stream().map(AddedTokens.Token::content).toList(),
        "with one of " + ENDS + ", or tokenizer_config.json with an eos_token");
  }

  /** {@code eos_token} of a {@code tokenizer_config.json}; null if it names none. */
  static String ending(byte[] configuration) {
    Object tree = Json.parse(new String(configuration, StandardCharsets.UTF_8));
    Object token = object(tree, "tokenizer_config.json").get("eos_token");
    Object content = token instanceof Map<?, ?> map ? map.get("content") : token;
    return content instanceof String text ? text : null;
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
    Map<?, ?> split = object(steps.get(0), "pre_tokenizer");
    require(
        "Split".equals(split.get("type"))
            && "Isolated".equals(split.get("behavior"))
            && !Boolean.TRUE.equals(split.get("invert")),
        "pre_tokenizer",
        split.get("type") + ", " + split.get("behavior"),
        "Split, Isolated, not inverted");
    Object regex = object(split.get("pattern"), "pre_tokenizer.pattern").get("Regex");
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
    vocabulary.added().all().forEach(token -> added.add(addedToken(token)));
    root.put("added_tokens", added);
    root.put("normalizer", vocabulary.nfc() ? map("type", "NFC") : null);
    root.put("pre_tokenizer", preTokenizer(vocabulary.pattern()));
    root.put("post_processor", template(vocabulary));
    root.put("decoder", byteLevel(true));
    root.put("model", model(vocabulary));
    return Json.line(root) + "\n";
  }

  private static Map<String, Object> addedToken(AddedTokens.Token token) {
    return map(
        "id",
        token.id(),
        "content",
        token.content(),
        "single_word",
        token.singleWord(),
        "lstrip",
        token.stripsLeft(),
        "rstrip",
        token.stripsRight(),
        "normalized",
        token.normalized(),
        "special",
        token.special());
  }

  private static Map<String, Object> template(Vocabulary vocabulary) {
    PostProcessor marks = vocabulary.marks();
    if (marks.equals(PostProcessor.NONE)) {
      return null;
    }
    List<Object> single = new ArrayList<>();
    Map<String, Object> tokens = new LinkedHashMap<>();
    marks.before().forEach(id -> single.add(mark(vocabulary, id, tokens)));
    single.add(map("Sequence", map("id", "A", "type_id", 0)));
    marks.after().forEach(id -> single.add(mark(vocabulary, id, tokens)));
    List<Object> pair = new ArrayList<>(single);
    pair.add(map("Sequence", map("id", "B", "type_id", 1)));
    return map(
        "type", "TemplateProcessing", "single", single, "pair", pair, "special_tokens", tokens);
  }

  private static Object mark(Vocabulary vocabulary, int id, Map<String, Object> tokens) {
    String name = new String(vocabulary.spelling(id), StandardCharsets.UTF_8);
    tokens.put(name, map("id", name, "ids", List.of(id), "tokens", List.of(name)));
    return map("SpecialToken", map("id", name, "type_id", 0));
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
    vocabulary.added().all().forEach(token -> tokens.set(token.id(), token.content()));
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

  static Map<?, ?> object(Object value, String key) {
    require(value instanceof Map<?, ?>, key, value, "an object");
    return (Map<?, ?>) value;
  }

  static List<?> list(Object value, String key) {
    require(value instanceof List<?>, key, value, "a list");
    return (List<?>) value;
  }

  static int id(Object value, String key) {
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

  static IllegalArgumentException fault(String key, Object found, String wanted) {
    return new IllegalArgumentException(
        "tokenizer.json: " + key + " is " + found + "; it must be " + wanted);
  }
}
