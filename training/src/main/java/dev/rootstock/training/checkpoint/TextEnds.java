package dev.rootstock.training.checkpoint;

import java.util.List;
import java.util.Map;

/** The ids at which a model's text ends, as the files of its folder name them. */
public final class TextEnds {
  private static final String KEY = "eos_token_id"; // an id or a list of ids

  private TextEnds() {}

  /**
   * Those of {@code generation_config.json}, else of {@code config.json}; those that the model does
   * not know are left out.
   */
  public static List<Integer> of(Map<?, ?> generation, Map<?, ?> config, int vocabulary) {
    Object named = generation.get(KEY) == null ? config.get(KEY) : generation.get(KEY);
    List<?> all = named instanceof List<?> list ? list : named == null ? List.of() : List.of(named);
    return all.stream()
        .filter(id -> id instanceof Long whole && whole >= 0 && whole < vocabulary)
        .map(id -> ((Long) id).intValue())
        .distinct()
        .toList();
  }
}
