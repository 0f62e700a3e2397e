package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Shorthand;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Thousands of finetunes: a list of them in a file of its own.
 *
 * @param file JSONL, local or {@code s3://}: a line is a finetune as under {@code finetunes}, or as
 *     much of one as differs from the template. {@code {line}} in a name is the line's number
 * @param template keys of a finetune that hold for every line which does not say otherwise
 * @param folder that relative paths in the list begin from; default the current directory
 */
@Shorthand("file")
public record JobsChoice(
    String file, @Default("{}") Map<String, Object> template, Optional<String> folder) {
  private static final List<String> KEYS =
      Stream.of(FinetuneChoice.class.getRecordComponents()).map(RecordComponent::getName).toList();

  public JobsChoice {
    template = Collections.unmodifiableMap(new LinkedHashMap<>(template));
    Check check = new Check().that(!file.isBlank(), "file", "empty", "a file of JSONL");
    for (String key : template.keySet()) {
      check.that(
          KEYS.contains(key),
          "template." + key,
          "an unknown key",
          "one of " + String.join(", ", KEYS),
          CanonicalJson.nearest(key, KEYS)
              .map(near -> "Did you mean " + near + "?")
              .orElse("Remove it."));
    }
    check.done();
  }

  /**
   * The finetune of one line.
   *
   * @param number of the line, from 1
   * @throws dev.rootstock.contract.InvalidConfig with every problem of it
   */
  public FinetuneChoice line(int number, Map<String, Object> line) {
    Map<String, Object> whole = new LinkedHashMap<>(template);
    whole.putAll(line);
    if (whole.get("name") instanceof String name) {
      whole.put("name", name.replace("{line}", String.valueOf(number)));
    }
    return CanonicalJson.fromTree(whole, FinetuneChoice.class);
  }
}
