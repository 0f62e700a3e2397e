package dev.rootstock.activities.request;

import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.pipeline.ModelChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.pipeline.PretrainChoice;
import dev.rootstock.contract.pipeline.TokenizerChoice;
import dev.rootstock.workflows.DatasetRequest;
import dev.rootstock.workflows.Growth;
import java.util.Map;
import java.util.Optional;

/** Names every stage of a base before any is made. */
final class Names {
  private Names() {}

  static Growth growth(
      String store,
      String run,
      PipelineSpec pipeline,
      CleaningSpec cleaning,
      CorpusRef corpus,
      Optional<TestItemsRef> items,
      Optional<GivenTokenizer> given,
      Optional<Ancestor> ancestor) {
    TokenizerChoice tokenizerChoice = pipeline.tokenizer().orElse(TokenizerChoice.DEFAULT);
    TokenizerSpec tokenizerSpec =
        given
            .map(taken -> tokenizerChoice.spec(taken.ref().vocabulary()))
            .orElseGet(tokenizerChoice::spec);
    PretrainChoice choice = pipeline.pretrain().orElse(PretrainChoice.DEFAULT);
    TokensSpec tokensSpec =
        ancestor
            .map(base -> choice.tokensSpec(base.checkpoint().shape().context()))
            .orElseGet(choice::tokensSpec);
    PretrainSpec pretrain =
        ancestor
            .map(choice::spec)
            .orElseGet(
                () ->
                    choice.spec(
                        pipeline
                            .model()
                            .orElse(ModelChoice.DEFAULT)
                            .shape(tokenizerSpec.vocabulary(), tokensSpec.context())));
    Fingerprint documents =
        Fingerprint.of(Stage.DOCUMENTS, CleanOrder.inputs(corpus, items), cleaning);
    Fingerprint tokenizer =
        given
            .map(taken -> taken.ref().fingerprint())
            .orElseGet(
                () ->
                    Fingerprint.of(Stage.TOKENIZER, Map.of("documents", documents), tokenizerSpec));
    Fingerprint tokens =
        Fingerprint.of(
            Stage.TOKENS,
            Map.of("documents", documents, "tokenizer", tokenizer, "corpus", corpus.fingerprint()),
            tokensSpec);
    Fingerprint base =
        Fingerprint.of(
            Stage.PRETRAIN,
            PretrainOrder.inputs(
                tokens, tokenizer, ancestor.map(from -> from.checkpoint().fingerprint())),
            pretrain);
    DatasetRequest dataset =
        new DatasetRequest(
            store,
            run,
            corpus,
            documents,
            cleaning,
            tokenizer,
            tokenizerSpec,
            tokens,
            tokensSpec,
            pipeline.runner(),
            items);
    return new Growth(dataset, base, pretrain, choice.save(), ancestor);
  }
}
