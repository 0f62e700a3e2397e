package dev.rootstock.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.DatasetRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.LearnOrder;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of real runs, replayed by today's plan. A history is never changed: a changed plan
 * needs a version.
 */
class ReplayTest {
  private static final Map<String, Class<?>> PLANS =
      Map.of(
          "PipelineWorkflow", PipelineWorkflowImpl.class,
          "DatasetWorkflow", DatasetWorkflowImpl.class,
          "PretrainWorkflow", PretrainWorkflowImpl.class,
          "FinetuneBatchWorkflow", FinetuneBatchWorkflowImpl.class,
          "FinetuneWorkflow", FinetuneWorkflowImpl.class);

  static List<String> histories() throws Exception {
    Path home = Path.of(ReplayTest.class.getResource("/histories").toURI());
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .map(file -> home.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void theyAllReplay(String history) throws Exception {
    replay(history, PLANS.get(history.substring(0, history.indexOf('/'))));
  }

  @Test
  void everyKindOfWorkflowHasOne() throws Exception {
    assertThat(histories().stream().map(each -> each.substring(0, each.indexOf('/'))).distinct())
        .containsExactlyInAnyOrderElementsOf(PLANS.keySet());
  }

  @Test
  void anotherOrderOfStepsIsFound() {
    assertThatThrownBy(() -> replay("DatasetWorkflow/finished.json", TokenizerFirst.class))
        .hasStackTraceContaining("NonDeterministic")
        .hasStackTraceContaining("TMPRL1100");
  }

  private static void replay(String history, Class<?> plan) throws Exception {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setDataConverter(
                        DefaultDataConverter.newDefaultInstance()
                            .withPayloadConverterOverrides(new RecordPayloadConverter()))
                    .build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      WorkflowReplayer.replayWorkflowExecutionFromResource(
          "histories/" + history, environment, plan);
    }
  }

  /** A plan that asks for the tokenizer before the documents. */
  public static final class TokenizerFirst implements DatasetWorkflow {
    @Override
    public DatasetRef run(DatasetRequest request) {
      PreprocessActivities preprocess = Steps.DEFAULT.data().on(PreprocessActivities.class);
      preprocess.learn(
          new LearnOrder(
              new Attempt(request.store(), request.run(), 1, 0),
              request.tokenizer(),
              null,
              request.tokenizerSpec(),
              request.runner()));
      throw new IllegalStateException("a replay does not get here");
    }
  }
}
