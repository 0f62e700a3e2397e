package dev.rootstock.workflows;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensSpec;
import java.util.Optional;

/**
 * A dataset to make of a pinned corpus: documents, tokenizer, tokens, each named by the fingerprint
 * it will have. The workflow's id is {@code dataset/<tokens>}.
 *
 * @param items test rows that are kept out of it
 */
public record DatasetRequest(
    String store,
    String run,
    CorpusRef corpus,
    Fingerprint documents,
    CleaningSpec cleaning,
    Fingerprint tokenizer,
    TokenizerSpec tokenizerSpec,
    Fingerprint tokens,
    TokensSpec tokensSpec,
    RunnerSpec runner,
    Optional<TestItemsRef> items) {
  /** The same corpus and the same test rows, seen elsewhere. */
  public DatasetRequest with(CorpusRef seen, Optional<TestItemsRef> items) {
    return new DatasetRequest(
        store,
        run,
        seen,
        documents,
        cleaning,
        tokenizer,
        tokenizerSpec,
        tokens,
        tokensSpec,
        runner,
        items);
  }
}
