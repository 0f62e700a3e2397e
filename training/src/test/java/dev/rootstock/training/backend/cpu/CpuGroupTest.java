package dev.rootstock.training.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.FirstWeights;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backend.Kind;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.Initialization;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Jobs of different ranks, targets, dropout, lengths, rows and steps, alone and together. */
class CpuGroupTest {
  private static final int VOCABULARY = 61;
  private static final int CONTEXT = 40;
  private static final Measures MEASURES = new Measures(96, 16, 16);
  private static final int THREADS = 2;

  /**
   * @param time positions of its longest rows
   */
  private record Job(LoraSpec lora, int seed, int rows, int time, int steps) {
    Learns learns() {
      return new Learns(Optional.of(lora), Set.of(), seed);
    }

    Batch batch(int step) {
      int own = time - 5 * (step % 3);
      SplittableRandom random = new SplittableRandom(100L * seed + step);
      int[] ids = random.ints((long) rows * own, 0, VOCABULARY).toArray();
      int[] targets = random.ints((long) rows * own, 0, VOCABULARY).toArray();
      for (int i = 0; i < targets.length; i++) {
        targets[i] = i % own < own - 2 ? Batch.IGNORED : targets[i];
      }
      return new Batch(ids, targets, rows, own);
    }

    Map<String, float[]> learn(ModelShape shape, Backend model) {
      try (model) {
        FirstWeights.fill(model, shape, seed);
        for (int step = 0; step < steps; step++) {
          Batch batch = batch(step);
          double loss = model.accumulate(batch, 1.0 / batch.predicted());
          if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss is " + loss);
          }
          model.update(OptimizerSpec.DEFAULT, 0.01, step + 1);
        }
        return learned(model);
      }
    }
  }

  private static ModelShape shape(Family family) {
    boolean gpt2 = family == Family.GPT2;
    return new ModelShape(
        family, 2, 48, 4, gpt2 ? 4 : 2, 12, 72, VOCABULARY, CONTEXT, 1e-5, 10_000, gpt2);
  }

  private static List<Job> jobs(Family family) {
    boolean gpt2 = family == Family.GPT2;
    List<String> some = gpt2 ? List.of("c_attn", "c_fc") : List.of("q_proj", "v_proj", "up_proj");
    List<Job> jobs = new ArrayList<>();
    jobs.add(new Job(new LoraSpec(4, 8), 1, 5, 23, 6));
    jobs.add(
        new Job(
            new LoraSpec(7, 14, Optional.empty(), Optional.of(some), Optional.empty()),
            2,
            1,
            40,
            3));
    jobs.add(
        new Job(
            new LoraSpec(2, 4, Optional.of(0.2), Optional.empty(), Optional.of(true)),
            3,
            8,
            13,
            9));
    jobs.add(new Job(new LoraSpec(4, 8), 4, 3, 31, 7));
    return jobs;
  }

  private static void fillBase(Backend base, ModelShape shape) {
    Initialization first = new Initialization(shape, 99);
    for (TensorLayout tensor : base.layout()) {
      if (!tensor.name().contains(".lora_")) {
        long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        try (INDArray values = Nd4j.createFromArray(first.values(tensor)).reshape(measures)) {
          base.write(tensor.name(), Kind.WEIGHT, values);
        }
      }
    }
  }

  private static Map<String, float[]> learned(Backend model) {
    Map<String, float[]> learned = new TreeMap<>();
    for (TensorLayout tensor : model.layout()) {
      if (tensor.trained()) {
        try (INDArray values = model.read(tensor.name(), Kind.WEIGHT)) {
          float[] copy = new float[(int) values.length()];
          values.data().asNioFloat().get(copy);
          learned.put(tensor.name(), copy);
        }
      }
    }
    return learned;
  }

  private static Map<String, float[]> alone(ModelShape shape, Job job) {
    try (Backend model = new CpuBackend(shape, job.learns(), THREADS, MEASURES)) {
      fillBase(model, shape);
      return job.learn(shape, model);
    }
  }

  private interface Way {
    Map<String, float[]> of(Job job, Backend model);
  }

  private static List<Future<Map<String, float[]>>> together(
      ModelShape shape, List<Job> jobs, Way way) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try (CpuGroup group =
        new CpuGroup(shape, jobs.stream().map(Job::learns).toList(), THREADS, MEASURES)) {
      fillBase(group.base(), shape);
      List<Future<Map<String, float[]>>> ends = new ArrayList<>();
      for (int i = 0; i < jobs.size(); i++) {
        Job job = jobs.get(i);
        Backend model = group.jobs().get(i);
        ends.add(threads.submit(() -> way.of(job, model)));
      }
      for (Future<Map<String, float[]>> end : ends) {
        try {
          end.get();
        } catch (ExecutionException failed) {
          // seen by whoever asks for this job
        }
      }
      return ends;
    } finally {
      threads.shutdown();
    }
  }

  private static void same(Map<String, float[]> one, Map<String, float[]> other) {
    assertThat(one.keySet()).isEqualTo(other.keySet());
    one.forEach((name, values) -> assertThat(other.get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void everyJobLearnsToTheBitWhatItLearnsAlone(Family family) throws Exception {
    ModelShape shape = shape(family);
    List<Job> jobs = jobs(family);
    List<Future<Map<String, float[]>>> together =
        together(shape, jobs, (job, model) -> job.learn(shape, model));
    for (int i = 0; i < jobs.size(); i++) {
      same(alone(shape, jobs.get(i)), together.get(i).get());
    }
  }

  @Test
  void aJobOfBadValuesOrBadIdsFailsAlone() throws Exception {
    ModelShape shape = shape(Family.LLAMA);
    List<Job> jobs = jobs(Family.LLAMA);
    Way way =
        (job, model) -> {
          if (job.seed() == 3) {
            try (model) {
              return spoiled(shape, job, model);
            }
          }
          if (job.seed() == 4) {
            try (model) {
              model.accumulate(new Batch(new int[] {VOCABULARY}, new int[] {0}, 1, 1), 1);
            }
          }
          return job.learn(shape, model);
        };
    List<Future<Map<String, float[]>>> ends = together(shape, jobs, way);

    assertThatThrownBy(() -> ends.get(2).get()).hasMessageContaining("the loss is NaN");
    assertThatThrownBy(() -> ends.get(3).get())
        .hasMessageContaining("has id 61 and target 0; they must be below the vocabulary (61)");
    same(alone(shape, jobs.get(0)), ends.get(0).get());
    same(alone(shape, jobs.get(1)), ends.get(1).get());
  }

  private static Map<String, float[]> spoiled(ModelShape shape, Job job, Backend model) {
    TensorLayout up =
        model.layout().stream().filter(t -> t.name().endsWith("lora_B.weight")).findFirst().get();
    FirstWeights.fill(model, shape, job.seed());
    try (INDArray values =
        Nd4j.valueArrayOf(up.shape().stream().mapToLong(Long::longValue).toArray(), Float.NaN)) {
      model.write(up.name(), Kind.WEIGHT, values);
    }
    for (int step = 0; step < 2; step++) { // its neighbours' second step comes after its first
      double loss = model.accumulate(job.batch(step), 1);
      if (step == 1) {
        throw new IllegalStateException("the loss is " + loss);
      }
    }
    return Map.of();
  }

  @Test
  void noJobWritesTheBaseAndNoWholeModelJoins() {
    ModelShape shape = shape(Family.LLAMA);
    Learns adapter = jobs(Family.LLAMA).get(0).learns();
    try (CpuGroup group = new CpuGroup(shape, List.of(adapter, adapter), THREADS, MEASURES);
        INDArray values = Nd4j.zeros(48)) {
      Backend job = group.jobs().get(0);
      assertThatThrownBy(() -> job.write("model.norm.weight", Kind.WEIGHT, values))
          .hasMessageContaining("model.norm.weight belongs to all jobs");

      group.base().write("model.norm.weight", Kind.WEIGHT, values.addi(3));
      try (INDArray seen = group.jobs().get(1).read("model.norm.weight", Kind.WEIGHT)) {
        assertThat(seen.getDouble(0)).isEqualTo(3);
      }
    }
    assertThatThrownBy(() -> new CpuGroup(shape, List.of(adapter, Learns.all()), 2, MEASURES))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("one without lora");
  }
}
