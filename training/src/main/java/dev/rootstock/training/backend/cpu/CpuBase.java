package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.backend.Lanes;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model's own weights, the lanes that compute with them and their workspaces: what jobs with
 * adapters share. Used by one thread at a time.
 */
final class CpuBase implements AutoCloseable {
  private static final int TOGETHER =
      384; // rows of a chunk of many jobs; products hardly gain from more, and memory grows

  final ModelShape shape;
  final Measures measures;
  final Parameters parameters;
  final Transformer model;
  final Lanes<Lane> lanes;
  final Optional<LoraSpec> widest; // the adapter of the highest rank
  private final List<Adapters> jobs = new ArrayList<>();
  private final Workspace[] spaces;

  /**
   * @param all what each job learns; more than one: all of them adapters
   */
  CpuBase(ModelShape shape, List<Learns> all, int threads, Measures measures) {
    this.shape = shape;
    this.measures = measures;
    int own = Layout.of(shape, Optional.empty()).size();
    Set<TensorLayout> whole = new LinkedHashSet<>();
    for (Learns learns : all) {
      List<TensorLayout> layout = Layout.of(shape, learns);
      whole.addAll(layout);
      learns
          .adapter()
          .ifPresent(
              lora -> jobs.add(new Adapters(layout.subList(own, layout.size()), lora, threads)));
    }
    widest =
        all.stream()
            .flatMap(learns -> learns.adapter().stream())
            .max(Comparator.comparingInt(LoraSpec::rank));
    parameters = new Parameters(Layout.of(shape, all.get(0)).subList(0, own), threads);
    model = new Transformer(parameters, jobs, shape, measures, List.copyOf(whole));
    lanes = new Lanes<>(threads, Lane::new, Lane::close);
    spaces = new Workspace[threads];
  }

  /** Of the jobs that have adapters, by number. */
  Adapters job(int number) {
    return jobs.get(number);
  }

  interface Slice {
    /** Computes some rows of a batch, whole sequences, with a lane. */
    void take(Lane lane, int first, int count);
  }

  /**
   * A part's rows are neighbours, and so are a chunk's: which go where follows from rows, time,
   * parts and measures alone.
   */
  void eachChunk(Lane lane, int part, Batch batch, Slice slice) {
    int first = (int) ((long) batch.rows() * part / lanes.count());
    int end = (int) ((long) batch.rows() * (part + 1) / lanes.count());
    int atOnce = measures.sequences(batch.time());
    for (int row = first; row < end; row += atOnce) {
      slice.take(lane, row, Math.min(atOnce, end - row));
    }
  }

  /** Kept from call to call while it is large enough. */
  Workspace space(Lane lane, int tokens, int time, boolean training) {
    Workspace kept = spaces[lane.index()];
    if (kept == null || !kept.holds(tokens, time) || (training && !kept.training)) {
      boolean both = training || (kept != null && kept.training);
      if (kept != null) {
        kept.close();
      }
      kept = new Workspace(shape, widest, measures, tokens, time, both);
      spaces[lane.index()] = kept;
    }
    return kept;
  }

  /**
   * Adds the gradients of all work, each to its own job's, as if each were alone: its rows are
   * parted as they would be then, and a part goes to one lane, in order.
   */
  void accumulate(List<Work> all) {
    List<Part> parts = new ArrayList<>();
    for (Work work : all) {
      for (int part = 0; part < lanes.count(); part++) {
        parts.add(new Part(work, part, new ArrayList<>()));
        Part own = parts.get(parts.size() - 1);
        eachChunk(
            lanes.first(),
            part,
            work.batch(),
            (lane, row, count) -> own.chunks.add(new int[] {row, count}));
      }
    }
    List<List<Part>> byLane =
        all.size() == 1 ? parts.stream().map(List::of).toList() : shared(parts);
    int most = jobs.isEmpty() ? 0 : Math.min(TOGETHER, measures.tokens());
    lanes.run(lane -> new Convoy(this, lane, most).take(byLane.get(lane.index())));
  }

  /** Some rows of one job's, and the chunks that they go in. */
  record Part(Work work, int number, List<int[]> chunks) {
    int tokens() {
      return chunks.stream().mapToInt(chunk -> chunk[1]).sum() * work.batch().time();
    }
  }

  /** The largest parts are dealt out first, each to the lane with the least to do. */
  private List<List<Part>> shared(List<Part> parts) {
    List<List<Part>> byLane = new ArrayList<>();
    int[] tokens = new int[lanes.count()];
    for (int lane = 0; lane < lanes.count(); lane++) {
      byLane.add(new ArrayList<>());
    }
    List<Part> falling = new ArrayList<>(parts);
    falling.sort(Comparator.comparingInt(part -> -part.tokens()));
    for (Part part : falling) {
      int least = 0;
      for (int lane = 1; lane < tokens.length; lane++) {
        least = tokens[lane] < tokens[least] ? lane : least;
      }
      tokens[least] += part.tokens();
      byLane.get(least).add(part);
    }
    return byLane;
  }

  @Override
  public void close() {
    lanes.close();
    for (Workspace space : spaces) {
      if (space != null) {
        space.close();
      }
    }
    model.close();
    jobs.forEach(Adapters::close);
    parameters.close();
  }
}
