package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.RunnerSpec;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnersTest {
  private static final URI BUCKET = URI.create("s3://bucket/store");
  private static final URI FOLDER = URI.create("file:///data/store");
  private static final String DATAFLOW =
      "{\"dataflow\":{\"project\":\"p\",\"region\":\"europe-west4\",\"tempLocation\":\"gs://b/t\","
          + "\"options\":{\"workerMachineType\":\"n2-standard-4\"}}}";

  private static RunnerSpec runner(String json) {
    return CanonicalJson.read(json, RunnerSpec.class);
  }

  @Test
  void aClusterIsGivenItsAddressItsSlotsAndTheJars() throws IOException {
    Map<String, String> options =
        Runners.arguments(runner("{\"flink\":{\"master\":\"host:8081\"}}"), "job", 6, FOLDER);

    assertThat(options)
        .containsEntry("flinkMaster", "host:8081")
        .containsEntry("parallelism", "6")
        .containsKey("filesToStage");
  }

  @Test
  void anOptionOfBeamGoesBeforeOurs() throws IOException {
    String json = "{\"flink\":{\"options\":{\"objectReuse\":\"false\",\"maxBundleSize\":\"7\"}}}";

    assertThat(Runners.arguments(runner(json), "job", 1, FOLDER))
        .containsEntry("objectReuse", "false")
        .containsEntry("maxBundleSize", "7");
  }

  @Test
  void anOptionThatBeamDoesNotKnowIsNamed() {
    RunnerSpec wrong = runner("{\"flink\":{\"options\":{\"colour\":\"green\"}}}");

    assertThatThrownBy(() -> Runners.options(wrong, "job", 1, FOLDER))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("runner.flink.options")
        .hasMessageContaining("colour");
  }

  @Test
  void anOptionThatHasAKeyOfItsOwnIsRefused() {
    assertThatThrownBy(() -> runner("{\"flink\":{\"options\":{\"flinkMaster\":\"x:1\"}}}"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("flink.options.flinkMaster");
  }

  @Test
  void aMasterIsAnAddress() {
    assertThatThrownBy(() -> runner("{\"flink\":{\"master\":\"http://host\"}}"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("flink.master")
        .hasMessageContaining("host:port");
  }

  @Test
  void sparkIsGivenItsMaster() throws IOException {
    RunnerSpec spark = runner("{\"spark\":{\"master\":\"spark://host:7077\"}}");

    assertThat(Runners.arguments(spark, "job", 2, FOLDER))
        .containsEntry("runner", "SparkRunner")
        .containsEntry("sparkMaster", "spark://host:7077");
    assertThat(Runners.arguments(runner("\"spark\""), "job", 2, FOLDER))
        .containsEntry("sparkMaster", "local[2]");
  }

  @Test
  void dataflowIsGivenItsProject() throws IOException {
    assertThat(Runners.arguments(runner(DATAFLOW), "job", 2, BUCKET))
        .containsEntry("runner", "DataflowRunner")
        .containsEntry("project", "p")
        .containsEntry("region", "europe-west4")
        .containsEntry("tempLocation", "gs://b/t")
        .containsEntry("workerMachineType", "n2-standard-4");
  }

  @Test
  void dataflowRefusesAFolderAndABuildWithoutIt() {
    assertThatThrownBy(() -> Runners.options(runner(DATAFLOW), "job", 1, FOLDER))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("store is file:///data/store")
        .hasMessageContaining("bucket");
    assertThatThrownBy(() -> Runners.options(runner(DATAFLOW), "job", 1, BUCKET))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("-Pdataflow");
  }

  @Test
  void flinkItselfIsNotShipped(@TempDir Path folder) throws IOException {
    Path ours = Files.write(folder.resolve("rootstock-contract.jar"), new byte[3]);
    Path runner = Files.write(folder.resolve("beam-runners-flink-1.19-2.70.0.jar"), new byte[4]);
    Path theirs = Files.write(folder.resolve("flink-core-1.19.0.jar"), new byte[5]);
    String classPath =
        String.join(
            File.pathSeparator,
            ours.toString(),
            runner.toString(),
            theirs.toString(),
            "absent.jar");

    assertThat(Shipped.of(classPath))
        .isEqualTo(new Shipped(List.of(ours.toString(), runner.toString()), 7));
  }
}
