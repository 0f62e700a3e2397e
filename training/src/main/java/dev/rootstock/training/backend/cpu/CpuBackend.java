package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.backend.Lanes;
import dev.rootstock.training.model.DropoutMask;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast backend for float32. Each thread is a lane that takes its own whole sequences through
 * forward and backward passes, with products on one thread each; lanes meet three times a step:
 * after the backward pass, after their gradients were added in lane order, and after the update.
 */
public final class CpuBackend implements Backend {
  private final ModelShape shape;
  private final Optional<LoraSpec> lora;
  private final Optional<DropoutMask> dropout;
  private final Measures measures;
  private final List<TensorLayout> layout;
  private final Parameters base;
  private final Adapters job; // null: the base itself learns
  private final Transformer model;
  private final Lanes<Lane> lanes;
  private final AdamW optimizer;
  private final Workspace[] spaces;
  private Generation generation;
  private long positions; // that learned since this was opened: a counter of dropout

  /** All tensors are zero. */
  public CpuBackend(ModelShape shape, Learns learns, int threads) {
    this(shape, learns, threads, Measures.here());
  }

  CpuBackend(ModelShape shape, Learns learns, int threads, Measures measures) {
    this.shape = shape;
    lora = learns.adapter();
    dropout = DropoutMask.of(learns);
    this.measures = measures;
    layout = Layout.of(shape, learns);
    int own = Layout.of(shape, Optional.empty()).size();
    base = new Parameters(layout.subList(0, own), threads);
    job =
        lora.map(spec -> new Adapters(layout.subList(own, layout.size()), spec, threads))
            .orElse(null);
    model = new Transformer(base, job, shape, measures, layout);
    lanes = new Lanes<>(threads, Lane::new, Lane::close);
    optimizer = new AdamW(job == null ? base : job.parameters());
    spaces = new Workspace[threads];
  }

  @Override
  public List<TensorLayout> layout() {
    return layout;
  }

  private Parameters.Tensor tensor(String name) {
    return job != null && job.parameters().has(name)
        ? job.parameters().tensor(name)
        : base.tensor(name);
  }

  @Override
  public INDArray read(String name, Kind kind) {
    Parameters.Tensor tensor = tensor(name);
    long[] measured = tensor.layout().shape().stream().mapToLong(Long::longValue).toArray();
    INDArray copy = slab(tensor, kind).read(tensor.at(), measured);
    if (kind == Kind.GRADIENT) {
      for (Slab other : tensor.region().gradients.subList(1, lanes.count())) {
        try (INDArray more = other.read(tensor.at(), measured)) {
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
    Parameters.Tensor tensor = tensor(name);
    slab(tensor, kind).read(tensor.at(), into);
  }

  @Override
  public void write(String name, Kind kind, INDArray values) {
    Parameters.Tensor tensor = tensor(name);
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
      for (Slab other : tensor.region().gradients.subList(1, lanes.count())) {
        other.clear(tensor.at(), values.length());
      }
    }
  }

  private static Slab slab(Parameters.Tensor tensor, Kind kind) {
    if (kind != Kind.WEIGHT && !tensor.trained()) {
      throw new IllegalArgumentException(
          tensor.layout().name() + " is frozen; it has a weight, and no " + kind);
    }
    return switch (kind) {
      case WEIGHT -> tensor.region().weights;
      case EXP_AVG -> tensor.region().expAvg;
      case EXP_AVG_SQ -> tensor.region().expAvgSq;
      case GRADIENT -> tensor.region().gradients.get(0);
    };
  }

  @Override
  public double accumulate(Batch batch, double scale) {
    batch.within(shape.context());
    double[] losses = new double[batch.rows()]; // by a chunk's first row, added in order
    lanes.run(
        lane ->
            eachChunk(
                lane, batch, true, (pass, row) -> losses[row] = model.accumulate(pass, scale)));
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
    lanes.run(lane -> eachChunk(lane, batch, false, (pass, row) -> model.score(pass, scores)));
    return scores;
  }

  private interface Chunk {
    void take(Pass pass, int firstRow);
  }

  /**
   * A lane's rows are neighbours, and so are a chunk's: which go where follows from rows, time,
   * threads and measures alone.
   */
  private void eachChunk(Lane lane, Batch batch, boolean training, Chunk chunk) {
    int first = (int) ((long) batch.rows() * lane.index() / lanes.count());
    int end = (int) ((long) batch.rows() * (lane.index() + 1) / lanes.count());
    int atOnce = measures.sequences(batch.time());
    for (int row = first; row < end; row += atOnce) {
      int tokens = Math.min(atOnce, end - row) * batch.time();
      int from = row * batch.time();
      Workspace space = space(lane, tokens, batch.time(), training);
      DropoutMask mask =
          training ? dropout.map(chosen -> chosen.from(positions + from)).orElse(null) : null;
      chunk.take(new Pass(lane, space, batch, from, tokens, 0, List.of(), job, mask), row);
    }
  }

  /** Kept from call to call while it is large enough. */
  private Workspace space(Lane lane, int tokens, int time, boolean training) {
    Workspace kept = spaces[lane.index()];
    if (kept == null || !kept.holds(tokens, time) || (training && !kept.training)) {
      boolean both = training || (kept != null && kept.training);
      if (kept != null) {
        kept.close();
      }
      kept = new Workspace(shape, lora, measures, tokens, time, both);
      spaces[lane.index()] = kept;
    }
    return kept;
  }

  @Override
  public double update(OptimizerSpec settings, double rate, long step) {
    double norm = optimizer.gather(lanes);
    if (Double.isFinite(norm)) {
      double clip = norm > settings.clip() ? settings.clip() / norm : 1;
      optimizer.step(lanes, settings, clip, rate, step);
    } else {
      optimizer.clear();
    }
    return norm;
  }

  @Override
  public float[] begin(int[] ids) {
    if (generation == null) {
      generation = new Generation(shape, lora, measures, model, job, lanes.first());
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
    return "cpu, "
        + lanes.count()
        + " lanes, chunks of "
        + measures.tokens()
        + " tokens, tiles of "
        + measures.tile()
        + " logits and "
        + measures.queries()
        + " queries, vectors of "
        + Access.LANES
        + " floats, JDK "
        + Runtime.version()
        + ", "
        + Blas.describe();
  }

  /**
   * What lanes did not spend on anything, they waited for one another; the text that one lane makes
   * alone counts in what it did.
   */
  @Override
  public Map<String, Double> seconds() {
    Map<String, Double> seconds = new TreeMap<>();
    lanes.all().forEach(lane -> lane.laps.addTo(seconds));
    double busy = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    seconds.put("waiting", Math.max(0, lanes.seconds() * lanes.count() - busy));
    return seconds;
  }

  @Override
  public void close() {
    lanes.close();
    for (Workspace space : spaces) {
      if (space != null) {
        space.close();
      }
    }
    if (generation != null) {
      generation.close();
    }
    model.close();
    if (job != null) {
      job.close();
    }
    base.close();
  }
}
