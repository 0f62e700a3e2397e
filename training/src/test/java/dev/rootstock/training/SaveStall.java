package dev.rootstock.training;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.LocalStore;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.checkpoint.Checkpoint;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.ShardedTensors;
import dev.rootstock.training.checkpoint.Snapshot;
import dev.rootstock.training.checkpoint.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Measures how long a training stands still for a checkpoint: the copy, a step, the step beside a
 * save and the save itself. Arguments: layers, width (of 64 a head), vocabulary, tokens a step,
 * threads. {@code make bench-save}: {@code 12 768 16384 4096 2}, which has 97 M parameters and
 * needs 6 GB and minutes.
 */
final class SaveStall {
  private static final int CONTEXT = 512;

  private SaveStall() {}

  public static void main(String[] arguments) throws IOException {
    int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    int heads = numbers[1] / 64;
    ModelShape shape =
        new ModelShape(
            ModelShape.Family.LLAMA,
            numbers[0],
            numbers[1],
            heads,
            heads,
            64,
            numbers[1] * 8 / 3,
            numbers[2],
            CONTEXT,
            1e-5,
            10_000,
            true);
    try (Backend model = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, numbers[4]);
        Snapshot snapshot = new Snapshot(model, numbers[4]);
        ScratchFolder folder = ScratchFolder.create()) {
      FirstWeights.fill(model, shape, 1);
      Batch batch = batch(shape, numbers[3] / CONTEXT);
      step(model, batch, 1); // the first compiles
      double[] copies = new double[7];
      for (int i = 0; i < copies.length; i++) {
        copies[i] = seconds(snapshot::take);
      }
      Arrays.sort(copies);
      double step = seconds(() -> step(model, batch, 2));
      try (SaveThread beside = new SaveThread()) {
        double[] save = {0};
        beside.begin(2, () -> save[0] = seconds(() -> save(folder.path(), shape, snapshot)));
        double busy = seconds(() -> step(model, batch, 3));
        beside.await();
        double after = seconds(() -> step(model, batch, 4));
        System.out.printf(
            Locale.ROOT,
            "%s: %d parameters, %d tokens a step, %d threads: step %.2f s, beside a save %.2f s, after it %.2f s;"
                + " save %.2f s; copy %.3f s (%.3f to %.3f), %.2f %% of a step%n",
            model.describe(),
            shape.parameters(),
            numbers[3],
            numbers[4],
            step,
            busy,
            after,
            save[0],
            copies[3],
            copies[0],
            copies[6],
            100 * copies[3] / step);
      }
    }
  }

  private static Batch batch(ModelShape shape, int rows) {
    SplittableRandom random = new SplittableRandom(1);
    int[] ids = random.ints((long) rows * CONTEXT, 0, shape.vocabulary()).toArray();
    int[] targets = random.ints((long) rows * CONTEXT, 0, shape.vocabulary()).toArray();
    return new Batch(ids, targets, rows, CONTEXT);
  }

  private static void step(Backend model, Batch batch, long step) {
    model.accumulate(batch, 1.0 / batch.ids().length);
    model.update(OptimizerSpec.DEFAULT, 1e-4, step);
  }

  /** Writes, sums and publishes as a training does. */
  private static void save(Path folder, ModelShape shape, Snapshot snapshot) throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    TrainingState state =
        new TrainingState(2, 3, TinyWorld.fingerprint("tokens"), 1, 2, 3, "measured");
    Map<String, String> sums =
        Checkpoint.write(
            files,
            shape,
            snapshot,
            Map.of(),
            new HuggingFaceFolder.EndOfText("<|endoftext|>", 0),
            state,
            ShardedTensors.SHARD);
    try (LocalStore store = LocalStore.open(folder.resolve("store").toUri());
        Stream<Path> list = Files.list(files)) {
      for (Path file : List.copyOf(list.toList())) {
        String name = file.getFileName().toString();
        String sum = sums.containsKey(name) ? sums.get(name) : Artifacts.sum(file);
        Artifacts.add(store, "checkpoint", name, file, sum);
      }
    }
  }

  /** Something that takes a while. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static double seconds(Work work) throws IOException {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }
}
