package dev.rootstock.contract;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a whole model does not learn. A frozen tensor keeps its bits and has no optimizer state.
 *
 * @param embeddings token and position embeddings, with a tied head the head too
 * @param layers so many blocks from the input on
 * @param tensors names, in which {@code *} stands for any characters: {@code *.mlp.*}
 */
public record FreezeSpec(
    @Default("false") boolean embeddings,
    @Default("0") int layers,
    @Default("[]") List<String> tensors) {
  public FreezeSpec {
    tensors = List.copyOf(tensors);
    new Check()
        .that(layers >= 0, "layers", layers, "0 or more")
        .that(
            tensors.stream().noneMatch(String::isBlank),
            "tensors",
            tensors,
            "names of tensors, in which * stands for any characters")
        .that(
            embeddings || layers > 0 || !tensors.isEmpty(),
            "layers",
            0,
            "above 0, or embeddings: true or tensors: [PATTERN] given",
            "Leave freeze out to train everything")
        .done();
  }

  /** Whether one of the patterns names a tensor. */
  public boolean names(String tensor) {
    return tensors.stream().anyMatch(pattern -> matches(pattern, tensor));
  }

  /** Whether a pattern fits a name. */
  public static boolean matches(String pattern, String tensor) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return tensor.matches(regex);
  }
}
