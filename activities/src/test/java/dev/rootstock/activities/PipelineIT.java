package dev.rootstock.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootstock.activities.forecast.Forecast;
import dev.rootstock.activities.registry.Ledger;
import dev.rootstock.activities.report.RunCatalog;
import dev.rootstock.activities.request.RequestResolver;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.PretrainWorkflow;
import dev.rootstock.workflows.Reasons;
import dev.rootstock.workflows.StageOutcome;
import dev.rootstock.workflows.StageOutcome.How;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineIT {
  @TempDir Path folder;

  @Test
  void aPipelineGrowsABaseAndGraftsFinetunesOntoItAndItsForecastIsItsOutcome() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineSpec pipeline = ground.pipeline(20, 2);
      PipelineRequest request = new PipelineRequest(Optional.of("first"), pipeline, Map.of());
      Forecast before =
          Forecast.of(new RequestResolver(ground.stores).resolve(request), ground.stores);
      PipelineResult result = ground.run("first", pipeline);
      Forecast after =
          Forecast.of(new RequestResolver(ground.stores).resolve(request), ground.stores);

      assertThat(result.base().label()).isEqualTo("garden@1");
      assertThat(result.outcomes())
          .extracting(StageOutcome::stage)
          .containsExactly(Stage.DOCUMENTS, Stage.TOKENIZER, Stage.TOKENS, Stage.PRETRAIN);
      assertThat(result.outcomes()).extracting(StageOutcome::how).containsOnly(How.MADE);
      assertThat(result.finetunes()).isEqualTo(new BatchResult(2, 0, List.of()));
      assertThat(result.promotion().orElseThrow().reason())
          .contains("bits-per-byte 2.2500")
          .contains("no champion");
      assertThat(before.stages()).noneMatch(Forecast.Line::reused).hasSize(6);
      assertThat(before.stages().subList(0, 4))
          .extracting(Forecast.Line::fingerprint)
          .isEqualTo(result.outcomes().stream().map(StageOutcome::fingerprint).toList());
      assertThat(after.complete()).isTrue();
      assertThat(after.basis()).contains("measured");

      RunCatalog.Summary summary = ground.catalog().find("first").orElseThrow();
      assertThat(summary.state()).isEqualTo("done");
      assertThat(summary.done()).isEqualTo(2);
      assertThat(ground.catalog().open("first").report().orElseThrow())
          .contains("| base | made | 1 min 40 s | 1,280 |")
          .contains("| t1 | accuracy | 0.2500 |  | 0.8750 |")
          .contains("| t0 | 2.2500 | 2.5000 | +0.2500 |");
      Histories.keep(ground, "pipeline/first", "PipelineWorkflow", "finished");
      Histories.keep(ground, "finetune-batch/first", "FinetuneBatchWorkflow", "finished");
      Histories.keep(ground, "finetune/first/0", "FinetuneWorkflow", "finished");
      Histories.keep(
          ground,
          "dataset/" + result.outcomes().get(2).fingerprint(),
          "DatasetWorkflow",
          "finished");
      Histories.keep(
          ground,
          "pretrain/" + result.outcomes().get(3).fingerprint(),
          "PretrainWorkflow",
          "finished");
    }
  }

  @Test
  void twoPipelinesAtOnceShareOnePretrainingAndAThirdFindsIt() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pace", "20");
      PipelineSpec pipeline = ground.pipeline(40, 0);
      WorkflowStub a = ground.start("a", pipeline);
      WorkflowStub b = ground.start("b", pipeline);
      PipelineResult first = a.getResult(PipelineResult.class);
      PipelineResult second = b.getResult(PipelineResult.class);
      long began = System.nanoTime();
      PipelineResult third = ground.run("c", pipeline);
      System.out.printf(
          "a third pipeline found everything in %d ms%n", (System.nanoTime() - began) / 1_000_000);

      assertThat(ground.started("pretrain")).hasSize(1);
      assertThat(ground.started("clean")).hasSize(1);
      assertThat(List.of(base(first).how(), base(second).how()))
          .containsExactlyInAnyOrder(How.MADE, How.JOINED);
      assertThat(third.outcomes()).extracting(StageOutcome::how).containsOnly(How.REUSED);
      assertThat(third.base()).isEqualTo(first.base());
      Ledger.Sums sums = Ledger.Sums.of(new Ledger(ground.store()).all());
      assertThat(sums.spent().seconds()).isEqualTo(106);
      assertThat(sums.saved().seconds()).isEqualTo(212);
      assertThat(ground.catalog().list()).hasSize(3);
    }
  }

  @Test
  void aFinetuneThatComesLaterMakesNoBaseAnewAndIsToldWhatTheBaseHasReadOfIt() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineResult first = ground.run("first", ground.pipeline(10, 1));
      PipelineResult again = ground.run("again", ground.pipeline(10, 1));
      Path other = folder.resolve("other.csv");
      String rows = Files.readString(folder.resolve("rows.csv"));
      Files.writeString(other, rows.replace("this is", "that was"));
      String more =
          CanonicalJson.write(ground.pipeline(10, 1))
              .replace(
                  "\"finetunes\":[",
                  "\"finetunes\":[{\"name\":\"other\",\"task\":\"classify\",\"data\":\""
                      + other
                      + "\"},");
      PipelineResult later = ground.run("later", CanonicalJson.read(more, PipelineSpec.class));

      assertThat(again.base()).isEqualTo(first.base());
      assertThat(later.base()).isEqualTo(first.base());
      assertThat(ground.started("clean")).hasSize(1);
      assertThat(ground.started("pretrain")).hasSize(1);
      assertThat(ground.started("screen")).hasSize(1);
      assertThat(ground.catalog().open("again").report().orElseThrow())
          .doesNotContain("came after");
      assertThat(ground.catalog().open("later").report().orElseThrow())
          .contains(
              "other came after the base's documents, which hold a passage of 3 of its 20 test rows"
                  + " (1 are shorter than 12 words, or 20 characters without spaces, and were not looked for): its scores may flatter"
                  + " it.");
      Histories.keep(ground, "pipeline/later", "PipelineWorkflow", "screened");
    }
  }

  @Test
  void theFirstFinetuneOnABaseThatHadNoneMakesNoBaseAnewEither() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineResult none = ground.run("none", ground.pipeline(10, 0));
      PipelineResult one = ground.run("one", ground.pipeline(10, 1));

      assertThat(one.base()).isEqualTo(none.base());
      assertThat(ground.started("clean")).hasSize(1);
      assertThat(ground.started("screen")).hasSize(1);
    }
  }

  @Test
  void aTokenizerCanBeTakenFromAModelOrAFileInPlaceOfLearningOne() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.run("first", ground.pipeline(10, 0));
      String pipeline = CanonicalJson.write(ground.pipeline(10, 0));
      String learned = CanonicalJson.write(ground.pipeline(10, 0).tokenizer().orElseThrow());
      Path file =
          Files.writeString(
              folder.resolve("tokenizer.json"),
              BytePairTokenizer.learned(TokenizerSpec.PreTokenizer.GPT2, List.of()).json());
      Files.writeString(folder.resolve("corpus/b.txt"), "A corpus that has grown.\n");
      for (String from : List.of("garden@1", file.toString())) {
        String taken = pipeline.replace(learned, "{\"from\":\"" + from + "\"}");
        PipelineResult result =
            ground.run("from-" + from.length(), CanonicalJson.read(taken, PipelineSpec.class));

        assertThat(result.outcomes().get(1).how())
            .isEqualTo(from.startsWith("garden") ? How.REUSED : How.MADE);
        assertThat(result.base().checkpoint().shape().vocabulary())
            .isEqualTo(from.startsWith("garden") ? 300 : 257);
      }
      assertThat(ground.started("learn")).hasSize(1);
      assertThat(ground.started("tokenize")).hasSize(3);
      String unknown = pipeline.replace(learned, "{\"from\":\"gardn@1\"}");
      WorkflowFailedException refused =
          catchThrowableOfType(
              WorkflowFailedException.class,
              () -> ground.run("refused", CanonicalJson.read(unknown, PipelineSpec.class)));
      assertThat(Reasons.of(refused)).contains("tokenizer.from").contains("Did you mean garden");
    }
  }

  @Test
  void cancellingOneOfTwoLeavesTheOtherItsBase() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pace", "30");
      PipelineSpec pipeline = ground.pipeline(100, 0);
      WorkflowStub a = ground.start("a", pipeline);
      WorkflowStub b = ground.start("b", pipeline);
      Ground.await(() -> !ground.started("pretrain").isEmpty());
      Ground.await(() -> ground.pipeline("a").progress().phase().equals("base"));
      Ground.await(() -> ground.pipeline("b").progress().phase().equals("base"));
      a.cancel();
      WorkflowFailedException cancelled =
          catchThrowableOfType(
              WorkflowFailedException.class, () -> a.getResult(PipelineResult.class));
      PipelineResult result = b.getResult(PipelineResult.class);

      assertThat(Reasons.cancelled(cancelled)).isTrue();
      assertThat(result.base().checkpoint().step()).isEqualTo(100);
      assertThat(ground.started("pretrain")).hasSize(1);
      assertThat(ground.catalog().find("a").orElseThrow().state()).isEqualTo("cancelled");
      Histories.keep(ground, "pipeline/a", "PipelineWorkflow", "cancelled");
    }
  }

  @Test
  void divergenceEndsBothPipelinesOnceWithItsReasonAndTheNextTrainsAgain() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pretrain", "diverge");
      PipelineSpec pipeline = ground.pipeline(20, 0);
      WorkflowStub a = ground.start("a", pipeline);
      WorkflowStub b = ground.start("b", pipeline);
      for (WorkflowStub each : List.of(a, b)) {
        WorkflowFailedException failed =
            catchThrowableOfType(
                WorkflowFailedException.class, () -> each.getResult(PipelineResult.class));
        assertThat(Reasons.type(failed)).isEqualTo("SharedStageFailed");
        assertThat(Reasons.of(failed))
            .contains("pretrain/")
            .contains("Diverged")
            .contains("no longer a number at step 3");
      }
      int tries = ground.started("pretrain").size();
      assertThat(tries).isBetween(1, 2); // two only if the first had failed before the second asked
      assertThat(ground.catalog().find("a").orElseThrow().state()).isEqualTo("failed");
      Histories.keep(ground, "pipeline/a", "PipelineWorkflow", "failed");

      ground.ask("pretrain", "");
      assertThat(base(ground.run("c", pipeline)).how()).isEqualTo(How.MADE);
      assertThat(ground.started("pretrain")).hasSize(tries + 1);
    }
  }

  @Test
  void aKilledEngineGoesOnInTheNextAttemptFromItsNewestCheckpoint() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pace", "50");
      WorkflowStub run = ground.start("a", ground.pipeline(60, 0));
      Ground.await(
          () ->
              ground.store().list("checkpoints/").stream()
                  .anyMatch(key -> key.contains("step-00000020")));
      ProcessHandle.of(ground.started("pretrain").get(0)).orElseThrow().destroyForcibly();
      PipelineResult result = run.getResult(PipelineResult.class);

      assertThat(ground.started("pretrain")).hasSize(2);
      assertThat(result.base().checkpoint().step()).isEqualTo(60);
      assertThat(folder.resolve(".rootstock/logs/a/pretrain.log")).exists();
    }
  }

  @Test
  void aBaseCanBePausedAndResumed() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pace", "50");
      PipelineSpec pipeline = ground.pipeline(60, 0);
      WorkflowStub run = ground.start("a", pipeline);
      Ground.await(() -> !ground.started("pretrain").isEmpty());
      Ground.await(() -> !ground.pipeline("a").progress().waitingOn().isEmpty());
      String id = ground.pipeline("a").progress().waitingOn().get(0);
      PretrainWorkflow pretrain = ground.client.newWorkflowStub(PretrainWorkflow.class, id);
      Ground.await(
          () ->
              ground.store().list("checkpoints/").stream()
                  .anyMatch(key -> key.contains("step-00000010")));
      assertThat(pretrain.state()).isEqualTo("training");
      pretrain.pause();

      assertThat(pretrain.state()).isEqualTo("paused");
      WorkflowUpdateException twice =
          catchThrowableOfType(WorkflowUpdateException.class, pretrain::pause);
      assertThat(twice)
          .hasStackTraceContaining("it is paused; only what is training can be paused");
      assertThat(ProcessHandle.of(ground.started("pretrain").get(0)).filter(ProcessHandle::isAlive))
          .isEmpty();
      pretrain.resume();
      assertThat(run.getResult(PipelineResult.class).base().checkpoint().step()).isEqualTo(60);
      assertThat(ground.started("pretrain")).hasSize(2);
      Histories.keep(ground, id, "PretrainWorkflow", "paused-and-resumed");
    }
  }

  @Test
  void ofTwentyFinetunesThreeFailAndAreNamed() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      for (int seed : List.of(4, 9, 20)) {
        ground.ask("finetune-seed" + seed, "diverge");
      }
      ground.ask("finetune-seed7", "exit 9 1");
      PipelineResult result = ground.run("a", ground.pipeline(10, 20));

      assertThat(result.finetunes().done()).isEqualTo(17);
      assertThat(result.finetunes().failures())
          .extracting(BatchResult.Failed::name)
          .containsExactlyInAnyOrder("t3", "t8", "t19");
      assertThat(result.finetunes().failures())
          .allMatch(failed -> failed.reason().startsWith("Diverged: "));
      assertThat(ground.started("finetune")).hasSize(21);
      assertThat(ground.catalog().find("a").orElseThrow().failed()).isEqualTo(3);
      assertThat(ground.catalog().open("a").report().orElseThrow()).contains("| t19 | Diverged: ");
      Histories.keep(ground, "finetune-batch/a", "FinetuneBatchWorkflow", "three-failed");
      Histories.keep(ground, "finetune/a/3", "FinetuneWorkflow", "failed");
    }
  }

  private static StageOutcome base(PipelineResult result) {
    return result.outcomes().get(3);
  }
}
