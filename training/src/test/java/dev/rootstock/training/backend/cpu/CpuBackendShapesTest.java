package dev.rootstock.training.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.ModelShape.RopeScaling;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backend.Kind;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.backend.nd4j.Nd4jBackend;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures that are multiples of nothing: a vocabulary of 257, 19 positions, 5 rows on 3 lanes, and
 * chunks, tiles and vectors that end within. Element by element against nd4j in float64.
 */
class CpuBackendShapesTest {
  private static final int ROWS = 5;
  private static final int TIME = 19;
  private static final int VOCABULARY = 257;
  private static final double NEAR = 1e-5;

  private record Case(String name, ModelShape shape, Learns learns, Measures measures) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> cases() {
    Measures small = new Measures(40, 7, 5); // two rows of 19, and a third alone
    Measures large = new Measures(2048, 512, 64);
    Optional<RopeScaling> scaled = Optional.of(new RopeScaling(8, 1, 4, 8));
    Learns dropping =
        new Learns(
            Optional.of(new LoraSpec(5, 2, Optional.of(0.3), Optional.empty(), Optional.of(true))),
            Set.of(),
            11);
    return Stream.of(
        new Case("GPT-2", shape(Family.GPT2, 3, 3, 14, true), Learns.all(), small),
        new Case("GPT-2 in one chunk", shape(Family.GPT2, 3, 3, 14, true), Learns.all(), large),
        new Case("Llama, grouped", shape(Family.LLAMA, 6, 2, 10, false), Learns.all(), small),
        new Case(
            "Llama, scaled positions",
            stretched(shape(Family.LLAMA, 6, 3, 10, true), scaled),
            Learns.all(),
            large),
        new Case(
            "Llama, adapter with dropout", shape(Family.LLAMA, 6, 2, 10, true), dropping, small),
        new Case(
            "GPT-2, adapter with dropout", shape(Family.GPT2, 3, 3, 14, true), dropping, large),
        new Case("Qwen2", shape(Family.QWEN2, 6, 3, 10, true), Learns.all(), small),
        new Case("Qwen3", shape(Family.QWEN3, 4, 2, 18, true), Learns.all(), small));
  }

  private static ModelShape shape(Family family, int heads, int kvHeads, int wide, boolean tied) {
    return new ModelShape(
        family, 2, 42, heads, kvHeads, wide, 45, VOCABULARY, TIME + 2, 1e-5, 10_000, tied);
  }

  private static ModelShape stretched(ModelShape s, Optional<RopeScaling> scaling) {
    return new ModelShape(
        s.family(),
        s.layers(),
        s.width(),
        s.heads(),
        s.kvHeads(),
        s.headWidth(),
        s.inner(),
        s.vocabulary(),
        s.context(),
        s.normEpsilon(),
        s.ropeBase(),
        s.tiedHead(),
        scaling);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyGradientIsThatOfFloat64(Case c) {
    Numeric wide = new Numeric(Numeric.Dtype.FLOAT64, Numeric.Device.CPU);
    try (Backend own = new CpuBackend(c.shape(), c.learns(), 3, c.measures());
        Backend reference = new Nd4jBackend(c.shape(), c.learns(), wide, 2)) {
      fill(own);
      fill(reference);
      for (int step = 1; step <= 2; step++) {
        Batch batch = packed(step);
        double scale = 1.0 / batch.predicted();
        double loss = own.accumulate(batch, scale);
        double expected = reference.accumulate(batch, scale);

        assertThat(Math.abs(loss / expected - 1)).isLessThan(NEAR);
        assertThat(apart(own, reference, Kind.GRADIENT)).isLessThan(NEAR);
        OptimizerSpec optimizer = new OptimizerSpec(0.9, 0.95, 1e-4, 0.1, 0.5);
        own.update(optimizer, 0.01, step);
        reference.update(optimizer, 0.01, step);
        assertThat(apart(own, reference, Kind.WEIGHT)).isLessThan(NEAR);
        assertThat(apart(own, reference, Kind.EXP_AVG)).isLessThan(NEAR);
        assertThat(apart(own, reference, Kind.EXP_AVG_SQ)).isLessThan(2 * NEAR);
      }
    }
  }

  /** Lanes gather in their own order, whoever has how many rows. */
  @Test
  void moreLanesThanRowsComeToTheSame() {
    ModelShape shape = shape(Family.LLAMA, 6, 2, 10, true);
    try (Backend one = new CpuBackend(shape, Learns.all(), 1, Measures.DEFAULT);
        Backend many = new CpuBackend(shape, Learns.all(), 8, Measures.DEFAULT)) {
      fill(one);
      fill(many);
      double loss = one.accumulate(packed(1), 0.1);
      assertThat(Math.abs(many.accumulate(packed(1), 0.1) / loss - 1)).isLessThan(NEAR);
      assertThat(apart(many, one, Kind.GRADIENT)).isLessThan(NEAR);
    }
  }

  @Test
  void lossThatIsNotANumberShows() {
    ModelShape shape = shape(Family.LLAMA, 6, 2, 10, true);
    try (Backend backend = new CpuBackend(shape, Learns.all(), 2, Measures.DEFAULT)) {
      fill(backend);
      try (INDArray broken = Nd4j.create(DataType.FLOAT, 42)) {
        broken.putScalar(5, Float.NaN);
        backend.write("model.layers.1.input_layernorm.weight", Kind.WEIGHT, broken);
      }
      assertThat(backend.accumulate(packed(1), 1)).isNaN();
      assertThat(backend.update(OptimizerSpec.DEFAULT, 0.1, 1)).isNaN();
    }
  }

  @Test
  void describesWhatDecidesItsBits() {
    try (Backend backend =
        new CpuBackend(shape(Family.GPT2, 3, 3, 14, true), Learns.all(), 2, Measures.DEFAULT)) {
      assertThat(backend.describe())
          .startsWith("cpu, 2 lanes, chunks of 2048 tokens")
          .contains("vectors of " + Access.LANES + " floats", "JDK ", "OpenBLAS 0.3");
    }
  }

  @Test
  void chunksAreToldByTheEnvironment() {
    assertThat(Measures.of(null)).isEqualTo(Measures.DEFAULT);
    assertThat(Measures.of("512").sequences(200)).isEqualTo(2);
    assertThat(Measures.of("100").sequences(200)).isEqualTo(1);
    assertThatThrownBy(() -> Measures.of("many"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("ROOTSTOCK_CHUNK_TOKENS is many");
  }

  private static void fill(Backend backend) {
    Random random = new Random(3);
    for (TensorLayout tensor : backend.layout()) {
      double middle = tensor.shape().size() == 1 && tensor.name().endsWith(".weight") ? 1 : 0;
      double[] values =
          random.doubles(tensor.elements(), -0.3, 0.3).map(v -> (float) (middle + v)).toArray();
      try (INDArray array = Nd4j.createFromArray(values)) {
        backend.write(tensor.name(), Kind.WEIGHT, array);
      }
    }
  }

  /** Documents of every length, a quarter of the targets ignored, one row wholly. */
  private static Batch packed(long seed) {
    Random random = new Random(seed);
    int[] ids = random.ints(ROWS * TIME, 0, VOCABULARY).toArray();
    int[] targets = random.ints(ROWS * TIME, 0, VOCABULARY).toArray();
    int[] begins = new int[ROWS * TIME];
    for (int i = 0; i < targets.length; i++) {
      boolean last = i / TIME == ROWS - 1;
      targets[i] = last || random.nextInt(4) == 0 ? Batch.IGNORED : targets[i];
      int before = i % TIME == 0 ? 0 : begins[i - 1];
      begins[i] = i / TIME > 0 && random.nextInt(5) == 0 ? i % TIME : before;
    }
    return new Batch(ids, targets, begins, ROWS, TIME);
  }

  private static double apart(Backend a, Backend b, Kind kind) {
    double most = 0;
    for (TensorLayout tensor : b.layout()) {
      if (kind == Kind.WEIGHT || tensor.trained()) {
        double[] x = read(a, tensor.name(), kind);
        double[] y = read(b, tensor.name(), kind);
        double apart = 0;
        double size = 0;
        for (int i = 0; i < x.length; i++) {
          apart += (x[i] - y[i]) * (x[i] - y[i]);
          size += y[i] * y[i];
        }
        double distance = Math.sqrt(apart / size);
        // The bias of GPT-2's and Qwen2's keys has no gradient but rounding.
        boolean nothing = Math.sqrt(size / x.length) < 1e-9;
        most = Math.max(most, nothing ? 0 : distance);
      }
    }
    return most;
  }

  private static double[] read(Backend backend, String name, Kind kind) {
    try (INDArray array = backend.read(name, kind);
        INDArray wide = array.castTo(DataType.DOUBLE)) {
      return wide.data().asDouble();
    }
  }
}
