package dev.rootstock.workflows;

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
 */
public record PipelineRequest(
    Optional<String> run, PipelineSpec pipeline, @Default("{}") Map<String, String> labels) {}
