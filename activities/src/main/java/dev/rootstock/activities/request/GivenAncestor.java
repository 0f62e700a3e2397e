package dev.rootstock.activities.request;

import dev.rootstock.activities.registry.Lineage;
import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.pipeline.PretrainChoice;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.util.Optional;

/**
 * A registered base that another goes on from: {@code pretrain.from}.
 *
 * @param tokenizer its own
 */
record GivenAncestor(ModelVersion version, Ancestor ancestor, GivenTokenizer tokenizer) {
  private static final String PATH = "pretrain.from";

  /** Whether there is nothing in these tokens that it was not grown on. */
  boolean hasSeen(Fingerprint tokens) {
    return ancestor.tokens().map(TokensRef::fingerprint).equals(Optional.of(tokens));
  }

  /**
   * Finds it; nothing is written.
   *
   * @param check hears what is wrong with it
   */
  static Optional<GivenAncestor> find(ArtifactStore store, PretrainChoice choice, Check check)
      throws IOException {
    String from = choice.from().orElseThrow();
    ModelVersion version;
    try {
      version = new ModelRegistry(store).require(PATH, from);
    } catch (InvalidConfig unknown) {
      check.addAll(unknown.problems());
      return Optional.empty();
    }
    int context = version.checkpoint().shape().context();
    Optional<TokensRef> tokens = new Lineage(store, version.checkpoint().fingerprint()).tokens();
    check
        .that(
            version.checkpoint().base().isEmpty(),
            PATH,
            "\"" + from + "\", an adapter",
            "a whole model",
            "Export it, which merges it into its base, and import that.")
        .that(
            choice.context().orElse(context) == context,
            "pretrain.context",
            choice.context().orElse(context),
            "left out, or " + context + " as of " + version.ref().label())
        .that(
            choice.replay().orElse(0.0) == 0 || tokens.isPresent(),
            "pretrain.replay",
            choice.replay().orElse(0.0),
            "left out, or 0, for the tokens of " + version.ref().label() + " are not in the store");
    return GivenTokenizer.find(store, PATH, from, check)
        .map(
            tokenizer ->
                new GivenAncestor(version, new Ancestor(version.checkpoint(), tokens), tokenizer));
  }
}
