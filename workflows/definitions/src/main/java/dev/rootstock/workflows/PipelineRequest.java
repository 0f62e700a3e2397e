package dev.rootstock.workflows;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.pipeline.PipelineSpec;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline to run.
 *
 * @param run its name in the store; default: the workflow's id after the last slash
 * @param pipeline what to make
 * @param labels for people; decide nothing
 * @param failedOf an earlier run of this pipeline that ended: graft on its base only those of its
 *     finetunes that failed
 * @param atOnce most finetunes that are asked for at once; default 50
 */
public record PipelineRequest(
    Optional<String> run,
    PipelineSpec pipeline,
    @Default("{}") Map<String, String> labels,
    Optional<String> failedOf,
    Optional<Integer> atOnce) {
  private static final int MOST = 500; // pending activities of one workflow; servers refuse 2,000

  public PipelineRequest {
    atOnce.ifPresent(
        window ->
            new Check()
                .that(
                    window > 0 && window <= MOST, "atOnce", window, "a whole number from 1 to 500")
                .done());
  }

  /** All of a pipeline's finetunes. */
  public PipelineRequest(Optional<String> run, PipelineSpec pipeline, Map<String, String> labels) {
    this(run, pipeline, labels, Optional.empty(), Optional.empty());
  }

  /**
   * Only those finetunes that failed in an earlier run of this request.
   *
   * @param run of the new run; empty: a name is made
   */
  public PipelineRequest afterFailures(String earlier, Optional<String> run) {
    return new PipelineRequest(run, pipeline, labels, Optional.of(earlier), atOnce);
  }

  /** The same under a name. */
  public PipelineRequest named(String name) {
    return new PipelineRequest(Optional.of(name), pipeline, labels, failedOf, atOnce);
  }
}
