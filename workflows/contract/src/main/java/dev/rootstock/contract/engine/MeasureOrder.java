package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.PinnedFile;
import java.util.Optional;

/**
 * Verb {@code measure}: how well a model foresees a text. The text's ids are as its tokenizer gives
 * them, no marker added; each but the first is predicted once. Windows of {@code window} positions
 * begin every {@code stride} ids, and each predicts what those before it did not, from all that it
 * holds. Result: {@link Measured}.
 *
 * @param text UTF-8
 * @param window empty: the model's context, or less where its heads' attention would take more than
 *     512 MiB
 * @param stride empty: the window, so that no window sees into the one before
 */
public record MeasureOrder(
    Attempt attempt,
    CheckpointRef model,
    PinnedFile text,
    Optional<Integer> window,
    Optional<Integer> stride) {
  public MeasureOrder {
    Check check = new Check();
    window.ifPresent(value -> check.positive("window", value));
    stride.ifPresent(value -> check.positive("stride", value));
    check.done();
  }
}
