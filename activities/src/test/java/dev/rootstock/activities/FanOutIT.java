package dev.rootstock.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.BatchResult;
import dev.rootstock.workflows.PipelineRequest;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.Reasons;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long lists of finetunes: from globs and files, in windows, some of which fail. */
class FanOutIT {
  private static final int JOBS = 60;

  @TempDir Path folder;

  @Test
  void aListOfJobsIsGraftedWithAnActivityEachAndWhatFailedIsRunAgainAlone() throws Exception {
    try (Ground ground = Ground.grafting(folder)) {
      PipelineSpec spec = listed(ground, JOBS, -1);
      ground.asked().failing(List.of(7L, 30L, 59L));
      PipelineResult result = ground.run("a", spec);

      assertThat(result.finetunes().done()).isEqualTo(JOBS - 3);
      assertThat(result.finetunes().failed()).isEqualTo(3);
      assertThat(result.finetunes().failures())
          .extracting(BatchResult.Failed::name)
          .containsExactlyInAnyOrder("job-7", "job-30", "job-59");
      assertThat(result.finetunes().failures())
          .allMatch(failed -> failed.reason().startsWith("Diverged: seed "));
      assertThat(ground.asked().mostAtOnce()).isBetween(1, Ground.SLOTS);
      assertThat(ground.catalog().find("a").orElseThrow().finetunes()).isEqualTo(JOBS);
      assertThat(ground.catalog().find("a").orElseThrow().failed()).isEqualTo(3);
      assertThat(ground.catalog().open("a").report().orElseThrow())
          .contains("| job-30 | Diverged: seed 30");
      assertThat(children(ground, "finetune-batch/a")).isZero();

      ground.asked().failing(List.of(30L));
      int before = ground.asked().trained();
      PipelineRequest again =
          new PipelineRequest(Optional.empty(), spec, Map.of())
              .afterFailures("a", Optional.of("b"));
      PipelineResult rerun = ground.startRaw("pipeline/b", again).getResult(PipelineResult.class);

      assertThat(ground.asked().trained() - before).isEqualTo(3);
      assertThat(rerun.base()).isEqualTo(result.base());
      assertThat(rerun.finetunes().done()).isEqualTo(2);
      assertThat(rerun.finetunes().failures())
          .extracting(BatchResult.Failed::name)
          .containsExactly("job-30");
      assertThat(ground.catalog().find("b").orElseThrow().finetunes()).isEqualTo(3);
      assertThat(reason(ground, "c", again.afterFailures("b", Optional.of("a"))))
          .contains("run is \"a\", which is another's; it must be a name of its own");
      assertThat(reason(ground, "d", again.afterFailures("x", Optional.of("d"))))
          .contains("failedOf is \"x\", which has not come to a result");
    }
  }

  @Test
  void aTemplateOverAGlobGivesAFinetuneForEachFile() throws Exception {
    try (Ground ground = Ground.grafting(folder)) {
      Files.createDirectories(folder.resolve("tasks"));
      for (String file : List.of("Films.csv", "books.v2.csv", "a b.csv")) {
        Files.writeString(folder.resolve("tasks").resolve(file), rows(file));
      }
      String glob = folder.resolve("tasks") + "/*.csv";
      PipelineResult result =
          ground.run(
              "a",
              with(
                  ground,
                  "\"finetunes\":[{\"name\":\"mood-{file}\",\"task\":\"classify\",\"data\":\"%s\"}]"
                      .formatted(glob)));

      assertThat(result.finetunes()).isEqualTo(new BatchResult(3, 0, List.of()));
      assertThat(ground.catalog().open("a").done())
          .containsExactly("mood-a-b", "mood-books.v2", "mood-films");

      Files.writeString(folder.resolve("tasks").resolve("films.csv"), rows("x"));
      assertThat(
              reason(
                  ground,
                  "b",
                  new PipelineRequest(
                      Optional.of("b"),
                      with(
                          ground,
                          "\"finetunes\":[{\"name\":\"{file}\",\"task\":\"classify\",\"data\":\"%s\"}]"
                              .formatted(glob)),
                      Map.of())))
          .contains("finetunes.0.data is")
          .contains("the only file named films");
    }
  }

  @Test
  void oneWrongLineIsRefusedWithItsPlaceBeforeAnythingIsSpent() throws Exception {
    try (Ground ground = Ground.grafting(folder)) {
      PipelineSpec spec = listed(ground, JOBS, 17);
      String refused = reason(ground, "a", new PipelineRequest(Optional.of("a"), spec, Map.of()));

      assertThat(refused)
          .contains("InvalidConfig: " + folder.resolve("jobs.jsonl") + ":17 epochs is 0")
          .doesNotContain(":18");
      assertThat(ground.started("clean")).isEmpty();
      assertThat(ground.store().list("")).isEmpty();
      Files.writeString(folder.resolve("jobs.jsonl"), "{\"seed\":1}\n\n{\"seed\":2\n[3]\n");
      assertThat(reason(ground, "b", new PipelineRequest(Optional.of("b"), spec, Map.of())))
          .contains("jobs.jsonl:3 is {\"seed\":2")
          .contains("jobs.jsonl:4 is [3]; it must be an object");
      Files.writeString(
          folder.resolve("jobs.jsonl"), "{\"name\":\"a\"}\n{\"name\":\"a\",\"labell\":\"x\"}\n");
      assertThat(reason(ground, "c", new PipelineRequest(Optional.of("c"), spec, Map.of())))
          .contains("jobs.jsonl:2 labell is an unknown key")
          .contains("Did you mean label?");
      Files.writeString(folder.resolve("jobs.jsonl"), "{\"name\":\"a\"}\n{\"name\":\"a\"}\n");
      assertThat(reason(ground, "d", new PipelineRequest(Optional.of("d"), spec, Map.of())))
          .contains("jobs.jsonl:2 name is \"a\"; it must be another name than that of")
          .contains("jobs.jsonl:1");
    }
  }

  @Test
  void aListTooLongForOneHistoryGoesOnInAnother() throws Exception {
    try (Ground ground = Ground.grafting(folder)) {
      int many = 150; // three events each, and the quick steps allow 300
      ground.asked().failing(List.of(3L, 149L));
      PipelineResult result = ground.run("a", listed(ground, many, -1));

      assertThat(result.finetunes().done()).isEqualTo(many - 2);
      assertThat(result.finetunes().failures())
          .extracting(BatchResult.Failed::name)
          .containsExactly("job-3", "job-149");
      assertThat(ground.asked().trained()).isEqualTo(many);
      List<String> chain = ground.chain("finetune-batch/a");
      assertThat(chain).hasSizeGreaterThan(1);
      for (String run : chain) {
        assertThat(ground.history("finetune-batch/a", run)).hasSizeLessThan(400);
      }
      Histories.keep(
          ground,
          WorkflowExecution.newBuilder()
              .setWorkflowId("finetune-batch/a")
              .setRunId(chain.get(0))
              .build(),
          "FinetuneBatchWorkflow",
          "continued");
    }
  }

  private static long children(Ground ground, String id) throws IOException {
    return ground.history(id, ground.chain(id).get(0)).stream()
        .map(HistoryEvent::getEventType)
        .filter(EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED::equals)
        .count();
  }

  private static String reason(Ground ground, String id, PipelineRequest request) {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> ground.startRaw("pipeline/" + id, request).getResult(PipelineResult.class));
    return Reasons.of(failed);
  }

  private PipelineSpec listed(Ground ground, int jobs, int wrong) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int line = 1; line <= jobs; line++) {
      lines.append("{\"seed\":").append(line);
      lines.append(line == wrong ? ",\"epochs\":0}\n" : "}\n");
    }
    Files.writeString(folder.resolve("jobs.jsonl"), lines);
    Files.writeString(folder.resolve("listed.csv"), rows("listed"));
    return with(
        ground,
        """
        "jobs":{"file":"%s","folder":"%s",
          "template":{"name":"job-{line}","task":"classify","data":"listed.csv"}}
        """
            .formatted(folder.resolve("jobs.jsonl"), folder));
  }

  private static PipelineSpec with(Ground ground, String part) throws IOException {
    String json = CanonicalJson.write(ground.pipeline(10, 0));
    return CanonicalJson.read(json.replace("\"finetunes\":[]", part.strip()), PipelineSpec.class);
  }

  private static String rows(String what) {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      csv.append(what).append(" row ").append(i).append(i % 2 == 0 ? ",even\n" : ",odd\n");
    }
    return csv.toString();
  }
}
