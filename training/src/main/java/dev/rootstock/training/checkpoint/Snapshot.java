package dev.rootstock.training.checkpoint;

import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.ModelTensors;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A copy of a model's weights and moments in memory of its own: taken between two steps, written
 * while the model learns on. {@link #take} must not run while the copy is read.
 */
public final class Snapshot implements ModelTensors, AutoCloseable {
  /** Values kept for each value that learns. */
  public static final int COPIES = 3;

  private static final List<Backend.Kind> LEARNED =
      List.of(Backend.Kind.WEIGHT, Backend.Kind.EXP_AVG, Backend.Kind.EXP_AVG_SQ);

  private final Backend model;
  private final List<TensorLayout> layout;
  private final Map<Piece, INDArray> kept = new LinkedHashMap<>();
  private final ExecutorService copiers;

  private record Piece(String name, Backend.Kind kind) {}

  /**
   * Takes the memory, and nothing else yet.
   *
   * @param threads that copy at once
   */
  public Snapshot(Backend model, int threads) {
    this.model = model;
    layout = model.layout();
    DataType type = HuggingFaceFolder.typeOf(model);
    layout.stream()
        .sorted(Comparator.comparingLong(TensorLayout::elements).reversed()) // even shares
        .forEach(
            tensor -> {
              long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
              for (Backend.Kind kind : tensor.trained() ? LEARNED : LEARNED.subList(0, 1)) {
                INDArray place = Nd4j.createUninitialized(type, shape, 'c');
                place.assign(0); // touches each page now, and not between two steps
                kept.put(new Piece(tensor.name(), kind), place);
              }
            });
    copiers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "snapshot");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Copies the model as it is now. */
  public void take() {
    List<Callable<Void>> copies = new ArrayList<>();
    kept.forEach(
        (piece, place) ->
            copies.add(
                () -> {
                  model.read(piece.name(), piece.kind(), place);
                  return null;
                }));
    try {
      for (Future<Void> copy : copiers.invokeAll(copies)) {
        copy.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a tensor could not be copied", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while copying a model", interrupted);
    }
  }

  @Override
  public List<TensorLayout> layout() {
    return layout;
  }

  @Override
  public INDArray read(String name, Backend.Kind kind) {
    INDArray place = kept.get(new Piece(name, kind));
    if (place == null) {
      throw new IllegalArgumentException("no " + kind + " of " + name + " is kept");
    }
    return place.dup('c');
  }

  @Override
  public void close() {
    copiers.shutdownNow();
    kept.values().forEach(INDArray::close);
    kept.clear();
  }
}
