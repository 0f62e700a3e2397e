package dev.rootstock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.ModelChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.pipeline.PretrainChoice;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  /** Something of everything that a record may hold. */
  record Everything(
      int whole,
      long large,
      double real,
      boolean yes,
      String text,
      Metric metric,
      Optional<String> given,
      Optional<Integer> left,
      List<Double> list,
      Map<String, Integer> map,
      URI uri,
      Duration duration,
      Instant instant,
      Fingerprint fingerprint,
      Object any) {}

  private static final Everything EVERYTHING =
      new Everything(
          -7,
          1L << 60,
          0.1,
          true,
          "t",
          Metric.BITS_PER_BYTE,
          Optional.of("g"),
          Optional.empty(),
          List.of(1.0, 2.5),
          Map.of("k", 1),
          URI.create("s3://b/p"),
          Duration.ofMinutes(5),
          Samples.AT,
          Samples.A,
          List.of(1L, "x"));

  @Test
  void spellsEveryKindOfValue() {
    assertThat(CanonicalJson.write(EVERYTHING))
        .isEqualTo(
            "{\"any\":[1,\"x\"],\"duration\":\"PT5M\",\"fingerprint\":\"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf\","
                + "\"given\":\"g\",\"instant\":\"2026-11-24T05:00:00Z\",\"large\":1152921504606846976,"
                + "\"list\":[1,2.5],\"map\":{\"k\":1},\"metric\":\"bits-per-byte\",\"real\":0.1,\"text\":\"t\","
                + "\"uri\":\"s3://b/p\",\"whole\":-7,\"yes\":true}");
    assertThat(CanonicalJson.read(CanonicalJson.write(EVERYTHING), Everything.class))
        .isEqualTo(EVERYTHING);
  }

  @Test
  void everyProblemIsToldAtOnceWithItsPlace() {
    InvalidConfig refused =
        catchThrowableOfType(
            InvalidConfig.class,
            () ->
                CanonicalJson.read(
                    """
                    {"whole": 2.5, "large": "1", "real": "x", "yes": 1, "text": 3, "metric": "acuracy", "given": 4,
                     "left": 99999999999, "list": [1, "two", 3, null], "map": {"a": "b"}, "uri": "not a uri",
                     "duration": "5 minutes", "instant": "yesterday", "fingerprint": "xyz", "any": {}, "hole": 1}
                    """,
                    Everything.class));

    assertThat(refused.problems())
        .extracting(Problem::path)
        .containsExactlyInAnyOrder(
            "whole",
            "large",
            "real",
            "yes",
            "text",
            "metric",
            "given",
            "left",
            "list.1",
            "list.3",
            "map.a",
            "uri",
            "duration",
            "instant",
            "fingerprint",
            "hole");
    assertThat(refused.getMessage().lines())
        .contains(
            "whole is 2.5; it must be a whole number up to 2147483647",
            "large is \"1\"; it must be a whole number",
            "list.1 is \"two\"; it must be a number",
            "list.3 is empty; it must be a number",
            "duration is \"5 minutes\"; it must be a duration such as PT5M")
        .anyMatch(
            line ->
                line.startsWith("metric is \"acuracy\"") && line.endsWith("Did you mean accuracy?"))
        .anyMatch(
            line ->
                line.startsWith("hole is an unknown key") && line.endsWith("Did you mean whole?"));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> CanonicalJson.read("{}", TokensSpec.class))
        .hasMessage("context is missing; it must be a number");
    assertThatThrownBy(() -> CanonicalJson.read("{\"data\": null}", FinetuneChoice.class))
        .hasMessageContaining("name is missing")
        .hasMessageContaining("task is missing")
        .hasMessageContaining("data is missing");
  }

  @Test
  void problemsDeepInsideCarryTheirPath() {
    InvalidConfig refused =
        catchThrowableOfType(
            InvalidConfig.class,
            () ->
                CanonicalJson.read(
                    """
                    {"name": "Support!", "corpus": {"sources": [{"path": "a", "wieght": 2}, {"path": " "}]},
                     "finetunes": [{"name": "x", "task": "clasify", "data": "d"},
                                   {"name": "y", "task": "classify", "data": "", "dev": 0.9, "testShare": 0.3}],
                     "model": {"depth": 4, "width": 100, "heads": 3}}
                    """,
                    PipelineSpec.class));

    assertThat(refused.problems())
        .extracting(Problem::path)
        .contains(
            "corpus.sources.0.wieght",
            "corpus.sources.1.path",
            "finetunes.0.task",
            "finetunes.1.data",
            "finetunes.1.testShare",
            "model.width");
    assertThat(refused.getMessage())
        .contains("Did you mean weight?")
        .contains("Did you mean classify?")
        .contains("model.width is 100; it must be a multiple of heads (3)");
  }

  @Test
  void anUnknownKeyOfWhatIsAskedIsRefusedAndOfWhatIsHandedOnSkipped() {
    assertThatThrownBy(() -> CanonicalJson.read("{\"context\":64,\"colour\":1}", TokensSpec.class))
        .hasMessage("colour is an unknown key; it must be one of context, packing. Remove it.");
    assertThat(
            CanonicalJson.read(
                "{\"markdown\":\"m\",\"html\":\"h\",\"pdf\":\"p\"}", ReportRef.class))
        .isEqualTo(new ReportRef("m", "h"));
  }

  @Test
  void aKeyThatARecordOnceHadIsPassedOverAndNotWritten() {
    TokensSpec spec = CanonicalJson.read("{\"context\":64,\"shards\":4}", TokensSpec.class);
    assertThat(CanonicalJson.write(spec)).isEqualTo("{\"context\":64,\"packing\":\"stream\"}");
  }

  @Test
  void whatIsLeftOutIsTheDefault() {
    assertThat(CanonicalJson.read("{}", CleaningSpec.class)).isEqualTo(Samples.CLEANING);
    assertThat(CanonicalJson.read("{}", OptimizerSpec.class)).isEqualTo(OptimizerSpec.DEFAULT);
    assertThat(CanonicalJson.read("{}", Numeric.class)).isEqualTo(Numeric.DEFAULT);
    assertThat(CanonicalJson.read("{}", ModelChoice.class)).isEqualTo(ModelChoice.DEFAULT);
    assertThat(CanonicalJson.read("{}", PretrainChoice.class)).isEqualTo(PretrainChoice.DEFAULT);
    assertThat(CanonicalJson.read("{\"minCharacters\": null}", CleaningSpec.class))
        .as("an empty value in a file is one left out")
        .isEqualTo(Samples.CLEANING);
  }

  @Test
  void bareTextIsShorthand() {
    assertThat(CanonicalJson.read("\"none\"", CleaningSpec.class))
        .isEqualTo(CanonicalJson.read("{\"recipe\":\"none\"}", CleaningSpec.class));
    assertThat(CanonicalJson.read("\"flink\"", RunnerSpec.class)).isEqualTo(RunnerSpec.LOCAL);
    assertThat(CanonicalJson.read("\"direct\"", RunnerSpec.class).direct()).isPresent();
    assertThat(CanonicalJson.read("{\"sources\":[\"a.txt\"]}", CorpusSpec.class).sources())
        .containsExactly(
            new CorpusSpec.Source("a.txt", 1, Optional.empty(), CorpusSpec.Format.AUTO, "text"));
    assertThatThrownBy(() -> CanonicalJson.read("\"flnk\"", RunnerSpec.class))
        .hasMessageContaining("flnk is an unknown key")
        .hasMessageContaining("Did you mean flink?");
    assertThatThrownBy(() -> CanonicalJson.read("\"bsic\"", CleaningSpec.class))
        .hasMessageContaining("recipe is \"bsic\"")
        .hasMessageContaining("Did you mean basic?");
  }

  @Test
  void autoLeavesAChoiceToRootstock() {
    PretrainChoice choice =
        CanonicalJson.read(
            "{\"tokens\":\"auto\",\"rate\":\"auto\",\"batch\":\"auto\"}", PretrainChoice.class);

    assertThat(choice).isEqualTo(PretrainChoice.DEFAULT);
    assertThat(
            CanonicalJson.read(
                    "{\"name\":\"x\",\"task\":\"classify\",\"data\":\"d\",\"text\":\"auto\"}",
                    FinetuneChoice.class)
                .text())
        .as("a column may be called auto")
        .contains("auto");
    assertThatThrownBy(() -> CanonicalJson.read("{\"context\":\"auto\"}", TokensSpec.class))
        .hasMessageContaining("context is \"auto\"");
  }

  @Test
  void wholeNumbersMayBeWrittenWithAnExponent() {
    assertThat(CanonicalJson.read("{\"tokens\":2e6}", PretrainChoice.class).tokens())
        .contains(2_000_000L);
    assertThatThrownBy(() -> CanonicalJson.read("{\"tokens\":2.5}", PretrainChoice.class))
        .hasMessageContaining("tokens is 2.5; it must be a whole number");
    assertThatThrownBy(
            () -> CanonicalJson.read("{\"tokens\":9223372036854775808}", PretrainChoice.class))
        .as("one more than the largest long")
        .hasMessageContaining("it must be a whole number");
    assertThatThrownBy(() -> CanonicalJson.read("{\"context\":4294967552}", TokensSpec.class))
        .as("256 once its upper bits are cut off")
        .hasMessageContaining("it must be a whole number up to 2147483647");
  }

  @ParameterizedTest
  @ValueSource(strings = {"utf-8", "utf_8", "UTF-8", "UTF_8", "Utf-8"})
  void wordsOfEnumsAreReadInAnyCase(String word) {
    String json =
        "{\"name\":\"x\",\"task\":\"language_model\",\"data\":\"d\",\"encoding\":\"" + word + "\"}";
    assertThat(CanonicalJson.read(json, FinetuneChoice.class).encoding())
        .isEqualTo(TaskSpec.Encoding.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "1", "null", "\"x\"", "{\"context\":1,\"context\":2}"})
  void whatIsNotTheRecordIsRefused(String json) {
    assertThatThrownBy(() -> CanonicalJson.read(json, TokensSpec.class))
        .isInstanceOf(InvalidConfig.class);
  }

  @Test
  void theNearestWordIsWithinTwoEdits() {
    List<String> words = List.of("weight", "path", "licence");
    assertThat(CanonicalJson.nearest("wieght", words)).contains("weight");
    assertThat(CanonicalJson.nearest("PATHS", words)).contains("path");
    assertThat(CanonicalJson.nearest("license", words)).contains("licence");
    assertThat(CanonicalJson.nearest("colour", words)).isEmpty();
  }

  @Test
  void whatARecordMayNotHoldIsSaid() {
    record Odd(Thread thread) {}

    assertThatThrownBy(() -> CanonicalJson.write(new Odd(Thread.currentThread())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Thread");
  }
}
