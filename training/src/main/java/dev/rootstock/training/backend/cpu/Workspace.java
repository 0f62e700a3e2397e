package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lane's memory for one chunk: what each block keeps for its backward pass, and what all blocks
 * share. Gradients overwrite the values that they belong to wherever those are used up.
 */
final class Workspace implements AutoCloseable {
  private static final int LINE = Slab.LINE / Access.BYTES;

  private final ModelShape shape;
  private final int rank;
  private final int capacity; // tokens
  private final Measures measures;
  private final boolean allocates;
  private final List<Slab> slabs = new ArrayList<>();
  private long bytes;

  final boolean training;
  final List<OfBlock> blocks = new ArrayList<>();
  final Matrix x_ND; // the residual stream after the last block
  final Matrix out_ND; // the last norm's output, then its gradient
  final float[] outScale;
  final float[] outMean;
  final Matrix dx_ND; // the residual stream's gradient
  final Matrix dqkv_NQ;
  final Matrix datt_NA;
  final Matrix dlow_NR;
  final Matrix hidden_ED;
  final Matrix logits_EV;
  final Matrix scores_QT;
  final Matrix dscores_QT;
  final Matrix row; // one row as wide as any

  /** What one block keeps. */
  record OfBlock(
      Matrix x_ND,
      Matrix norm_ND,
      float[] scale,
      float[] mean,
      Matrix raw_NP,
      Matrix qkv_NQ,
      float[] peaks,
      float[] shares,
      Matrix att_NA,
      Matrix mid_ND,
      Matrix midNorm_ND,
      float[] midScale,
      float[] midMean,
      Matrix inner_NG,
      Matrix act_NF,
      List<Matrix> low) {}

  /**
   * @param tokens at most in one chunk
   * @param time at most of one sequence
   * @param training whether a backward pass follows; if not, its memory is left out and the blocks
   *     share theirs
   */
  Workspace(
      ModelShape shape,
      Optional<LoraSpec> lora,
      Measures measures,
      int tokens,
      int time,
      boolean training) {
    this(shape, lora, measures, tokens, time, training, true);
  }

  /** Bytes that such a workspace takes. */
  static long bytes(
      ModelShape shape,
      Optional<LoraSpec> lora,
      Measures measures,
      int tokens,
      int time,
      boolean training) {
    return new Workspace(shape, lora, measures, tokens, time, training, false).bytes;
  }

  private Workspace(
      ModelShape shape,
      Optional<LoraSpec> lora,
      Measures measures,
      int tokens,
      int time,
      boolean training,
      boolean allocates) {
    this.shape = shape;
    this.measures = measures;
    this.training = training;
    this.allocates = allocates;
    rank = lora.map(LoraSpec::rank).orElse(0);
    capacity = tokens;
    for (int i = 0; i < shape.layers(); i++) {
      blocks.add(training || i == 0 ? block() : blocks.get(0));
    }
    x_ND = matrix(shape.width());
    out_ND = matrix(shape.width());
    outScale = floats(1);
    outMean = floats(1);
    int qkv = shape.attention() + 2 * shape.keys();
    dx_ND = training ? matrix(shape.width()) : null;
    dqkv_NQ = training ? matrix(qkv) : null;
    datt_NA = training ? matrix(shape.attention()) : null;
    dlow_NR = training && rank > 0 ? matrix(3 * rank) : null;
    int tile = Math.min(measures.tile(), tokens);
    hidden_ED = matrix(tile, shape.width());
    logits_EV = matrix(tile, shape.vocabulary());
    int keys = (time + LINE) / LINE * LINE + LINE; // room for whole vectors
    int queries = Math.min(measures.queries(), tokens);
    scores_QT = matrix(queries, keys);
    dscores_QT = training ? matrix(queries, keys) : null;
    row = matrix(1, Math.max(Math.max(shape.width(), qkv), 2 * shape.inner()));
  }

  private OfBlock block() {
    int width = shape.width();
    List<Matrix> low = new ArrayList<>();
    // Of the adapters on what a block's four products serve: q, k, v; o; gate, up; down.
    int[] adapters = shape.gated() ? new int[] {3, 1, 2, 1} : new int[] {1, 1, 1, 1};
    for (int modules : rank > 0 ? adapters : new int[0]) {
      low.add(matrix(modules * rank));
    }
    return new OfBlock(
        matrix(width),
        matrix(width),
        floats(1),
        floats(1),
        training && shape.qkNorm() ? matrix(shape.attention() + shape.keys()) : null,
        matrix(shape.attention() + 2 * shape.keys()),
        floats(shape.heads()),
        floats(shape.heads()),
        matrix(shape.attention()),
        matrix(width),
        matrix(width),
        floats(1),
        floats(1),
        matrix((shape.gated() ? 2 : 1) * shape.inner()),
        matrix(shape.inner()),
        low);
  }

  boolean holds(int tokens, int time) {
    return tokens <= capacity && time + LINE <= scores_QT.columns();
  }

  private float[] floats(int aToken) {
    bytes += (long) capacity * aToken * Access.BYTES;
    return allocates ? new float[capacity * aToken] : null;
  }

  private Matrix matrix(int columns) {
    return matrix(capacity, columns);
  }

  private Matrix matrix(int rows, int columns) {
    bytes += Slab.taken((long) rows * columns);
    if (!allocates) {
      return new Matrix(null, 0, rows, columns, columns);
    }
    Slab slab = new Slab((long) rows * columns);
    slabs.add(slab);
    return Matrix.of(slab, rows, columns);
  }

  @Override
  public void close() {
    slabs.forEach(Slab::close);
  }
}
