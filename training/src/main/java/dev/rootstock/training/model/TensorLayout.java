package dev.rootstock.training.model;

import java.util.List;

/**
 * One tensor of a model.
 *
 * @param name as in a Hugging Face folder, or in a PEFT adapter without its {@code
 *     base_model.model.} prefix
 * @param shape row-major; linear weights are {@code [out, in]} (GPT-2's too: they are transposed
 *     when read and written)
 * @param decays whether weight decay applies: matrices do, norms and biases do not
 * @param trained whether it learns: with an adapter only the adapter's tensors do
 */
public record TensorLayout(String name, List<Long> shape, boolean decays, boolean trained) {
  public TensorLayout {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public long elements() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
