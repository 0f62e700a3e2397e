package dev.rootstock.console;

import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A training timed beside PyTorch on the same first weights and rows: each run of each side in a
 * process of its own, in a folder that is removed after it. Not thread-safe.
 */
public final class TrainBench implements AutoCloseable {
  private static final String PEER = "peer_train.py";

  private final Engines engines;
  private final Path home;
  private final Path folder;
  private boolean exchanged;

  /**
   * @param home where Rootstock lies
   * @param workspace where to write: weights and rows
   */
  public TrainBench(Engines engines, Path home, Workspace workspace) {
    this.engines = engines;
    this.home = home;
    this.folder = workspace.folder().resolve("bench-train").toAbsolutePath().normalize();
  }

  /**
   * Rootstock's side.
   *
   * @param exchange whether the peer will follow; its folder is written once, by the first run
   */
  public TrainBenchRun run(TrainBenchOrder order, boolean exchange, Consumer<Progress> listener) {
    Optional<String> place = Optional.empty();
    if (exchange && !exchanged) {
      Workspace.remove(exchange());
      place = Optional.of(exchange().toString());
    }
    TrainBenchRun run =
        engines.bench(
            new TrainBenchOrder(
                order.threads(),
                order.backend(),
                order.shape(),
                order.batch(),
                order.steps(),
                order.warmup(),
                order.schedule(),
                order.optimizer(),
                order.numeric(),
                order.seed(),
                place,
                order.text(),
                order.ceiling()),
            listener);
    exchanged |= exchange;
    return run;
  }

  /**
   * PyTorch's side, after the first run of ours.
   *
   * @param python an interpreter with torch, numpy and safetensors
   * @param compiled by {@code torch.compile}
   * @throws Refused if it fails
   */
  public TrainBenchRun peer(String python, boolean compiled) {
    List<String> folder = List.of("--folder", exchange().toString());
    List<String> arguments = compiled ? List.of(folder.get(0), folder.get(1), "--compile") : folder;
    return new PeerProcess(python, home, PEER).answer(exchange(), arguments, TrainBenchRun.class);
  }

  private Path exchange() {
    return folder.resolve("exchange");
  }

  /** Removes all that was written. */
  @Override
  public void close() {
    Workspace.remove(folder);
  }
}
