package dev.rootstock.training.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Each operation's backward pass against central differences in float64: of Σ c · y for random c,
 * by every input and weight.
 */
class OperationsTest {
  private static final double NUDGE = 1e-5;
  private static final double TOLERANCE =
      1e-8; // of ‖a − b‖ / ‖b‖; the differences' own error is near 1e-10
  private static final int TIME =
      70; // more than one tile of attention, and the second one not full
  private static final int ROWS = 2;
  private static final int N = ROWS * TIME;

  /** Documents that begin within tiles, at a tile's edge and at a row's end; a row of one alone. */
  private static final Reach WITHIN =
      new Reach(
          IntStream.range(-2, N)
              .map(
                  n ->
                      n < 0 || n >= TIME
                          ? 0
                          : n < 3 ? 0 : n < 30 ? 3 : n < 64 ? 30 : n < 66 ? 64 : n < 69 ? 66 : 69)
              .toArray(),
          2);

  private final Random random = new Random(3);
  private final Lane lane = new Lane(0, DataType.DOUBLE);
  private Parameters parameters;

  @AfterEach
  void free() {
    lane.close();
    if (parameters != null) {
      parameters.close();
    }
  }

  @Test
  void rmsNorm() {
    norm(llama(), "model.norm");
  }

  @Test
  void layerNorm() {
    norm(gpt2(), "transformer.ln_f");
  }

  private void norm(ModelShape shape, String module) {
    fill(shape, Optional.empty());
    Norm norm = new Norm(parameters, module, 0.1);
    Matrix x = matrix(5, shape.width());
    Matrix y = matrix(5, shape.width());
    Matrix c = matrix(5, shape.width());
    Matrix dx = Matrix.of(new Slab(DataType.DOUBLE, 5L * shape.width()), 5, shape.width());
    DoubleSupplier loss =
        () -> {
          norm.forward(lane, x, y);
          return inner(y, c);
        };
    norm.backward(lane, x, c, dx);
    compare(loss, x, dx);
    compareWeights(loss, module);
  }

  @Test
  void linearWithBiasAndAdapter() {
    fill(gpt2(), Optional.of(new LoraSpec(2, 3)));
    linear(Optional.of(new LoraSpec(2, 3)), 8, 12, "transformer.h.0.mlp.c_fc");
  }

  @Test
  void linearWithBias() {
    fill(gpt2(), Optional.empty());
    linear(Optional.empty(), 8, 12, "transformer.h.0.mlp.c_fc");
  }

  @Test
  void linearGroupWithAdapters() {
    fill(llama(), Optional.of(new LoraSpec(2, 3)));
    linear(
        Optional.of(new LoraSpec(2, 3)),
        8,
        24,
        "model.layers.0.mlp.gate_proj",
        "model.layers.0.mlp.up_proj");
  }

  private void linear(Optional<LoraSpec> lora, int in, int out, String... modules) {
    Linear linear = new Linear(parameters, lora, modules);
    Matrix x = matrix(5, in);
    Matrix y = matrix(5, out);
    Matrix c = matrix(5, out);
    Matrix dx = matrix(5, in);
    DoubleSupplier loss =
        () -> {
          linear.forward(lane, x, y, false);
          return inner(y, c);
        };
    linear.backward(lane, x, c, dx);
    compare(loss, x, dx);
    for (String module : modules) {
      compareWeights(loss, module);
    }
  }

  @Test
  void rotary() {
    Rotary rotary = new Rotary(llama());
    IntUnaryOperator position = n -> WITHIN.position(n, TIME);
    Matrix x = matrix(N, 16);
    Matrix y = matrix(N, 16);
    Matrix c = matrix(N, 16);
    DoubleSupplier loss =
        () -> {
          y.slab().copy(0, x.slab(), 0, N * 16);
          rotary.forward(lane, y, position);
          return inner(y, c);
        };
    Matrix dx = matrix(N, 16);
    dx.slab().copy(0, c.slab(), 0, N * 16);
    rotary.backward(lane, dx, position);
    compare(loss, x, dx);
  }

  @Test
  void attentionWithGroupedHeads() {
    attention(Reach.WHOLE);
  }

  @Test
  void attentionWithinDocuments() {
    attention(WITHIN);
  }

  private void attention(Reach reach) {
    ModelShape shape = llama();
    Attention attention = new Attention(shape);
    Matrix qkv = matrix(N, 16);
    Matrix out = matrix(N, 8);
    Matrix c = matrix(N, 8);
    Matrix dqkv = matrix(N, 16);
    Slab p = new Slab(DataType.DOUBLE, (long) ROWS * shape.heads() * TIME * TIME);
    DoubleSupplier loss =
        () -> {
          attention.forward(lane, qkv, p, out, TIME, reach);
          return inner(out, c);
        };
    loss.getAsDouble();
    attention.backward(lane, qkv, p, c, dqkv, TIME, reach);
    compare(loss, qkv, dqkv);
    p.close();
  }

  @Test
  void noQuerySeesWhatLiesBeforeItsDocument() {
    Attention attention = new Attention(llama());
    Matrix qkv = matrix(N, 16);
    Matrix out = matrix(N, 8);
    Slab p = new Slab(DataType.DOUBLE, (long) ROWS * llama().heads() * TIME * TIME);
    attention.forward(lane, qkv, p, out, TIME, WITHIN);
    double[] before = new double[8 * N];
    lane.get(out.slab(), 0, before, before.length);
    double[] other = {9, -9, 9, -9, 9, -9, 9, -9, 9, -9, 9, -9, 9, -9, 9, -9};
    lane.put(qkv.slab(), qkv.row(65), other, 16); // the last of the document before
    attention.forward(lane, qkv, p, out, TIME, WITHIN);
    double[] after = new double[8 * N];
    lane.get(out.slab(), 0, after, after.length);

    assertThat(Arrays.copyOfRange(after, 8 * 66, 8 * N))
        .isEqualTo(Arrays.copyOfRange(before, 8 * 66, 8 * N));
    assertThat(Arrays.copyOfRange(after, 8 * 65, 8 * 66))
        .isNotEqualTo(Arrays.copyOfRange(before, 8 * 65, 8 * 66));
    p.close();
  }

  @Test
  void swiglu() {
    activation(llama());
  }

  @Test
  void gelu() {
    activation(gpt2());
  }

  private void activation(ModelShape shape) {
    Activation activation = new Activation(shape);
    Matrix x = matrix(5, activation.inputs() * 12);
    Matrix y = matrix(5, 12);
    Matrix c = matrix(5, 12);
    Matrix dx = matrix(5, activation.inputs() * 12);
    DoubleSupplier loss =
        () -> {
          activation.forward(lane, x, y);
          return inner(y, c);
        };
    activation.backward(lane, x, c, dx);
    compare(loss, x, dx);
  }

  @Test
  void embeddingWithPositions() {
    fill(gpt2(), Optional.empty());
    Embedding embedding = new Embedding(parameters, gpt2());
    IntUnaryOperator position = n -> WITHIN.position(n, TIME);
    int[] ids = random.ints(N, 0, 11).toArray();
    Matrix y = matrix(N, 8);
    Matrix c = matrix(N, 8);
    DoubleSupplier loss =
        () -> {
          embedding.forward(lane, ids, 0, y, position);
          return inner(y, c);
        };
    embedding.backward(lane, ids, 0, c, position);
    compareWeights(loss, "transformer.wte");
    compareWeights(loss, "transformer.wpe");
  }

  @Test
  void crossEntropyOverSeveralTiles() {
    fill(llama(), Optional.empty());
    Parameters.Tensor weight = parameters.tensor("lm_head.weight");
    Head head = new Head(weight);
    int rows = 2 * N; // more than two tiles of rows that predict something
    int[] targets = random.ints(rows, -1, 11).toArray();
    assertThat(targets).contains(Batch.IGNORED);
    Matrix h = matrix(rows, 8);
    Matrix dh = matrix(rows, 8);
    HeadTile tile = new HeadTile(matrix(Head.TILE, 8), matrix(Head.TILE, 11));
    DoubleSupplier loss = () -> 0.7 * head.crossEntropy(lane, h, targets, 0, 0, null, null, tile);
    head.crossEntropy(lane, h, targets, 0, 0.7, dh, null, tile);
    compare(loss, h, dh);
    compareWeights(loss, "lm_head");
  }

  @Test
  void exponentialIsExactToTheLastDigits() {
    double[] x = random.doubles(1001, -690, 690).toArray();
    x[0] = 0;
    double[] y = x.clone();
    Arithmetic.exp(y, 1.5, y.length, new double[y.length]);
    for (int i = 0; i < x.length; i++) {
      assertThat(y[i] / StrictMath.exp(x[i] - 1.5)).isBetween(1 - 1e-15, 1 + 1e-15);
    }
    double[] far = {-1e9, Double.NEGATIVE_INFINITY, Double.NaN};
    Arithmetic.exp(far, 0, 3, new double[3]);
    assertThat(far[0]).isBetween(0.0, 1e-300);
    assertThat(far[1]).isBetween(0.0, 1e-300);
    assertThat(far[2]).isNaN();
  }

  private static ModelShape llama() {
    return new ModelShape(ModelShape.Family.LLAMA, 1, 8, 2, 1, 4, 12, 11, TIME, 1e-5, 100, false);
  }

  private static ModelShape gpt2() {
    return new ModelShape(ModelShape.Family.GPT2, 1, 8, 2, 2, 4, 12, 11, TIME, 1e-5, 100, true);
  }

  private void fill(ModelShape shape, Optional<LoraSpec> lora) {
    List<TensorLayout> layout = Layout.of(shape, lora);
    parameters = new Parameters(layout, DataType.DOUBLE, 1);
    for (TensorLayout tensor : layout) {
      double[] values = random.doubles(tensor.elements(), -1, 1).toArray();
      parameters
          .tensor(tensor.name())
          .group()
          .weights
          .write(parameters.tensor(tensor.name()).at(), Nd4j.createFromArray(values));
    }
  }

  private Matrix matrix(int rows, int columns) {
    Matrix matrix = Matrix.of(new Slab(DataType.DOUBLE, (long) rows * columns), rows, columns);
    lane.put(
        matrix.slab(), 0, random.doubles((long) rows * columns, -1, 1).toArray(), rows * columns);
    return matrix;
  }

  private double inner(Matrix y, Matrix c) {
    double[] a = values(y);
    return Arithmetic.dot(a, values(c), a.length);
  }

  private double[] values(Matrix m) {
    double[] values = new double[m.rows() * m.columns()];
    lane.get(m.slab(), m.at(), values, values.length);
    return values;
  }

  private void compareWeights(DoubleSupplier loss, String module) {
    for (TensorLayout tensor : parameters.layout()) {
      if (tensor.trained() && tensor.name().startsWith(module + ".")) {
        Parameters.Tensor own = parameters.tensor(tensor.name());
        compare(loss, own.weight(), own.gradient(lane));
      }
    }
  }

  private void compare(DoubleSupplier loss, Matrix x, Matrix dx) {
    double[] found = values(dx);
    double apart = 0;
    double size = 0;
    double[] one = new double[1];
    for (int i = 0; i < found.length; i++) {
      lane.get(x.slab(), x.at() + i, one, 1);
      double middle = one[0];
      double slope =
          (at(loss, x, i, middle + NUDGE) - at(loss, x, i, middle - NUDGE)) / (2 * NUDGE);
      at(loss, x, i, middle);
      apart += (found[i] - slope) * (found[i] - slope);
      size += slope * slope;
    }
    assertThat(Math.sqrt(apart / size)).isLessThan(TOLERANCE);
  }

  private double at(DoubleSupplier loss, Matrix x, int i, double value) {
    lane.put(x.slab(), x.at() + i, new double[] {value}, 1);
    return loss.getAsDouble();
  }
}
