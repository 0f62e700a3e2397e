package dev.rootstock.activities.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.ModelRef;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.pipeline.PromoteChoice;
import dev.rootstock.workflows.PromoteRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final CheckpointRef CHECKPOINT =
      new CheckpointRef(
          new Fingerprint("0".repeat(32)),
          "checkpoints/x/step-00000001",
          1,
          ModelShape.ofDepth(ModelShape.Family.LLAMA, 1, 300, 16),
          new Fingerprint("1".repeat(32)),
          Optional.empty());

  @Test
  void aFinetuneMustBeAsGoodAsTheChampionAndNoChampionPasses() {
    assertThat(judge("score >= champion", 0.8, Optional.empty()).passed()).isTrue();
    assertThat(judge("score >= champion", 0.8, Optional.of(0.8)).passed()).isTrue();
    assertThat(judge("score > champion", 0.8, Optional.of(0.8)).passed()).isFalse();
    assertThat(judge("score >= champion", 0.8, Optional.of(0.9)).reason())
        .isEqualTo("accuracy 0.8000 is not at least as good as garden-a@1's 0.9000");
  }

  @Test
  void aFigureAScratchTwinAndAMissingMetricAreJudgedToo() {
    assertThat(judge("accuracy > 0.75", 0.8, Optional.empty()).passed()).isTrue();
    assertThat(judge("accuracy >= 0.85", 0.8, Optional.empty()).passed()).isFalse();
    assertThat(judge("accuracy > scratch", 0.8, Optional.empty()).passed()).isTrue();
    assertThat(judge("accuracy > base", 0.8, Optional.empty()).reason())
        .contains("base has no accuracy");
    assertThat(judge("bleu >= champion", 0.8, Optional.empty()).reason()).contains("no bleu");
  }

  @Test
  void theFirstChampionIsBetterThanItsUntouchedBase() {
    assertThat(first(0.488, Optional.of(0.5)).passed()).isFalse();
    assertThat(first(0.488, Optional.of(0.5)).reason())
        .isEqualTo(
            "accuracy 0.4880; there is no champion yet, but it is no better than the untouched"
                + " base's 0.5000");
    assertThat(first(0.5, Optional.of(0.5)).passed()).isFalse();
    assertThat(first(0.6, Optional.of(0.5)).passed()).isTrue();
    assertThat(first(0.488, Optional.empty()).passed()).isTrue();
    assertThat(
            Judge.judge(
                    request("score >= champion", Optional.of(0.9)),
                    false,
                    new Scores(Map.of("accuracy", 0.8), 10),
                    champion("accuracy", 0.7))
                .passed())
        .as("where there is a champion, it alone is the measure")
        .isTrue();
  }

  @Test
  void forABaseFewerBitsPerByteAreBetterWhateverTheRuleSaysOfTasks() {
    PromoteRequest request = request("accuracy >= 0.9");
    Scores own = new Scores(Map.of("bits-per-byte", 1.9), 10);
    assertThat(Judge.judge(request, true, own, champion("bits-per-byte", 2.0)).passed()).isTrue();
    assertThat(Judge.judge(request, true, own, champion("bits-per-byte", 1.8)).passed()).isFalse();
  }

  private static Judge.Verdict judge(String rule, double accuracy, Optional<Double> champion) {
    return Judge.judge(
        request(rule),
        false,
        new Scores(Map.of("accuracy", accuracy), 10),
        champion.flatMap(value -> champion("accuracy", value)));
  }

  private static Judge.Verdict first(double accuracy, Optional<Double> untouched) {
    return Judge.judge(
        request("score >= champion", untouched),
        false,
        new Scores(Map.of("accuracy", accuracy), 10),
        Optional.empty());
  }

  private static PromoteRequest request(String rule) {
    return request(rule, Optional.empty());
  }

  private static PromoteRequest request(String rule, Optional<Double> untouched) {
    return new PromoteRequest(
        "store",
        "run",
        new ModelRef("garden-a", 2, CHECKPOINT),
        new PromoteChoice("production", rule),
        TaskType.CLASSIFY,
        new Scores(Map.of(), 0),
        Optional.of(new Scores(Map.of("accuracy", 0.5), 10)),
        untouched.map(accuracy -> new Scores(Map.of("accuracy", accuracy), 10)));
  }

  private static Optional<ModelVersion> champion(String metric, double value) {
    return Optional.of(
        new ModelVersion(
            "garden-a",
            1,
            ModelVersion.Kind.FINETUNE,
            CHECKPOINT,
            Optional.empty(),
            Optional.of(TaskType.CLASSIFY),
            new Scores(Map.of(metric, value), 10),
            Optional.empty(),
            List.of(),
            "run",
            Instant.EPOCH,
            Spent.NOTHING));
  }
}
