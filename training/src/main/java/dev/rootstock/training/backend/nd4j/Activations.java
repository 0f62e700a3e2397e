package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A lane's memory for one chunk: what each block keeps for its backward pass, and what all blocks
 * share.
 */
final class Activations implements AutoCloseable {
  private final List<Slab> slabs = new ArrayList<>();
  private final DataType dtype;
  final int rows;
  final int time;
  final List<OfBlock> blocks = new ArrayList<>();
  final Matrix x_ND; // the residual stream after the last block
  final Matrix out_ND; // the last norm's output
  final Matrix dx_ND; // the residual stream's gradient
  final Matrix dnorm_ND;
  final Matrix dqkv_NQ;
  final Matrix datt_NA;
  final Matrix dinner_NG;
  final Matrix dact_NF;
  final HeadTile head;

  /**
   * What one block keeps.
   *
   * @param raw_NP queries and keys before each head's norm; null where none is, or no backward pass
   *     follows
   */
  record OfBlock(
      Matrix x_ND,
      Matrix norm_ND,
      Matrix raw_NP,
      Matrix qkv_NQ,
      Slab p_BHTT,
      Matrix att_NA,
      Matrix mid_ND,
      Matrix midNorm_ND,
      Matrix inner_NG,
      Matrix act_NF) {}

  /**
   * @param rows sequences
   * @param time ids of each
   * @param training whether a backward pass follows; if not, its memory is left out and the blocks
   *     share theirs
   */
  Activations(ModelShape shape, DataType dtype, int rows, int time, boolean training) {
    this.dtype = dtype;
    this.rows = rows;
    this.time = time;
    int width = shape.width();
    int attention = shape.attention();
    int qkv = attention + 2 * shape.keys();
    int inner = shape.inner();
    int gate = new Activation(shape).inputs() * inner;
    Matrix next = matrix(width);
    for (int i = 0; i < shape.layers(); i++) {
      if (i > 0 && !training) {
        OfBlock first = blocks.get(0);
        // Keys and values are wanted once more: they go to the cache.
        blocks.add(
            new OfBlock(
                first.x_ND,
                first.norm_ND,
                null,
                matrix(qkv),
                first.p_BHTT,
                first.att_NA,
                first.mid_ND,
                first.midNorm_ND,
                first.inner_NG,
                first.act_NF));
        continue;
      }
      blocks.add(
          new OfBlock(
              next,
              matrix(width),
              training && shape.qkNorm() ? matrix(attention + shape.keys()) : null,
              matrix(qkv),
              slab((long) rows * shape.heads() * time * time),
              matrix(attention),
              matrix(width),
              matrix(width),
              matrix(gate),
              matrix(inner)));
      next = training ? matrix(width) : next;
    }
    x_ND = next;
    out_ND = matrix(width);
    dx_ND = training ? matrix(width) : null;
    dnorm_ND = training ? matrix(width) : null;
    dqkv_NQ = training ? matrix(qkv) : null;
    datt_NA = training ? matrix(attention) : null;
    dinner_NG = training ? matrix(gate) : null;
    dact_NF = training ? matrix(inner) : null;
    int tile = Math.min(Head.TILE, rows * time);
    head =
        new HeadTile(
            Matrix.of(slab((long) tile * width), tile, width),
            Matrix.of(slab((long) tile * shape.vocabulary()), tile, shape.vocabulary()));
  }

  private Matrix matrix(int columns) {
    return Matrix.of(slab((long) rows * time * columns), rows * time, columns);
  }

  private Slab slab(long length) {
    Slab slab = new Slab(dtype, length);
    slabs.add(slab);
    return slab;
  }

  @Override
  public void close() {
    slabs.forEach(Slab::close);
  }
}
