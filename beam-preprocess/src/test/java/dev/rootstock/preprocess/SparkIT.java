package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.RunnerSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same engine on Spark's class path, which ./verify resolves: two runners do not share one. */
class SparkIT {
  private static final Path CLASS_PATH = Path.of("target", "spark.classpath");

  @TempDir Path folder;

  @Test
  void sparkGivesTheSameBytesAsFlink() throws Exception {
    assumeTrue(Files.exists(CLASS_PATH), CLASS_PATH + " is absent; ./verify makes it");
    List<Path> corpus = SmallWorld.corpus(folder, 4, 200);
    RunnerSpec two = CanonicalJson.read("{\"spark\":{\"master\":\"local[2]\"}}", RunnerSpec.class);

    Map<String, String> flink =
        SmallWorld.make(
            new EngineProcesses(Files.createDirectory(folder.resolve("a"))),
            new Orders(folder.resolve("flink"), RunnerSpec.LOCAL, 2),
            corpus);
    Map<String, String> spark =
        SmallWorld.make(
            new EngineProcesses(Files.createDirectory(folder.resolve("b")), CLASS_PATH),
            new Orders(folder.resolve("spark"), two, 2),
            corpus);

    assertThat(spark).hasSizeGreaterThan(6).isEqualTo(flink);
  }
}
