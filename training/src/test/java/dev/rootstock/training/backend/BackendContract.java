package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.FreezeSpec;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend.Kind;
import dev.rootstock.training.evaluate.Prompted;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import dev.rootstock.training.reference.ReferenceModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every backend must do. A subclass says how to open one, and how near to float64 it computes.
 */
public abstract class BackendContract {
  private static final int ROWS = 3;
  private static final int TIME = 9;
  private static final int VOCABULARY = 13;
  // An epsilon far above rounding: GPT-2's key biases have no gradient, and noise must not become a
  // step.
  private static final OptimizerSpec OPTIMIZER = new OptimizerSpec(0.9, 0.95, 1e-4, 0.1, 0.5);

  /** A backend with all tensors zero; two threads, if it has threads. */
  protected abstract Backend open(ModelShape shape, Learns learns);

  /**
   * Largest ‖a − b‖ / ‖b‖ of a tensor: 1e-8 in float64, 1e-5 in float32, 2e-2 where products are
   * bfloat16.
   */
  protected abstract double tolerance();

  /** A shape, and what of it learns. */
  protected record Case(String name, ModelShape shape, Learns learns) {
    Case(String name, ModelShape shape, Optional<LoraSpec> adapter) {
      this(name, shape, Learns.adapter(adapter));
    }

    Case(String name, ModelShape shape, FreezeSpec freeze) {
      this(name, shape, Learns.of(shape, Optional.empty(), Optional.of(freeze), 1));
    }

    Optional<LoraSpec> adapter() {
      return learns.adapter();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  protected static Stream<Case> cases() {
    Optional<LoraSpec> lora = Optional.of(new LoraSpec(3, 5));
    return Stream.of(
        new Case("Llama", llama(4, 4, true), Optional.empty()),
        new Case("Llama, grouped heads, own head", llama(4, 2, false), Optional.empty()),
        new Case("Llama, one head of keys, adapter", llama(4, 1, true), lora),
        new Case("Llama, stretched context", stretched(), Optional.empty()),
        new Case("Qwen2, grouped heads", qwen(Family.QWEN2, 4, 2, true), Optional.empty()),
        new Case("Qwen2, own head, adapter", qwen(Family.QWEN2, 4, 4, false), lora),
        new Case("Qwen3, heads beside the width", qwen(Family.QWEN3, 3, 1, true), Optional.empty()),
        new Case("Qwen3, own head, adapter", qwen(Family.QWEN3, 6, 3, false), lora),
        new Case("GPT-2", gpt2(), Optional.empty()),
        new Case("GPT-2, adapter", gpt2(), lora),
        new Case(
            "Llama, adapter on two of three neighbours, scaled by the root of its rank",
            llama(4, 2, false),
            Optional.of(
                new LoraSpec(
                    3,
                    5,
                    Optional.empty(),
                    Optional.of(List.of("q_proj", "v_proj", "down_proj")),
                    Optional.of(true)))),
        new Case(
            "Llama, embeddings, a block and parts of another frozen",
            llama(4, 2, false),
            new FreezeSpec(true, 1, List.of("*.self_attn.k_proj.weight", "*.mlp.up_proj.*"))),
        new Case(
            "Llama, only the last norm and the head learn",
            llama(4, 2, false),
            new FreezeSpec(true, 2, List.of())),
        new Case(
            "GPT-2, positions and biases frozen",
            gpt2(),
            new FreezeSpec(false, 0, List.of("*.bias", "*.wpe.weight", "*.ln_1.weight"))));
  }

  private static ModelShape qwen(Family family, int heads, int kvHeads, boolean tied) {
    return new ModelShape(family, 2, 16, heads, kvHeads, 6, 20, VOCABULARY, 12, 1e-6, 1_000, tied);
  }

  /** One pair turns as before, one slower and one between. */
  private static ModelShape stretched() {
    return new ModelShape(
        Family.LLAMA,
        2,
        16,
        4,
        2,
        6,
        20,
        VOCABULARY,
        12,
        1e-5,
        100,
        true,
        Optional.of(new ModelShape.RopeScaling(4, 1, 3, 60)));
  }

  private static ModelShape llama(int heads, int kvHeads, boolean tied) {
    return new ModelShape(
        Family.LLAMA, 2, 16, heads, kvHeads, 6, 20, VOCABULARY, 12, 1e-5, 100, tied);
  }

  private static ModelShape gpt2() {
    return new ModelShape(Family.GPT2, 2, 16, 4, 4, 4, 20, VOCABULARY, 12, 1e-5, 10_000, true);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndEveryGradientAgreeWithTheReference(Case c) {
    try (Backend backend = filled(c)) {
      ReferenceModel reference = reference(c, backend);
      Batch batch = batch(1);

      double loss = backend.accumulate(batch, 1.0 / batch.predicted());
      double expected =
          reference.accumulate(split(batch.ids()), split(batch.targets()), 1.0 / batch.predicted());

      assertThat(loss).isCloseTo(expected, within(tolerance() * expected));
      for (TensorLayout tensor : backend.layout()) {
        if (tensor.trained()) {
          assertNear(
              tensor.name(),
              read(backend, tensor.name(), Kind.GRADIENT),
              reference.gradient(tensor.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndEveryGradientAgreeWithTheReferenceWithinDocuments(Case c) {
    try (Backend backend = filled(c)) {
      ReferenceModel reference = reference(c, backend);
      Batch batch = batch(1);
      int[] begins = {
        0, 0, 0, 3, 3, 5, 5, 5, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2
      };
      Batch within = new Batch(batch.ids(), batch.targets(), begins, ROWS, TIME);

      double loss = backend.accumulate(within, 0.1);
      double expected =
          reference.accumulate(split(batch.ids()), split(batch.targets()), split(begins), 0.1);

      assertThat(loss).isCloseTo(expected, within(tolerance() * expected));
      assertThat(-Arrays.stream(backend.score(within)).sum())
          .isCloseTo(expected, within(tolerance() * expected));
      for (TensorLayout tensor : backend.layout()) {
        if (tensor.trained()) {
          assertNear(
              tensor.name(),
              read(backend, tensor.name(), Kind.GRADIENT),
              reference.gradient(tensor.name()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aDocumentInAPackedRowHasTheLossItHasAlone(Case c) {
    try (Backend backend = filled(c)) {
      int[] ids = Arrays.copyOf(batch(8).ids(), 12);
      int[] targets = new Random(9).ints(12, 0, VOCABULARY).toArray();
      int[] begins = {0, 0, 0, 0, 0, 5, 5, 5, 8, 8, 8, 8};
      double[] packed = backend.score(new Batch(ids, targets, begins, 1, 12));
      double[] across = backend.score(new Batch(ids, targets, 1, 12));
      int[] edges = {0, 5, 8, 12};
      for (int document = 0; document < 3; document++) {
        int from = edges[document];
        int to = edges[document + 1];
        double[] alone =
            backend.score(
                new Batch(
                    Arrays.copyOfRange(ids, from, to),
                    Arrays.copyOfRange(targets, from, to),
                    1,
                    to - from));
        assertThat(distance(Arrays.copyOfRange(packed, from, to), alone)).isLessThan(tolerance());
        assertThat(distance(Arrays.copyOfRange(across, from, to), alone) > 0.01)
            .isEqualTo(document > 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void threeStepsOfAdamWAgreeWithTheReference(Case c) {
    try (Backend backend = filled(c)) {
      ReferenceModel reference = reference(c, backend);
      for (int step = 1; step <= 3; step++) {
        Batch batch = batch(step);
        double scale = 1.0 / batch.predicted();
        backend.accumulate(batch, scale);
        double norm = backend.update(OPTIMIZER, 0.01, step);
        reference.accumulate(split(batch.ids()), split(batch.targets()), scale);
        double expected =
            reference.update(
                OPTIMIZER,
                0.01,
                step,
                name -> layout(backend, name).trained(),
                name -> layout(backend, name).decays());
        assertThat(norm).isCloseTo(expected, within(10 * tolerance() * expected));
      }
      for (TensorLayout tensor : backend.layout()) {
        assertNear(
            tensor.name(),
            read(backend, tensor.name(), Kind.WEIGHT),
            reference.weight(tensor.name()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreTheLossByPosition(Case c) {
    try (Backend backend = filled(c)) {
      Batch batch = batch(2);
      double[] scores = backend.score(batch);

      double loss = backend.accumulate(batch, 1);

      assertThat(-Arrays.stream(scores).sum()).isCloseTo(loss, within(tolerance() * loss));
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i] == 0)
            .as("position %s", i)
            .isEqualTo(batch.targets()[i] == Batch.IGNORED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textFedIdByIdHasTheLogitsOfTheWhole(Case c) {
    try (Backend backend = filled(c)) {
      ReferenceModel reference = reference(c, backend);
      int[] ids = Arrays.copyOf(batch(3).ids(), 8);
      double[] expected = reference.logitsOf(ids);
      for (int begun : new int[] {5, 1, 8}) {
        float[] logits = backend.begin(Arrays.copyOf(ids, begun));
        for (int t = begun; t <= ids.length; t++) {
          double[] row = Arrays.copyOfRange(expected, (t - 1) * VOCABULARY, t * VOCABULARY);
          assertThat(distance(wide(logits), row))
              .isLessThan(Math.max(tolerance(), 1e-6)); // logits are handed over as floats
          if (t < ids.length) {
            logits = backend.next(ids[t]);
          }
        }
      }
    }
  }

  /** Says what was told to it, and begins anew where that is told. */
  private static final class Told implements Text {
    private final int[][] pieces;
    private final List<float[]> heard = new ArrayList<>();

    Told(int[]... pieces) {
      this.pieces = pieces;
    }

    @Override
    public int[] ids() {
      return pieces[heard.size()];
    }

    @Override
    public boolean begins() {
      return heard.isEmpty() || ids().length > 1;
    }

    @Override
    public int most() {
      return 12;
    }

    @Override
    public boolean hear(float[] logits) {
      heard.add(logits.clone());
      return heard.size() < pieces.length;
    }
  }

  private static Told told(int number) {
    Random random = new Random(number);
    int begun = 1 + random.nextInt(6);
    int[][] pieces = new int[1 + random.nextInt(7)][];
    for (int i = 0; i < pieces.length; i++) {
      int ids = i == 0 ? begun : i == 3 && number % 5 == 0 ? 4 : 1;
      pieces[i] = random.ints(ids, 0, VOCABULARY).toArray();
    }
    return new Told(pieces);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textsSideBySideHaveTheLogitsThatTheyHaveAlone(Case c) {
    try (Backend backend = filled(c)) {
      List<Told> beside = IntStream.range(0, 60).mapToObj(BackendContract::told).toList();
      backend.write(beside);
      for (int i = 0; i < beside.size(); i++) {
        Told alone = told(i);
        backend.write(List.of(alone));
        assertThat(beside.get(i).heard).hasSize(alone.pieces.length);
        for (int t = 0; t < alone.heard.size(); t++) {
          assertThat(distance(wide(beside.get(i).heard.get(t)), wide(alone.heard.get(t))))
              .as("text %s, piece %s", i, t)
              .isLessThan(Math.max(tolerance(), 1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void textsSideBySideAreTheTextsThatAreWrittenAlone(Case c) {
    try (Backend backend = filled(c)) {
      Writer writer = new Writer(backend, c.shape().context(), 0, Set.of(0, 7));
      List<Prompted> prompts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Random random = new Random(i);
        int[] prompt = random.ints(random.nextInt(15), 0, VOCABULARY).toArray();
        Sampler sampler = new Sampler(i % 3 == 0 ? 0 : 1.5, 1, 3); // the likeliest repeat early
        sampler.begin(i, prompt);
        prompts.add(new Prompted(prompt, random.nextInt(30), sampler, id -> id == 5));
      }
      Set<Integer> ended = new TreeSet<>();
      List<int[]> beside = writer.writeAll(prompts, ended::add);

      assertThat(beside.stream().map(ids -> ids.length).distinct().count()).isGreaterThan(5);
      for (int i = 0; i < prompts.size(); i++) {
        Prompted one = prompts.get(i);
        one.sampler().begin(i, one.prompt());
        assertThat(beside.get(i))
            .as("text %s", i)
            .isEqualTo(writer.write(one.prompt(), one.most(), one.sampler(), one.enough()));
        assertThat(ended.contains(i)).isEqualTo(one.most() > 0);
      }
    }
  }

  @Test
  void aTextThatThrowsEndsTheOthers() {
    Case c = cases().findFirst().orElseThrow();
    try (Backend backend = filled(c)) {
      Writer writer = new Writer(backend, c.shape().context(), 0, Set.of());
      AtomicInteger heard = new AtomicInteger();
      IntPredicate counting =
          id -> {
            if (heard.incrementAndGet() == 40) {
              throw new IllegalStateException("enough of all");
            }
            return false;
          };
      List<Prompted> prompts =
          Stream.generate(() -> new Prompted(new int[] {1, 2}, 10_000, Sampler.greedy(), counting))
              .limit(5)
              .toList();

      assertThatThrownBy(() -> writer.writeAll(prompts, place -> {})).hasMessage("enough of all");
      assertThat(heard.get()).isLessThan(10_000);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twoHalfBatchesAreOneBatch(Case c) {
    try (Backend backend = filled(c)) {
      Batch batch = batch(4);
      double scale = 1.0 / batch.predicted();
      double loss = backend.accumulate(batch, scale);
      double[][] whole = gradients(backend);
      backend.update(OPTIMIZER, 0, 1); // at rate 0 it only clears

      double parts =
          backend.accumulate(rows(batch, 0, 1), scale)
              + backend.accumulate(rows(batch, 1, ROWS), scale);

      assertThat(parts).isCloseTo(loss, within(tolerance() * loss));
      double[][] sum = gradients(backend);
      for (int i = 0; i < whole.length; i++) {
        assertNear(trained(backend, i), sum[i], whole[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void paddingToTheRightChangesNothing(Case c) {
    try (Backend backend = filled(c)) {
      Batch batch = batch(5);
      double loss = backend.accumulate(batch, 0.1);
      double[][] plain = gradients(backend);
      backend.update(OPTIMIZER, 0, 1);

      double padded = backend.accumulate(padded(batch, 12), 0.1);

      assertThat(padded).isCloseTo(loss, within(tolerance() * loss));
      double[][] same = gradients(backend);
      for (int i = 0; i < plain.length; i++) {
        assertNear(trained(backend, i), same[i], plain[i]);
      }
    }
  }

  @Test
  void mergedAdapterHasTheLogitsOfTheUnmerged() {
    Case grafted = cases().filter(c -> c.adapter().isPresent()).findFirst().orElseThrow();
    LoraSpec lora = grafted.adapter().orElseThrow();
    try (Backend backend = filled(grafted);
        Backend merged = open(grafted.shape(), Learns.all())) {
      for (TensorLayout tensor : merged.layout()) {
        INDArray weight = backend.read(tensor.name(), Kind.WEIGHT).castTo(DataType.DOUBLE);
        String module = tensor.name().replace(".weight", "");
        if (backend.layout().stream().anyMatch(t -> t.name().equals(module + ".lora_A.weight"))) {
          INDArray a = backend.read(module + ".lora_A.weight", Kind.WEIGHT).castTo(DataType.DOUBLE);
          INDArray b = backend.read(module + ".lora_B.weight", Kind.WEIGHT).castTo(DataType.DOUBLE);
          weight.addi(b.mmul(a).mul(lora.factor()));
        }
        merged.write(tensor.name(), Kind.WEIGHT, weight);
      }
      int[] ids = {1, 5, 2, 11, 7};
      assertThat(distance(wide(merged.begin(ids)), wide(backend.begin(ids))))
          .isLessThan(Math.max(tolerance(), 1e-6));
    }
  }

  @Test
  void equalCallsGiveEqualBits() {
    Case c = cases().findFirst().orElseThrow();
    assertThat(afterTenSteps(c)).isDeepEqualTo(afterTenSteps(c));
  }

  private double[][] afterTenSteps(Case c) {
    try (Backend backend = filled(c)) {
      for (int step = 1; step <= 10; step++) {
        backend.accumulate(batch(step), 0.05);
        backend.update(OPTIMIZER, 0.01, step);
      }
      return backend.layout().stream()
          .map(t -> read(backend, t.name(), Kind.WEIGHT))
          .toArray(double[][]::new);
    }
  }

  @Test
  void gradientThatIsNotFiniteUpdatesNothing() {
    Case c = cases().findFirst().orElseThrow();
    try (Backend backend = filled(c)) {
      String norm = "model.norm.weight";
      double[] before = read(backend, norm, Kind.WEIGHT);
      double[] broken = new double[before.length];
      broken[3] = Double.NaN;
      backend.write(norm, Kind.GRADIENT, Nd4j.createFromArray(broken));

      assertThat(backend.update(OPTIMIZER, 0.1, 1)).isNaN();

      assertThat(read(backend, norm, Kind.WEIGHT)).isEqualTo(before);
      assertThat(read(backend, norm, Kind.GRADIENT)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void frozenTensorsStayAndHaveNoMoments(Case c) {
    try (Backend backend = filled(c)) {
      Map<String, double[]> before = new TreeMap<>();
      backend.layout().forEach(t -> before.put(t.name(), read(backend, t.name(), Kind.WEIGHT)));
      backend.accumulate(batch(1), 1);
      backend.update(OPTIMIZER, 0.1, 1);

      for (TensorLayout tensor : backend.layout()) {
        String name = tensor.name();
        double[] after = read(backend, name, Kind.WEIGHT);
        assertThat(Arrays.equals(after, before.get(name))).as(name).isEqualTo(!tensor.trained());
        if (!tensor.trained()) {
          assertThatThrownBy(() -> backend.read(name, Kind.EXP_AVG))
              .hasMessageContaining(name)
              .hasMessageContaining("frozen");
        }
      }
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    Case c = cases().findFirst().orElseThrow();
    try (Backend backend = filled(c)) {
      for (Kind kind : Kind.values()) {
        double[] values = new Random(6).doubles(c.shape().width()).map(v -> (float) v).toArray();
        backend.write("model.norm.weight", kind, Nd4j.createFromArray(values));
        assertThat(read(backend, "model.norm.weight", kind)).isEqualTo(values);
      }
    }
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    Case c = cases().findFirst().orElseThrow();
    try (Backend backend = filled(c)) {
      assertThatThrownBy(() -> backend.begin(new int[] {VOCABULARY}))
          .hasMessageContaining("below the vocabulary (13)");
      assertThatThrownBy(() -> backend.begin(new int[13]))
          .hasMessageContaining("at most the context (12)");
      assertThatThrownBy(
              () -> backend.accumulate(new Batch(new int[] {1}, new int[] {99}, 1, 1), 1))
          .hasMessageContaining("targets[0] is 99");
    }
  }

  /** Weights large enough that every part of the model matters. */
  private Backend filled(Case c) {
    Backend backend = open(c.shape(), c.learns());
    Random random = new Random(7);
    for (TensorLayout tensor : backend.layout()) {
      double middle = tensor.shape().size() == 1 && tensor.name().endsWith(".weight") ? 1 : 0;
      double[] values =
          random.doubles(tensor.elements(), -0.4, 0.4).map(v -> (float) (middle + v)).toArray();
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      backend.write(tensor.name(), Kind.WEIGHT, Nd4j.createFromArray(values).reshape(shape));
    }
    return backend;
  }

  private static ReferenceModel reference(Case c, Backend backend) {
    ReferenceModel reference = new ReferenceModel(c.shape(), c.adapter());
    for (TensorLayout tensor : backend.layout()) {
      int columns = tensor.shape().get(tensor.shape().size() - 1).intValue();
      double[] values = read(backend, tensor.name(), Kind.WEIGHT);
      reference.put(tensor.name(), values.length / columns, columns, values);
    }
    return reference;
  }

  /** A third of the targets is ignored. */
  private static Batch batch(long seed) {
    Random random = new Random(seed);
    int[] ids = random.ints(ROWS * TIME, 0, VOCABULARY).toArray();
    int[] targets =
        random
            .ints(ROWS * TIME, 0, VOCABULARY)
            .map(t -> random.nextInt(3) == 0 ? Batch.IGNORED : t)
            .toArray();
    return new Batch(ids, targets, ROWS, TIME);
  }

  private static Batch rows(Batch batch, int from, int to) {
    int[] ids = Arrays.copyOfRange(batch.ids(), from * TIME, to * TIME);
    int[] targets = Arrays.copyOfRange(batch.targets(), from * TIME, to * TIME);
    return new Batch(ids, targets, to - from, TIME);
  }

  private static Batch padded(Batch batch, int time) {
    int[] ids = new int[ROWS * time];
    int[] targets = new int[ROWS * time];
    Arrays.fill(targets, Batch.IGNORED);
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(batch.ids(), row * TIME, ids, row * time, TIME);
      System.arraycopy(batch.targets(), row * TIME, targets, row * time, TIME);
    }
    return new Batch(ids, targets, ROWS, time);
  }

  private static int[][] split(int[] flat) {
    int[][] rows = new int[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * TIME, (row + 1) * TIME);
    }
    return rows;
  }

  private static double[] read(Backend backend, String name, Kind kind) {
    try (INDArray array = backend.read(name, kind)) {
      return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
  }

  private static double[][] gradients(Backend backend) {
    return backend.layout().stream()
        .filter(TensorLayout::trained)
        .map(t -> read(backend, t.name(), Kind.GRADIENT))
        .toArray(double[][]::new);
  }

  private static String trained(Backend backend, int index) {
    return backend.layout().stream().filter(TensorLayout::trained).toList().get(index).name();
  }

  private static TensorLayout layout(Backend backend, String name) {
    return backend.layout().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private void assertNear(String name, double[] values, double[] expected) {
    assertThat(distance(values, expected)).as(name).isLessThan(tolerance());
  }

  private static double distance(double[] values, double[] expected) {
    double apart = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      apart += (values[i] - expected[i]) * (values[i] - expected[i]);
      size += expected[i] * expected[i];
    }
    return Math.sqrt(apart / size);
  }

  private static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
