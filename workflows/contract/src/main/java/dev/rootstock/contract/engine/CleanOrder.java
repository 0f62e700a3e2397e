package dev.rootstock.contract.engine;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.TestItemsRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Verb {@code clean}: corpus to documents. Result: a {@link dev.rootstock.contract.DocumentsRef}.
 *
 * @param items test rows of which no document may hold a passage
 */
public record CleanOrder(
    Attempt attempt,
    Fingerprint fingerprint,
    CorpusRef corpus,
    CleaningSpec cleaning,
    RunnerSpec runner,
    Optional<TestItemsRef> items) {
  /** The inputs that documents are named by. */
  public static Map<String, Fingerprint> inputs(CorpusRef corpus, Optional<TestItemsRef> items) {
    Map<String, Fingerprint> inputs = new LinkedHashMap<>();
    inputs.put("corpus", corpus.fingerprint());
    items.ifPresent(ref -> inputs.put("items", ref.fingerprint()));
    return inputs;
  }
}
