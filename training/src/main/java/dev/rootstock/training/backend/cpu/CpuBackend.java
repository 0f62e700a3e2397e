package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.backend.Lanes;
import dev.rootstock.training.backend.Text;
import dev.rootstock.training.model.DropoutMask;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The fast backend for float32. Each thread is a lane that takes its own whole sequences through
 * forward and backward passes, with products on one thread each; lanes meet three times a step:
 * after the backward pass, after their gradients were added in lane order, and after the update.
 */
public final class CpuBackend implements Backend {
  private final ModelShape shape;
  private final CpuBase base;
  private final Runnable release;
  private final Optional<DropoutMask> dropout;
  private final List<TensorLayout> layout;
  private final Adapters job; // null: the base itself learns, or nothing
  private final Lanes<Lane> lanes;
  private final AdamW optimizer;
  private Generation generation;
  private long positions; // that learned since this was opened: a counter of dropout

  /** All tensors are zero. */
  public CpuBackend(ModelShape shape, Learns learns, int threads) {
    this(shape, learns, threads, Measures.here());
  }

  CpuBackend(ModelShape shape, Learns learns, int threads, Measures measures) {
    this(new CpuBase(shape, List.of(learns), threads, measures), learns);
  }

  private CpuBackend(CpuBase own, Learns learns) {
    this(own, learns, learns.adapter().map(lora -> own.job(0)).orElse(null), own::close);
  }

  /**
   * @param job of the base's; null: none
   * @param release what is done when this is closed
   */
  CpuBackend(CpuBase base, Learns learns, Adapters job, Runnable release) {
    shape = base.shape;
    this.base = base;
    this.release = release;
    this.job = job;
    dropout = DropoutMask.of(learns);
    layout = Layout.of(shape, learns);
    lanes = base.lanes;
    optimizer = new AdamW(job == null ? base.parameters : job.parameters());
  }

  @Override
  public List<TensorLayout> layout() {
    return layout;
  }

  private Parameters.Tensor tensor(String name) {
    return job != null && job.parameters().has(name)
        ? job.parameters().tensor(name)
        : base.parameters.tensor(name);
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
    Work work = work(batch, scale);
    base.accumulate(List.of(work));
    return work.loss();
  }

  /** What is to be done of a batch; takes note of its positions. */
  Work work(Batch batch, double scale) {
    batch.within(shape.context());
    long first = positions;
    positions += batch.ids().length;
    return new Work(job, batch, scale, dropout.map(mask -> mask.from(first)));
  }

  @Override
  public double[] score(Batch batch) {
    batch.within(shape.context());
    double[] scores = new double[batch.ids().length];
    lanes.run(
        each ->
            base.eachChunk(
                each,
                each.index(),
                batch,
                (lane, row, count) ->
                    base.model.score(Pass.of(unlearned(lane, batch, row, count)), scores)));
    return scores;
  }

  private Share unlearned(Lane lane, Batch batch, int row, int count) {
    int tokens = count * batch.time();
    Workspace space = base.space(lane, tokens, batch.time(), false);
    int from = row * batch.time();
    return new Share(lane, space, batch, 0, from, tokens, List.of(), job, lane.index(), null);
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
      generation = new Generation(base, job, lanes.first());
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

  /** A text's place in the list decides its lane, so equal calls give equal bits. */
  @Override
  public void write(List<? extends Text> texts) {
    if (texts.size() <= 1) {
      Backend.super.write(texts);
      return;
    }
    AtomicBoolean failed = new AtomicBoolean();
    lanes.run(
        lane -> {
          List<Text> own = new ArrayList<>();
          for (int i = lane.index(); i < texts.size(); i += lanes.count()) {
            own.add(texts.get(i));
          }
          try (Texts beside = new Texts(base, job, lane, own)) {
            beside.write(failed);
          }
        });
  }

  @Override
  public String describe() {
    return "cpu, "
        + lanes.count()
        + " lanes, chunks of "
        + base.measures.tokens()
        + " tokens, tiles of "
        + base.measures.tile()
        + " logits and "
        + base.measures.queries()
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
    if (generation != null) {
      generation.close();
      generation = null;
    }
    release.run();
  }
}
