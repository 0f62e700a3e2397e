package dev.rootstock.preprocess;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options for the runner that is asked for. */
final class Runners {
  private static final String FLINK = "org.apache.beam.runners.flink.FlinkRunner";
  private static final String SPARK = "org.apache.beam.runners.spark.SparkRunner";
  private static final String DIRECT = "org.apache.beam.runners.direct.DirectRunner";

  private static final String LOCAL = "[local]";

  /** A cluster within this process serves nobody else. */
  private static final String LOOPBACK =
      "jobmanager.bind-host: localhost\ntaskmanager.bind-host: localhost\nrest.bind-address: localhost\n";

  private Runners() {}

  /**
   * Options of a job.
   *
   * @param cores what the attempt may use
   * @throws InvalidConfig if the runner is not on the class path
   */
  static PipelineOptions options(RunnerSpec spec, String job, int cores) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--jobName=" + job));
    if (spec.flink().isPresent()) {
      require(FLINK, "flink", "-Pflink, the default");
      arguments.addAll(flink(spec.flink().get(), cores));
    }
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

  private static List<String> flink(RunnerSpec.Flink flink, int cores) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + flink.master(),
                "--parallelism=" + flink.parallelism().orElse(cores),
                "--objectReuse=true",
                "--fasterCopy=true",
                "--reIterableGroupByKeyResult=true",
                "--disableMetrics=true"));
    if (flink.master().equals(LOCAL)) {
      Path settings = Scratch.directory();
      Files.writeString(settings.resolve("flink-conf.yaml"), LOOPBACK);
      arguments.add("--flinkConfDir=" + settings);
    }
    return arguments;
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
