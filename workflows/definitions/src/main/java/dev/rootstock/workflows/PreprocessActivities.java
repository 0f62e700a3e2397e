package dev.rootstock.workflows;

import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.TokenizeOrder;
import io.temporal.activity.ActivityInterface;

/**
 * Port: text to tokens, each step found if it was made before. Heartbeats carry the engine's
 * progress.
 */
@ActivityInterface(namePrefix = "Preprocess.")
public interface PreprocessActivities {
  DocumentsRef clean(CleanOrder order);

  TokenizerRef learn(LearnOrder order);

  TokensRef tokenize(TokenizeOrder order);

  Screening screen(ScreenOrder order);
}
