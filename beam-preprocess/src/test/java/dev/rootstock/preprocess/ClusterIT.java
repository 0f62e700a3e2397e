package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.CorpusListing.ListedSource;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.engine.EngineExit;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.store.BucketServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The engine as one process, and a Flink cluster of two or three others that do its work. */
class ClusterIT {
  @RegisterExtension static final FlinkClusterExtension CLUSTER = new FlinkClusterExtension();

  @TempDir Path folder;
  private EngineProcesses engines;

  @BeforeEach
  void prepare() {
    engines = new EngineProcesses(folder);
  }

  private static RunnerSpec cluster(String master) {
    return RunnerSpec.flink(master, Optional.of(2));
  }

  private Map<String, String> make(String name, RunnerSpec runner, List<Path> corpus)
      throws Exception {
    Orders orders = new Orders(folder.resolve(name), runner, 2);
    return SmallWorld.make(engines, orders, corpus);
  }

  private List<Path> corpus(int files, int documents) throws IOException {
    return SmallWorld.corpus(folder, files, documents);
  }

  @Test
  void aClusterThatHasFlinkAloneAndABucketGivesTheSameBytesAsTheEngineItself() throws Exception {
    assumeTrue(CLUSTER.bucket().isPresent(), "the store's tests are not compiled; mvn verify does");
    BucketServer bucket = CLUSTER.bucket().get();
    List<Path> corpus = corpus(4, 300);
    bucket.put("corpus", corpus);
    ListedSource moved = Orders.moved(SmallWorld.source(corpus), bucket.at("corpus"));
    Orders orders = new Orders(bucket.at("store"), cluster(CLUSTER.master()), 2);
    engines = new EngineProcesses(folder, bucket.environment());

    Map<String, String> distant = SmallWorld.make(engines, orders, moved);
    assertThat(engines.progress().stream().map(Progress::unit)).contains("tasks");
    Map<String, String> local = make("local", RunnerSpec.LOCAL, corpus);

    assertThat(distant).hasSizeGreaterThan(6).isEqualTo(local);
    assertThat(CLUSTER.jobs().keySet())
        .anyMatch(name -> name.startsWith("rootstock-documents-"))
        .anyMatch(name -> name.startsWith("rootstock-tokenizer-"))
        .anyMatch(name -> name.startsWith("rootstock-tokens-"));
  }

  @Test
  void aJobThatLosesItsWorkerBeginsAnewOnAnotherOneAndGivesTheSameBytes() throws Exception {
    List<Path> corpus = corpus(6, 6_000);
    Orders local = new Orders(folder.resolve("whole"), RunnerSpec.LOCAL, 2);
    engines.done("clean", SmallWorld.cleanOrder(local, corpus), DocumentsRef.class);
    Orders distant = new Orders(folder.resolve("broken"), cluster(CLUSTER.master()), 2);

    Process engine = engines.start("clean", SmallWorld.cleanOrder(distant, corpus));
    awaitWorkOn("rootstock-documents-", "-0");
    CLUSTER.workers().forEach(Process::destroyForcibly);
    CLUSTER.startWorker();

    assertThat(EngineProcesses.exitOf(engine)).as(engines.log()).isEqualTo(EngineExit.DONE);
    assertThat(engines.progress())
        .anyMatch(line -> line.note().orElse("").contains("lost a worker"));
    assertThat(SmallWorld.sums(distant)).isNotEmpty().isEqualTo(SmallWorld.sums(local));
  }

  @Test
  void anEngineThatIsAskedToLeaveCancelsItsJob() throws Exception {
    Orders orders = new Orders(folder.resolve("left"), cluster(CLUSTER.master()), 2);
    Process engine = engines.start("clean", SmallWorld.cleanOrder(orders, corpus(6, 6_000)));
    awaitWorkOn("rootstock-documents-", "-0");

    engine.toHandle().destroy();

    assertThat(EngineProcesses.exitOf(engine)).isIn(EngineExit.RESUMABLE, EngineExit.TERMINATED);
    assertThat(engines.result()).doesNotExist();
    assertThat(CLUSTER.jobs().values()).doesNotContain("RUNNING").contains("CANCELED");
  }

  /** Waits until a worker is at a job of that name, and most of the job is yet to be done. */
  private static void awaitWorkOn(String prefix, String suffix) throws Exception {
    CLUSTER.await("a job at work", () -> CLUSTER.hasRunningTask(prefix, suffix));
  }
}
