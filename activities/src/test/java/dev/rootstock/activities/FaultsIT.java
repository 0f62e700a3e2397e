package dev.rootstock.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Problems;
import dev.rootstock.workflows.Queues;
import dev.rootstock.workflows.Reasons;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsIT {
  @TempDir Path folder;

  @Test
  void inputThatIsNoRequestEndsItsRunAtOnceNamingThePlace() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineSpec pipeline = ground.pipeline(20, 1);
      Map<String, Object> top = tree(new PipelineRequest(Optional.empty(), pipeline, Map.of()));
      top.put("pipelin", 1L);
      Map<String, Object> deep = tree(new PipelineRequest(Optional.empty(), pipeline, Map.of()));
      map(list(map(deep.get("pipeline")).get("finetunes")).get(0)).put("epochz", 3L);
      Map<String, Object> mistyped =
          tree(new PipelineRequest(Optional.empty(), pipeline, Map.of()));
      map(map(mistyped.get("pipeline")).get("model")).put("depth", "twelve");

      assertThat(end(ground, "top", top))
          .contains("pipelin")
          .contains("unknown key")
          .contains("Did you mean pipeline?");
      assertThat(end(ground, "deep", deep))
          .contains("pipeline.finetunes.0.epochz")
          .contains("Did you mean epochs?");
      assertThat(end(ground, "mistyped", mistyped))
          .contains("pipeline.model.depth")
          .contains("\"twelve\"");
      assertThat(end(ground, "list", List.of(top))).contains("a list");
      assertThat(end(ground, "text", "garden.yaml")).contains("garden.yaml");
      assertThat(end(ground, "null", null)).contains("InvalidConfig").contains("none was given");
      WorkflowStub none =
          ground.client.newUntypedWorkflowStub(
              "PipelineWorkflow",
              WorkflowOptions.newBuilder()
                  .setTaskQueue(Queues.WORKFLOWS)
                  .setWorkflowId("none")
                  .build());
      none.start();
      assertThat(reason(none)).contains("none was given");
      WorkflowStub unknown =
          ground.client.newUntypedWorkflowStub(
              "PipelineWorkflou",
              WorkflowOptions.newBuilder()
                  .setTaskQueue(Queues.WORKFLOWS)
                  .setWorkflowId("unknown")
                  .build());
      unknown.start("x");
      assertThat(reason(unknown)).contains("there are PipelineWorkflow, DatasetWorkflow");
    }
  }

  @Test
  void everythingWrongWithARequestComesThroughInOneAnswer() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      String json =
          CanonicalJson.write(ground.pipeline(20, 2))
              .replace(folder.resolve("corpus").toString(), folder.resolve("corpse").toString())
              .replaceFirst("\"batch\":16,", "\"batch\":16,\"label\":\"sentiment\",");
      WorkflowFailedException failed =
          catchThrowableOfType(
              WorkflowFailedException.class,
              () -> ground.run("a", CanonicalJson.read(json, PipelineSpec.class)));

      List<Problem> problems = problems(failed);
      assertThat(problems)
          .extracting(Problem::path)
          .containsExactly("corpus.sources.0.path", "finetunes.0.data");
      assertThat(problems.get(0).remedy()).contains("Did you mean corpus?");
      assertThat(problems.get(1).found()).contains("column sentiment of rows.csv");
      assertThat(ground.started("clean")).isEmpty();
      assertThat(ground.store().list("")).isEmpty();
    }
  }

  @Test
  void whatAnEngineRefusesComesThroughWhole() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("clean", "invalid");
      WorkflowFailedException failed =
          catchThrowableOfType(
              WorkflowFailedException.class, () -> ground.run("a", ground.pipeline(20, 0)));

      assertThat(problems(failed))
          .containsExactly(
              Problem.of("a", "1", "2"), Problem.of("b.0", "\"x\"", "y", "Remove it."));
      assertThat(ground.started("clean")).hasSize(1);
    }
  }

  @Test
  void anEngineThatBreaksIsTriedAgainAndOneThatLeftInGoodOrderGoesOn() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("clean", "exit 1 1");
      ground.ask("learn", "exit 75 1");
      ground.ask("tokenize", "exit 143 2");
      PipelineResult result = ground.run("a", ground.pipeline(10, 0));

      assertThat(result.outcomes()).hasSize(4);
      assertThat(ground.started("clean")).hasSize(2);
      assertThat(ground.started("learn")).hasSize(2);
      assertThat(ground.started("tokenize")).hasSize(3);
    }
  }

  @Test
  void whatKeepsBreakingIsToldWithItsLastWords() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("clean", "exit 9");
      WorkflowFailedException failed =
          catchThrowableOfType(
              WorkflowFailedException.class, () -> ground.run("a", ground.pipeline(10, 0)));

      assertThat(Reasons.of(failed))
          .contains("EngineFailed")
          .contains("exit code 9")
          .contains("the stand-in breaks with 9");
      assertThat(ground.started("clean")).hasSize(3);
    }
  }

  @Test
  void fiveAttemptsThatGainNoCheckpointAreEnough() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pretrain", "exit 9");
      WorkflowFailedException failed =
          catchThrowableOfType(
              WorkflowFailedException.class, () -> ground.run("a", ground.pipeline(10, 0)));

      assertThat(Reasons.of(failed))
          .contains("NoProgress")
          .contains("5 attempts in a row began at step 0");
      assertThat(ground.started("pretrain")).hasSize(5);
      ground.ask("pretrain", "");
      assertThat(ground.run("a", ground.pipeline(10, 0)).base().checkpoint().step()).isEqualTo(10);
    }
  }

  @Test
  void aHungEngineIsEndedAndTriedAgain() throws Exception {
    try (Ground ground = Ground.impatient(folder, Duration.ofSeconds(2))) {
      ground.ask("clean", "hang");
      WorkflowStub run = ground.start("a", ground.pipeline(10, 0));
      Ground.await(() -> !ground.started("clean").isEmpty());
      ground.ask("clean", "");

      assertThat(run.getResult(PipelineResult.class).outcomes()).hasSize(4);
      assertThat(ground.started("clean")).hasSize(2);
    }
  }

  @Test
  void twoConsolesOnOneStoreTrainOnce() throws Exception {
    try (Ground one = Ground.in(folder);
        Ground two = Ground.beside(one, folder.resolve("two"))) {
      one.ask("pace", "50");
      WorkflowStub first = one.start("a", one.pipeline(60, 0));
      Ground.await(() -> !one.started("pretrain").isEmpty());
      WorkflowStub second = two.start("b", two.pipeline(60, 0));
      Ground.await(() -> !two.pipeline("b").progress().waitingOn().isEmpty());

      assertThat(first.getResult(PipelineResult.class).outcomes().get(3).maker()).isEqualTo("a");
      assertThat(second.getResult(PipelineResult.class).outcomes().get(3).maker()).isEqualTo("a");
      assertThat(one.started("pretrain")).hasSize(1);
      assertThat(two.started("")).isEmpty();
    }
  }

  @Test
  void aWorkerThatLeavesSavesAndItsWorkGoesOnElsewhere() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      ground.ask("pace", "50");
      WorkflowStub run = ground.start("a", ground.pipeline(60, 0));
      Ground.await(
          () ->
              ground.store().list("checkpoints/").stream()
                  .anyMatch(key -> key.contains("step-00000010")));
      ground.replaceWorkers();

      assertThat(run.getResult(PipelineResult.class).base().checkpoint().step()).isEqualTo(60);
      assertThat(ground.started("pretrain")).hasSize(2);
      assertThat(ground.started("clean")).hasSize(1);
    }
  }

  @Test
  void aPayloadThatNoHistoryShouldHoldIsRefusedAtItsStart() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineRequest request =
          new PipelineRequest(
              Optional.empty(), ground.pipeline(10, 0), Map.of("much", "x".repeat(300 << 10)));
      assertThatThrownBy(() -> ground.startRaw("pipeline/large", request))
          .hasStackTraceContaining("a history holds at most 262144");
    }
  }

  private static String end(Ground ground, String id, Object input) throws Exception {
    return reason(ground.startRaw("pipeline/" + id, input));
  }

  private static String reason(WorkflowStub stub) throws Exception {
    WorkflowException failed =
        catchThrowableOfType(
            WorkflowException.class, () -> stub.getResult(2, TimeUnit.SECONDS, Object.class));
    return Reasons.of(failed);
  }

  private static List<Problem> problems(Throwable failed) {
    Throwable deepest = failed;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    ApplicationFailure failure = (ApplicationFailure) deepest;
    assertThat(failure.getType()).isEqualTo(Problems.INVALID);
    assertThat(failure.isNonRetryable()).isTrue();
    return failure.getDetails().get(Problems.class).problems();
  }

  private static Map<String, Object> tree(Record record) {
    return map(CanonicalJson.tree(record));
  }

  @SuppressWarnings("unchecked") // a tree's maps have text for keys
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  private static List<?> list(Object tree) {
    return (List<?>) tree;
  }
}
