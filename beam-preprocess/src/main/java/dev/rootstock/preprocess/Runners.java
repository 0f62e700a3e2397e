package dev.rootstock.preprocess;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options for the runner that is asked for. */
final class Runners {
  private static final String FLINK = "org.apache.beam.runners.flink.FlinkRunner";
  private static final String SPARK = "org.apache.beam.runners.spark.SparkRunner";
  private static final String DATAFLOW = "org.apache.beam.runners.dataflow.DataflowRunner";
  private static final String DIRECT = "org.apache.beam.runners.direct.DirectRunner";

  /** A cluster within this process serves nobody else. */
  private static final String LOOPBACK =
      "jobmanager.bind-host: localhost\ntaskmanager.bind-host: localhost\nrest.bind-address: localhost\n";

  private Runners() {}

  /**
   * Options of a job.
   *
   * @param cores what the attempt may use; on a cluster, its slots
   * @param store where the job's workers are to write
   * @throws InvalidConfig if the runner is not on the class path, can not write to the store, or
   *     does not know an option
   */
  static PipelineOptions options(RunnerSpec spec, String job, int cores, URI store)
      throws IOException {
    return beam(arguments(spec, job, cores, store), spec.name());
  }

  /** The options as Beam's names and values. */
  static Map<String, String> arguments(RunnerSpec spec, String job, int cores, URI store)
      throws IOException {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("jobName", job);
    if (spec.flink().isPresent()) {
      flink(spec.flink().get(), cores, options);
    } else if (spec.spark().isPresent()) {
      spark(spec.spark().get(), cores, options);
    } else if (spec.dataflow().isPresent()) {
      dataflow(spec.dataflow().get(), store, options);
    } else {
      int parallelism = spec.direct().orElseThrow().parallelism().orElse(cores);
      options.put("runner", "DirectRunner");
      options.put("targetParallelism", String.valueOf(parallelism));
    }
    return options;
  }

  private static PipelineOptions beam(Map<String, String> options, String key) {
    switch (key) {
      case "flink" -> require(FLINK, key, "-Pflink, the default");
      case "spark" -> require(SPARK, key, "-Pspark (ROOTSTOCK_PROFILES=spark)");
      case "dataflow" -> require(DATAFLOW, key, "-Pdataflow (ROOTSTOCK_PROFILES=dataflow)");
      default -> require(DIRECT, key, "test scope; it is for tests alone");
    }
    String[] arguments =
        options.entrySet().stream()
            .map(option -> "--" + option.getKey() + "=" + option.getValue())
            .toArray(String[]::new);
    try {
      return PipelineOptionsFactory.fromArgs(arguments).withValidation().create();
    } catch (IllegalArgumentException unknown) {
      throw new InvalidConfig(
          Problem.of(
              "runner." + key + ".options",
              "not understood by Beam",
              "options of its runner",
              String.valueOf(unknown.getMessage())));
    }
  }

  private static void flink(RunnerSpec.Flink flink, int cores, Map<String, String> options)
      throws IOException {
    options.put("runner", "FlinkRunner");
    options.put("flinkMaster", flink.master());
    options.put("parallelism", String.valueOf(flink.parallelism().orElse(Math.max(1, cores))));
    options.put("objectReuse", "true");
    options.put("fasterCopy", "true");
    options.put("reIterableGroupByKeyResult", "true");
    options.put("disableMetrics", "true");
    if (flink.isCluster()) {
      options.put(
          "executionModeForBatch", "BATCH_FORCED"); // a step's buffers are free when it ends
      options.put("filesToStage", String.join(",", Shipped.here().files()));
    }
    options.putAll(flink.options());
    if (!flink.options().containsKey("flinkConfDir")) {
      Path settings = Scratch.directory();
      Files.writeString(
          settings.resolve("flink-conf.yaml"), flink.isCluster() ? attached() : LOOPBACK);
      options.put("flinkConfDir", settings.toString());
    }
  }

  /** A job does not outlive its client. */
  private static String attached() {
    return "execution.shutdown-on-attached-exit: true\nclient.heartbeat.timeout: "
        + FlinkJob.SILENCE.toMillis()
        + "\n";
  }

  private static void spark(RunnerSpec.Spark spark, int cores, Map<String, String> options) {
    options.put("runner", "SparkRunner");
    options.put("sparkMaster", spark.master().replace("local[*]", "local[" + cores + "]"));
    options.putAll(spark.options());
  }

  private static void dataflow(
      RunnerSpec.Dataflow dataflow, URI store, Map<String, String> options) {
    if ("file".equals(store.getScheme())) {
      throw new InvalidConfig(
          Problem.of(
              "store",
              store,
              "in a bucket, for Dataflow's workers see no folder of this machine",
              "Give an s3:// place, or another runner."));
    }
    options.put("runner", "DataflowRunner");
    options.put("project", dataflow.project());
    options.put("region", dataflow.region());
    options.put("tempLocation", dataflow.tempLocation());
    options.putAll(dataflow.options());
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
