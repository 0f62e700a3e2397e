package dev.rootstock.activities.engine;

import dev.rootstock.activities.Failures;
import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.attach.Leases;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.workflows.LaterItems;
import dev.rootstock.workflows.PreprocessActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.util.List;
import java.util.Optional;

/** {@link PreprocessActivities} by starting the engine that knows text. */
public final class EnginePreprocessActivities implements PreprocessActivities {
  private final EngineSettings settings;
  private final OpenStores stores;
  private final Drain drain;

  public EnginePreprocessActivities(EngineSettings settings, OpenStores stores, Drain drain) {
    this.settings = settings;
    this.stores = stores;
    this.drain = drain;
  }

  @Override
  public DocumentsRef clean(CleanOrder order) {
    CleanOrder now =
        new CleanOrder(
            attempt(order.attempt()),
            order.fingerprint(),
            order.corpus(),
            order.cleaning(),
            order.runner(),
            order.items());
    return make(
        Stage.DOCUMENTS,
        order.fingerprint(),
        "clean",
        now,
        now.attempt(),
        order.corpus().bytes(),
        DocumentsRef.class);
  }

  @Override
  public TokenizerRef learn(LearnOrder order) {
    LearnOrder now =
        new LearnOrder(
            attempt(order.attempt()),
            order.fingerprint(),
            order.documents(),
            order.tokenizer(),
            order.runner());
    return make(
        Stage.TOKENIZER,
        order.fingerprint(),
        "learn",
        now,
        now.attempt(),
        order.documents().bytes(),
        TokenizerRef.class);
  }

  @Override
  public TokensRef tokenize(TokenizeOrder order) {
    TokenizeOrder now =
        new TokenizeOrder(
            attempt(order.attempt()),
            order.fingerprint(),
            order.corpus(),
            order.documents(),
            order.tokenizer(),
            order.tokens(),
            order.runner());
    return make(
        Stage.TOKENS,
        order.fingerprint(),
        "tokenize",
        now,
        now.attempt(),
        order.documents().bytes(),
        TokensRef.class);
  }

  @Override
  public Screening screen(ScreenOrder order) {
    ScreenOrder now =
        new ScreenOrder(
            attempt(order.attempt()),
            order.fingerprint(),
            order.documents(),
            order.items(),
            order.runner());
    Screening made =
        make(
            Stage.SCREENING,
            order.fingerprint(),
            "screen",
            now,
            now.attempt(),
            order.documents().bytes(),
            Screening.class);
    return made.tasks().size() <= LaterItems.MOST
        ? made
        : new Screening(made.fingerprint(), List.of()); // its artifact tells of each
  }

  private <T extends Record> T make(
      Stage stage,
      Fingerprint fingerprint,
      String verb,
      Record order,
      Attempt attempt,
      long bytes,
      Class<T> type) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return Failures.told(
        () -> {
          ArtifactStore store = stores.at(attempt.store());
          EngineRun engine = new EngineRun(settings, drain, context, verb);
          return Stint.of(
                  context, new Leases(store, stage, fingerprint, settings.lease()), attempt.run())
              .findOrMake(
                  () -> Artifacts.find(store, stage, fingerprint).map(whole -> whole.result(type)),
                  Optional::empty,
                  () ->
                      CanonicalJson.read(
                          engine.carryOut(
                              settings.preprocess().get().forBytes(bytes),
                              verb,
                              order,
                              attempt.run(),
                              verb),
                          type));
        });
  }

  private Attempt attempt(Attempt asked) {
    int number = Activity.getExecutionContext().getInfo().getAttempt();
    return new Attempt(asked.store(), asked.run(), number, settings.threads());
  }
}
