package dev.rootstock.contract.engine;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.TokensRef;
import java.util.List;
import java.util.Optional;

/**
 * Verb {@code finetune}: a base, or random weights, to a model of one task, scored. Result: a
 * {@link dev.rootstock.contract.FinetuneResult}.
 *
 * @param base where to start; empty exactly if {@code finetune.scratch} is given
 * @param tokenizer fingerprint of the tokenizer, the base's own
 * @param data where the task's files lie now, in the order of {@code finetune.task.data}
 * @param test where its test files lie now
 * @param heldOut tokens whose validation rows tell what was forgotten; empty: not measured
 */
public record FinetuneOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    Optional<CheckpointRef> base,
    Fingerprint tokenizer,
    FinetuneSpec finetune,
    List<PinnedFile> data,
    List<PinnedFile> test,
    Optional<TokensRef> heldOut) {
  public FinetuneOrder {
    data = List.copyOf(data);
    test = List.copyOf(test);
  }
}
