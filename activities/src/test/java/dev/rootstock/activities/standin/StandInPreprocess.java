package dev.rootstock.activities.standin;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A program that speaks the engine protocol for text, and makes artifacts without content. */
public final class StandInPreprocess {
  private StandInPreprocess() {}

  public static void main(String[] arguments) {
    EngineMain.run(
        arguments,
        Map.of(
            "clean", new Clean(),
            "screen", new Screen(),
            "learn", new Learn(),
            "tokenize", new Tokenize()));
  }

  static void begin(String verb, String detail) throws IOException, InterruptedException {
    Control control = new Control(verb);
    control.started();
    control.misbehave(detail);
  }

  @SuppressWarnings("unchecked") // a record's tree is a map
  static void commit(
      Attempt attempt,
      Stage stage,
      Fingerprint fingerprint,
      Map<String, Object> form,
      Record result)
      throws IOException {
    try (ArtifactStore store = Stores.open(attempt.store())) {
      Artifacts.commit(
          store,
          stage.at(fingerprint),
          new Manifest(
              1,
              stage,
              fingerprint,
              form,
              List.of(),
              (Map<String, Object>) CanonicalJson.tree(result),
              new Spent(2, 1e9, 1000),
              Map.of("run", attempt.run()),
              Instant.now()));
    }
  }

  private static final class Clean implements Verb<CleanOrder> {
    @Override
    public Class<CleanOrder> order() {
      return CleanOrder.class;
    }

    @Override
    public Record carryOut(CleanOrder order, ProgressLog progress, Stop stop) throws Exception {
      begin("clean", order.fingerprint().hex());
      DocumentsRef ref = new DocumentsRef(order.fingerprint(), 10, 1, 1000);
      Map<String, Fingerprint> inputs = CleanOrder.inputs(order.corpus(), order.items());
      commit(
          order.attempt(),
          Stage.DOCUMENTS,
          order.fingerprint(),
          Fingerprint.form(Stage.DOCUMENTS, inputs, order.cleaning()),
          ref);
      return ref;
    }
  }

  private static final class Screen implements Verb<ScreenOrder> {
    @Override
    public Class<ScreenOrder> order() {
      return ScreenOrder.class;
    }

    @Override
    public Record carryOut(ScreenOrder order, ProgressLog progress, Stop stop) throws Exception {
      begin("screen", order.fingerprint().hex());
      TestItems items;
      try (ArtifactStore store = Stores.open(order.attempt().store())) {
        String json = new String(store.read(order.items().listing()), StandardCharsets.UTF_8);
        items = CanonicalJson.read(json, TestItems.class);
      }
      List<Screening.Found> found =
          items.tasks().stream()
              .map(task -> new Screening.Found(task.fingerprint(), 20, 1, 3, 5))
              .toList();
      Screening screening = new Screening(order.fingerprint(), found);
      Map<String, Fingerprint> inputs =
          Map.of(
              "documents", order.documents().fingerprint(),
              "items", order.items().fingerprint());
      commit(
          order.attempt(),
          Stage.SCREENING,
          order.fingerprint(),
          Fingerprint.form(Stage.SCREENING, inputs),
          screening);
      return screening;
    }
  }

  private static final class Learn implements Verb<LearnOrder> {
    @Override
    public Class<LearnOrder> order() {
      return LearnOrder.class;
    }

    @Override
    public Record carryOut(LearnOrder order, ProgressLog progress, Stop stop) throws Exception {
      begin("learn", order.fingerprint().hex());
      TokenizerRef ref = new TokenizerRef(order.fingerprint(), order.tokenizer().vocabulary(), 3.5);
      Map<String, Fingerprint> inputs = Map.of("documents", order.documents().fingerprint());
      commit(
          order.attempt(),
          Stage.TOKENIZER,
          order.fingerprint(),
          Fingerprint.form(Stage.TOKENIZER, inputs, order.tokenizer()),
          ref);
      return ref;
    }
  }

  private static final class Tokenize implements Verb<TokenizeOrder> {
    @Override
    public Class<TokenizeOrder> order() {
      return TokenizeOrder.class;
    }

    @Override
    public Record carryOut(TokenizeOrder order, ProgressLog progress, Stop stop) throws Exception {
      begin("tokenize", order.fingerprint().hex());
      TokensRef ref = new TokensRef(order.fingerprint(), 900, 9, 90, 300, order.tokens().context());
      Map<String, Fingerprint> inputs =
          Map.of(
              "corpus", order.corpus().fingerprint(),
              "documents", order.documents().fingerprint(),
              "tokenizer", order.tokenizer().fingerprint());
      commit(
          order.attempt(),
          Stage.TOKENS,
          order.fingerprint(),
          Fingerprint.form(Stage.TOKENS, inputs, order.tokens()),
          ref);
      return ref;
    }
  }
}
