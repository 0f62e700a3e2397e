package dev.rootstock.workflows;

import dev.rootstock.contract.DatasetRef;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.TokenizeOrder;

/** See {@link DatasetWorkflow}. */
public final class DatasetWorkflowImpl implements DatasetWorkflow {
  private final PreprocessActivities preprocess;

  public DatasetWorkflowImpl() {
    this(Steps.DEFAULT);
  }

  public DatasetWorkflowImpl(Steps steps) {
    this.preprocess = steps.data().on(PreprocessActivities.class);
  }

  @Override
  public DatasetRef run(DatasetRequest request) {
    Attempt attempt = new Attempt(request.store(), request.run(), 1, 0);
    DocumentsRef documents =
        preprocess.clean(
            new CleanOrder(
                attempt,
                request.documents(),
                request.corpus(),
                request.cleaning(),
                request.runner(),
                request.items()));
    TokenizerRef tokenizer =
        preprocess.learn(
            new LearnOrder(
                attempt,
                request.tokenizer(),
                documents,
                request.tokenizerSpec(),
                request.runner()));
    TokensRef tokens =
        preprocess.tokenize(
            new TokenizeOrder(
                attempt,
                request.tokens(),
                request.corpus(),
                documents,
                tokenizer,
                request.tokensSpec(),
                request.runner()));
    return new DatasetRef(documents, tokenizer, tokens);
  }
}
