package dev.rootstock.preprocess;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options for the runner that is asked for. */
final class Runners {
  private static final String FLINK = "org.apache.beam.runners.flink.FlinkRunner";
  private static final String SPARK = "org.apache.beam.runners.spark.SparkRunner";
  private static final String DIRECT = "org.apache.beam.runners.direct.DirectRunner";

  private Runners() {}

  /**
   * Options of a job.
   *
   * @param cores what the attempt may use
   * @throws InvalidConfig if the runner is not on the class path
   */
  static PipelineOptions options(RunnerSpec spec, String job, int cores) {
    List<String> arguments = new ArrayList<>(List.of("--jobName=" + job));
    spec.flink()
        .ifPresent(
            flink -> {
              require(FLINK, "flink", "-Pflink, the default");
              arguments.add("--runner=FlinkRunner");
              arguments.add("--flinkMaster=" + flink.master());
              arguments.add("--parallelism=" + flink.parallelism().orElse(cores));
              arguments.add("--objectReuse=true");
              arguments.add("--fasterCopy=true");
              arguments.add("--reIterableGroupByKeyResult=true");
              arguments.add("--disableMetrics=true");
            });
    spec.spark()
        .ifPresent(
            spark -> {
              require(SPARK, "spark", "-Pspark");
              arguments.add("--runner=SparkRunner");
              arguments.add(
                  "--sparkMaster=" + spark.master().replace("local[*]", "local[" + cores + "]"));
            });
    spec.direct()
        .ifPresent(
            direct -> {
              require(DIRECT, "direct", "test scope; it is for tests alone");
              arguments.add("--runner=DirectRunner");
              arguments.add("--targetParallelism=" + direct.parallelism().orElse(cores));
            });
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
        .withValidation()
        .create();
  }

  private static void require(String type, String key, String profile) {
    try {
      Class.forName(type, false, Runners.class.getClassLoader());
    } catch (ClassNotFoundException absent) {
      throw new InvalidConfig(
          Problem.of(
              "runner",
              key,
              "a runner on this engine's class path",
              "Build beam-preprocess with Maven's profile " + profile + "."));
    }
  }
}
