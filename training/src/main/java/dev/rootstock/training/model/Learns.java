package dev.rootstock.training.model;

import dev.rootstock.contract.FreezeSpec;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of a model's tensors learn. Backends read it off {@link TensorLayout#trained}.
 *
 * @param adapter given: the model's own tensors are frozen and an adapter on them learns
 * @param frozen names of the model's own tensors that do not learn
 * @param seed of the adapter's dropout
 */
public record Learns(Optional<LoraSpec> adapter, Set<String> frozen, long seed) {
  public Learns {
    frozen = Set.copyOf(frozen);
  }

  /** A whole model. */
  public static Learns all() {
    return adapter(Optional.empty());
  }

  /** An adapter, or where there is none a whole model. */
  public static Learns adapter(Optional<LoraSpec> adapter) {
    return new Learns(adapter, Set.of(), 0);
  }

  /**
   * A whole model but for what is frozen, or an adapter.
   *
   * @throws InvalidConfig if nothing is left to learn, or a name fits nothing
   */
  public static Learns of(
      ModelShape shape, Optional<LoraSpec> adapter, Optional<FreezeSpec> freeze, long seed) {
    List<TensorLayout> own = Layout.of(shape, Optional.empty());
    Set<String> frozen = new TreeSet<>();
    freeze.ifPresent(
        spec -> {
          for (String pattern : spec.tensors()) {
            if (own.stream().noneMatch(each -> FreezeSpec.matches(pattern, each.name()))) {
              throw new InvalidConfig(
                  Problem.of(
                      "freeze.tensors",
                      "\"" + pattern + "\"",
                      "a pattern that fits a tensor of the model, as " + own.get(1).name()));
            }
          }
          own.stream()
              .map(TensorLayout::name)
              .filter(name -> spec.names(name) || freezes(spec, shape, name))
              .forEach(frozen::add);
        });
    Learns learns = new Learns(adapter, frozen, seed);
    if (Layout.of(shape, learns).stream().noneMatch(TensorLayout::trained)) {
      throw new InvalidConfig(
          adapter.isPresent()
              ? Problem.of(
                  "lora.targets",
                  adapter.get().targets().orElse(List.of()),
                  "names of linear layers of this model: " + linear(shape))
              : Problem.of(
                  "freeze", "all of the model", "less, so that something is left to learn"));
    }
    return learns;
  }

  /** Values that learn of a model of a shape. */
  public long count(ModelShape shape) {
    return Layout.of(shape, this).stream()
        .filter(TensorLayout::trained)
        .mapToLong(TensorLayout::elements)
        .sum();
  }

  private static Set<String> linear(ModelShape shape) {
    Set<String> names = new TreeSet<>();
    for (TensorLayout tensor : Layout.of(shape, Optional.of(new LoraSpec(1, 1)))) {
      if (tensor.name().endsWith(Layout.DOWN)) {
        String module = module(tensor.name());
        names.add(module.substring(module.lastIndexOf('.') + 1));
      }
    }
    return names;
  }

  private static boolean freezes(FreezeSpec spec, ModelShape shape, String name) {
    if (name.endsWith("embed_tokens.weight")
        || name.endsWith("wte.weight")
        || name.endsWith("wpe.weight")) {
      return spec.embeddings();
    }
    for (int layer = 0; layer < Math.min(spec.layers(), shape.layers()); layer++) {
      if (name.startsWith(Layout.block(shape, layer))) {
        return true;
      }
    }
    return false;
  }

  /** A base on which this adapter learns: frozen, without it. */
  public Learns ofBase(ModelShape shape) {
    Set<String> all = new TreeSet<>();
    Layout.of(shape, Optional.empty()).forEach(tensor -> all.add(tensor.name()));
    return new Learns(Optional.empty(), all, seed);
  }

  /** The same tensors, each with whether it learns; adapters that are not asked for left out. */
  List<TensorLayout> applied(List<TensorLayout> whole) {
    return whole.stream()
        .filter(tensor -> !tensor.name().contains(".lora_") || on(tensor.name()))
        .map(
            tensor ->
                frozen.contains(tensor.name())
                    ? new TensorLayout(tensor.name(), tensor.shape(), tensor.decays(), false)
                    : tensor)
        .toList();
  }

  private boolean on(String tensor) {
    return adapter.orElseThrow().on(module(tensor));
  }

  private static String module(String tensor) {
    return tensor.substring(0, tensor.indexOf(".lora_"));
  }
}
