package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.backend.Lanes;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import java.util.Optional;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference backend. Each thread is a lane that takes its own whole sequences through forward
 * and backward passes, with products on one thread each; the lanes' gradients are added in lane
 * order.
 */
public final class Nd4jBackend implements Backend {
  private static final int CHUNK =
      512; // tokens a lane takes at once: enough for large products, few enough for caches

  private final ModelShape shape;
  private final DataType dtype;
  private final Parameters parameters;
  private final Transformer model;
  private final Lanes<Lane> lanes;
  private final AdamW optimizer;
  private final Activations[] training;
  private final Optional<Dropout> dropout;
  private Generation generation;
  private long positions; // that learned since this was opened: a counter of dropout

  /** All tensors are zero. */
  public Nd4jBackend(ModelShape shape, Learns learns, Numeric numeric, int threads) {
    this.shape = shape;
    dtype = numeric.dtype() == Numeric.Dtype.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT;
    parameters = new Parameters(Layout.of(shape, learns), dtype, threads);
    model = new Transformer(parameters, shape, learns.adapter());
    dropout = Dropout.of(learns);
    lanes = new Lanes<>(threads, index -> new Lane(index, dtype), Lane::close);
    optimizer = new AdamW(parameters);
    training = new Activations[threads];
  }

  @Override
  public List<TensorLayout> layout() {
    return parameters.layout();
  }

  @Override
  public INDArray read(String name, Kind kind) {
    Parameters.Tensor tensor = parameters.tensor(name);
    long[] measures = tensor.layout().shape().stream().mapToLong(Long::longValue).toArray();
    INDArray copy = slab(tensor, kind).read(tensor.at(), measures);
    if (kind == Kind.GRADIENT) {
      for (Slab other : tensor.group().gradients.subList(1, lanes.count())) {
        try (INDArray more = other.read(tensor.at(), measures)) {
          copy.addi(more);
        }
      }
    }
    return copy;
  }

  @Override
  public void read(String name, Kind kind, INDArray into) {
    if (kind == Kind.GRADIENT) {
      Backend.super.read(name, kind, into); // a sum over lanes
      return;
    }
    Parameters.Tensor tensor = parameters.tensor(name);
    slab(tensor, kind).read(tensor.at(), into);
  }

  @Override
  public void write(String name, Kind kind, INDArray values) {
    Parameters.Tensor tensor = parameters.tensor(name);
    if (values.length() != tensor.layout().elements()) {
      throw new IllegalArgumentException(
          name
              + " has "
              + values.length()
              + " values; it must have the shape "
              + tensor.layout().shape());
    }
    slab(tensor, kind).write(tensor.at(), values);
    if (kind == Kind.GRADIENT) {
      for (Slab other : tensor.group().gradients.subList(1, lanes.count())) {
        try (INDArray zeroes = Nd4j.create(dtype, values.length())) {
          other.write(tensor.at(), zeroes);
        }
      }
    }
  }

  private static Slab slab(Parameters.Tensor tensor, Kind kind) {
    if (kind != Kind.WEIGHT && !tensor.trained()) {
      throw new IllegalArgumentException(
          tensor.layout().name() + " is frozen; it has a weight, and no " + kind);
    }
    return switch (kind) {
      case WEIGHT -> tensor.group().weights;
      case EXP_AVG -> tensor.group().moments.get(0);
      case EXP_AVG_SQ -> tensor.group().moments.get(1);
      case GRADIENT -> tensor.group().gradients.get(0);
    };
  }

  @Override
  public double accumulate(Batch batch, double scale) {
    batch.within(shape.context());
    double[] losses = new double[lanes.count()];
    lanes.run(
        lane ->
            eachChunk(
                lane,
                batch,
                true,
                (a, row) -> {
                  long first = positions + (long) row * batch.time();
                  lane.drop(dropout.map(chosen -> chosen.from(first)));
                  losses[lane.index()] += model.accumulate(lane, a, batch, row, scale);
                  lane.drop(Optional.empty());
                }));
    positions += batch.ids().length;
    double loss = 0;
    for (double part : losses) {
      loss += part;
    }
    return loss;
  }

  @Override
  public double[] score(Batch batch) {
    batch.within(shape.context());
    double[] scores = new double[batch.ids().length];
    lanes.run(
        lane ->
            eachChunk(lane, batch, false, (a, row) -> model.score(lane, a, batch, row, scores)));
    return scores;
  }

  private interface Chunk {
    void take(Activations a, int firstRow);
  }

  /**
   * A lane's rows are neighbours, and so are a chunk's: which go where follows from rows, time and
   * threads alone.
   */
  private void eachChunk(Lane lane, Batch batch, boolean backward, Chunk chunk) {
    int first = (int) ((long) batch.rows() * lane.index() / lanes.count());
    int end = (int) ((long) batch.rows() * (lane.index() + 1) / lanes.count());
    int atOnce = Math.max(1, CHUNK / batch.time());
    for (int row = first; row < end; row += atOnce) {
      int rows = Math.min(atOnce, end - row);
      chunk.take(activations(lane, rows, batch.time(), backward), row);
    }
  }

  /** Kept from call to call while the measures stay the same. */
  private Activations activations(Lane lane, int rows, int time, boolean backward) {
    Activations kept = training[lane.index()];
    if (kept == null
        || kept.rows != rows
        || kept.time != time
        || (backward && kept.dx_ND == null)) {
      if (kept != null) {
        kept.close();
      }
      kept = new Activations(shape, dtype, rows, time, backward);
      training[lane.index()] = kept;
    }
    return kept;
  }

  @Override
  public double update(OptimizerSpec settings, double rate, long step) {
    double norm = optimizer.gather(lanes);
    if (Double.isFinite(norm)) {
      double clip = norm > settings.clip() ? settings.clip() / norm : 1;
      optimizer.step(lanes, settings, clip, rate, step);
    }
    for (Parameters.Group group : parameters.groups()) {
      group.gradients.forEach(Slab::clear);
    }
    return norm;
  }

  @Override
  public float[] begin(int[] ids) {
    if (generation == null) {
      generation = new Generation(shape, dtype, model, lanes.first());
    }
    return generation.begin(ids);
  }

  @Override
  public float[] next(int id) {
    if (generation == null) {
      throw new IllegalStateException("no text was begun; call begin first");
    }
    return generation.next(id);
  }

  @Override
  public String describe() {
    return "nd4j "
        + Nd4j.getBackend().buildInfo().lines().findFirst().orElse("").strip()
        + ", "
        + openblas_nolapack.blas_get_vendor()
        + ", "
        + lanes.count()
        + " threads";
  }

  @Override
  public void close() {
    lanes.close();
    for (Activations kept : training) {
      if (kept != null) {
        kept.close();
      }
    }
    if (generation != null) {
      generation.close();
    }
    parameters.close();
  }
}
