package dev.rootstock.contract.engine;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Fingerprint;
import java.util.Optional;

/**
 * Verb {@code look}: some documents, to be read by a person. Result: {@link Looked}. Exactly one of
 * {@code documents} and {@code folder} is given.
 *
 * @param documents an artifact of the attempt's store
 * @param folder a published folder
 * @param dropped whether to look at what was dropped in place of what was kept
 * @param reason of dropped ones: only this
 * @param language only this; {@code und} for those of which none is known
 * @param source only those whose {@code source} begins with this
 * @param limit rows at most
 * @param seed draws the rows; without one they are those with the least ids
 * @param characters of a text that are shown; the rest is cut off
 */
public record LookOrder(
    Attempt attempt,
    Optional<Fingerprint> documents,
    Optional<String> folder,
    @Default("false") boolean dropped,
    Optional<String> reason,
    Optional<String> language,
    Optional<String> source,
    @Default("10") int limit,
    Optional<Long> seed,
    @Default("400") int characters) {
  public LookOrder {
    new Check()
        .that(
            documents.isPresent() != folder.isPresent(),
            "documents",
            documents.isPresent() ? "given beside folder" : "not given, nor is folder",
            "given, or folder")
        .that(limit >= 1 && limit <= 100_000, "limit", limit, "between 1 and 100000")
        .positive("characters", characters)
        .done();
  }
}
