package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training needs beside weights and moments to go on as if it had never stopped. Nothing in
 * it depends on the clock, the host or the attempt.
 *
 * @param step steps done
 * @param steps all steps
 * @param tokens fingerprint of the tokens trained on
 * @param seed of the order of rows
 * @param nextRow position in the endless sequence of epochs
 * @param rows of one epoch
 * @param numeric backend, versions and threads: another may resume, to other bits
 */
public record TrainingState(
    long step, long steps, Fingerprint tokens, long seed, long nextRow, long rows, String numeric) {
  static final String NAME = "trainer_state.json";

  /**
   * As JSON; {@code global_step}, {@code max_steps} and {@code epoch} as transformers names them.
   */
  String json() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("tokens", tokens.hex());
    data.put("seed", Long.toString(seed)); // text, for JSON's numbers hold 53 bits
    data.put("next_row", nextRow);
    data.put("rows", rows);
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("data", data);
    ours.put("random", "none: order and first weights follow from the seed");
    ours.put("numeric", numeric);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("global_step", step);
    tree.put("max_steps", steps);
    tree.put("epoch", (double) nextRow / rows);
    tree.put("rootstock", ours);
    return Json.pretty(tree);
  }

  static TrainingState parse(String json) throws BadTensors {
    try {
      Map<?, ?> tree = (Map<?, ?>) Json.parse(json);
      Map<?, ?> ours = (Map<?, ?>) tree.get("rootstock");
      Map<?, ?> data = (Map<?, ?>) ours.get("data");
      return new TrainingState(
          whole(tree, "global_step"),
          whole(tree, "max_steps"),
          new Fingerprint((String) data.get("tokens")),
          Long.parseLong((String) data.get("seed")),
          whole(data, "next_row"),
          whole(data, "rows"),
          (String) ours.get("numeric"));
    } catch (RuntimeException incomplete) {
      throw new BadTensors(NAME + " is not whole: " + incomplete);
    }
  }

  private static long whole(Map<?, ?> tree, String key) {
    return ((Number) tree.get(key)).longValue();
  }
}
