package dev.rootstock.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.engine.PretrainOrder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Freezes what each stage is named by. Where this fails, everything that anybody has made is made
 * anew: either the change was not meant, or the stage's version is raised, the golden file replaced
 * by what the failure prints, and CHANGELOG says so.
 */
class FingerprintGoldenTest {
  /** A request for a stage; its golden file is {@code golden/<name>.json}. */
  record Case(String name, Stage stage, Map<String, Fingerprint> inputs, Record spec) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What a golden file holds. */
  record Golden(String fingerprint, String canonical) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case("corpus", Stage.CORPUS, Map.of(), Samples.CORPUS),
        new Case("documents", Stage.DOCUMENTS, Map.of("corpus", Samples.A), Samples.CLEANING),
        new Case("tokenizer", Stage.TOKENIZER, Map.of("documents", Samples.A), Samples.TOKENIZER),
        new Case(
            "tokens",
            Stage.TOKENS,
            Map.of("documents", Samples.A, "tokenizer", Samples.B, "corpus", Samples.C),
            Samples.TOKENS),
        new Case(
            "pretrain",
            Stage.PRETRAIN,
            Map.of("tokens", Samples.A, "tokenizer", Samples.B),
            Samples.PRETRAIN),
        new Case(
            "pretrain-descendant",
            Stage.PRETRAIN,
            PretrainOrder.inputs(Samples.A, Samples.B, Optional.of(Samples.C)),
            Samples.DESCENDANT),
        new Case(
            "finetune",
            Stage.FINETUNE,
            Map.of("base", Samples.A, "tokenizer", Samples.B),
            Samples.LORA),
        new Case(
            "finetune-scratch", Stage.FINETUNE, Map.of("tokenizer", Samples.B), Samples.SCRATCH));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCanonicalFormIsFrozen(Case stage) throws IOException {
    Map<String, Object> form = Fingerprint.form(stage.stage(), stage.inputs(), stage.spec());
    Golden made = new Golden(Fingerprint.ofForm(form).hex(), Json.canonical(form));

    assertThat(CanonicalJson.pretty(made))
        .as("golden/%s.json", stage.name())
        .isEqualTo(golden(stage));
    assertThat(Fingerprint.of(stage.stage(), stage.inputs(), stage.spec()).hex())
        .isEqualTo(made.fingerprint());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFormKeepsEverySetting(Case stage) {
    Map<String, Object> form = Fingerprint.form(stage.stage(), stage.inputs(), stage.spec());

    assertThat(CanonicalJson.fromTree(form.get("spec"), stage.spec().getClass()))
        .isEqualTo(stage.spec());
    assertThat(CanonicalJson.fromTree(form.get("inputs"), Object.class))
        .isEqualTo(CanonicalJson.tree(stage.inputs()));
  }

  @Test
  void everyStageThatIsMadeOnceIsFrozen() {
    assertThat(cases().map(Case::stage).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            Stage.CORPUS,
            Stage.DOCUMENTS,
            Stage.TOKENIZER,
            Stage.TOKENS,
            Stage.PRETRAIN,
            Stage.FINETUNE);
  }

  private static String golden(Case stage) throws IOException {
    try (InputStream file =
        FingerprintGoldenTest.class.getResourceAsStream("/golden/" + stage.name() + ".json")) {
      return file == null ? "" : new String(file.readAllBytes(), UTF_8);
    }
  }
}
