package dev.rootstock.contract.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is put around a whole text where its markers are wanted: a token that begins it, often.
 *
 * @param before ids in front of it
 * @param after ids behind it
 */
record PostProcessor(List<Integer> before, List<Integer> after) {
  static final PostProcessor NONE = new PostProcessor(List.of(), List.of());

  private static final String KEY = "post_processor";

  PostProcessor {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * Reads the key of that name.
   *
   * @throws IllegalArgumentException naming what is not known here
   */
  static PostProcessor read(Object tree) {
    if (tree == null) {
      return NONE;
    }
    if (!(tree instanceof Map<?, ?> map)) {
      throw TokenizerJson.fault(KEY, tree, "an object or null");
    }
    String type = String.valueOf(map.get("type"));
    return switch (type) {
      case "ByteLevel" -> NONE; // trims offsets, which nobody asks for here
      case "TemplateProcessing" -> template(map);
      case "RobertaProcessing", "BertProcessing" ->
          new PostProcessor(List.of(pair(map, "cls")), List.of(pair(map, "sep")));
      case "Sequence" -> sequence(map);
      default ->
          throw TokenizerJson.fault(
              KEY + ".type", type, "ByteLevel, TemplateProcessing or a Sequence of them");
    };
  }

  private static PostProcessor sequence(Map<?, ?> map) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (Object step : TokenizerJson.list(map.get("processors"), KEY + ".processors")) {
      PostProcessor next = read(step);
      before.addAll(0, next.before());
      after.addAll(next.after());
    }
    return new PostProcessor(before, after);
  }

  private static PostProcessor template(Map<?, ?> map) {
    Map<?, ?> tokens = TokenizerJson.object(map.get("special_tokens"), KEY + ".special_tokens");
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    boolean text = false;
    for (Object item : TokenizerJson.list(map.get("single"), KEY + ".single")) {
      Map<?, ?> piece = TokenizerJson.object(item, KEY + ".single");
      if (piece.get("Sequence") != null && !text) {
        text = true;
      } else if (piece.get("SpecialToken") instanceof Map<?, ?> token) {
        String name = KEY + ".special_tokens." + token.get("id");
        Map<?, ?> known = TokenizerJson.object(tokens.get(token.get("id")), name);
        for (Object id : TokenizerJson.list(known.get("ids"), name)) {
          (text ? after : before).add(TokenizerJson.id(id, name));
        }
      } else {
        throw TokenizerJson.fault(KEY + ".single", piece, "special tokens around one Sequence");
      }
    }
    if (!text) {
      throw TokenizerJson.fault(KEY + ".single", "without a Sequence", "around one");
    }
    return new PostProcessor(before, after);
  }

  private static int pair(Map<?, ?> map, String role) {
    List<?> pair = TokenizerJson.list(map.get(role), KEY + "." + role);
    return TokenizerJson.id(pair.size() == 2 ? pair.get(1) : null, KEY + "." + role);
  }
}
