package dev.rootstock.training.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.AdaptersBenchOrder;
import dev.rootstock.contract.engine.AdaptersBenchRun;
import dev.rootstock.contract.engine.PeakMemory;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.training.FirstWeights;
import dev.rootstock.training.backend.AdapterGroup;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.Example;
import dev.rootstock.training.model.Initialization;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code bench-adapters}: one job is learned as {@code finetune} does, several as {@code finetunes}
 * does.
 */
public final class AdaptersBenchVerb implements Verb<AdaptersBenchOrder> {
  @Override
  public Class<AdaptersBenchOrder> order() {
    return AdaptersBenchOrder.class;
  }

  @Override
  public AdaptersBenchRun carryOut(AdaptersBenchOrder order, ProgressLog progress, Stop stop)
      throws Exception {
    TrainBenchOrder training = order.training();
    new Check()
        .positive("training.batch", training.batch())
        .positive("training.steps", training.steps())
        .positive("training.threads", training.threads())
        .positive("answers", order.answers())
        .that(
            order.tokens() <= training.shape().context() && order.tokens() / 2 > order.answers(),
            "tokens",
            order.tokens(),
            "at most the context, and more than twice the answers")
        .that(!order.jobs().isEmpty(), "jobs", order.jobs(), "at least one")
        .done();
    if (order.jobs().size() > 1) {
      return together(order, progress, stop);
    }
    Job job = new Job(order, order.jobs().get(0), progress, stop);
    try (Backend model =
        Backends.open(training.shape(), job.learns(), training.numeric(), training.threads())) {
      fill(model, training);
      Job.Learned learned = job.learn(model, () -> {});
      return run(order, model, List.of(learned));
    }
  }

  private static AdaptersBenchRun together(
      AdaptersBenchOrder order, ProgressLog progress, Stop stop) throws Exception {
    TrainBenchOrder training = order.training();
    List<Job> jobs =
        order.jobs().stream().map(number -> new Job(order, number, progress, stop)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
    try (AdapterGroup group =
        Backends.group(
                training.shape(),
                jobs.stream().map(Job::learns).toList(),
                training.numeric(),
                training.threads())
            .orElseThrow(
                () ->
                    new InvalidConfig(
                        Problem.of("backend", "nd4j", "cpu; nd4j can not share a base")))) {
      fill(group.base(), training);
      CyclicBarrier warm = new CyclicBarrier(jobs.size());
      List<Future<Job.Learned>> ends = new ArrayList<>();
      for (int i = 0; i < jobs.size(); i++) {
        Job job = jobs.get(i);
        Backend model = group.jobs().get(i);
        ends.add(
            threads.submit(
                () -> {
                  try (model) {
                    return job.learn(model, warm::await);
                  }
                }));
      }
      List<Job.Learned> learned = new ArrayList<>();
      for (Future<Job.Learned> end : ends) {
        learned.add(joined(end));
      }
      return run(order, group.base(), learned);
    } finally {
      threads.shutdown();
    }
  }

  private static Job.Learned joined(Future<Job.Learned> end) throws Exception {
    try {
      return end.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private static AdaptersBenchRun run(
      AdaptersBenchOrder order, Backend model, List<Job.Learned> learned) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new AdaptersBenchRun(
        model.describe(),
        learned.stream().map(Job.Learned::losses).toList(),
        learned.stream().map(Job.Learned::sum).toList(),
        learned.stream().mapToDouble(Job.Learned::seconds).max().orElseThrow(),
        ManagementFactory.getRuntimeMXBean().getUptime() / 1e3,
        system.getProcessCpuTime() / 1e9,
        learned.get(0).trained(),
        PeakMemory.bytes());
  }

  private static void fill(Backend base, TrainBenchOrder order) {
    Initialization first = new Initialization(order.shape(), order.seed());
    for (TensorLayout tensor : base.layout()) {
      if (!tensor.trained()) {
        long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        try (INDArray values = Nd4j.createFromArray(first.values(tensor)).reshape(measures)) {
          base.write(tensor.name(), Backend.Kind.WEIGHT, values);
        }
      }
    }
  }

  private interface Wait {
    void await() throws Exception;
  }

  /** One adapter. */
  private record Job(AdaptersBenchOrder order, int number, ProgressLog progress, Stop stop) {
    record Learned(List<Double> losses, double seconds, String sum, long trained) {}

    Learns learns() {
      return new Learns(Optional.of(order.lora()), Set.of(), number);
    }

    /**
     * @param warm when the warm-up is over; where several begin to be timed at once
     */
    Learned learn(Backend model, Wait warm) throws Exception {
      TrainBenchOrder training = order.training();
      FirstWeights.fill(model, training.shape(), training.seed() + 1 + number);
      List<Double> losses = new ArrayList<>();
      long began = System.nanoTime();
      for (long step = 0; step < training.all(); step++) {
        if (step == training.warmup()) {
          warm.await();
          began = System.nanoTime();
        }
        Batch batch = batch(step);
        long answers = batch.predicted();
        losses.add(model.accumulate(batch, 1.0 / answers) / answers);
        model.update(training.optimizer(), training.schedule().rate(step), step + 1);
        progress.at(Progress.of("bench", step + 1, training.all(), "steps"));
        if (stop.asked()) {
          throw new Stopped("asked to leave after step " + (step + 1));
        }
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      return new Learned(losses, seconds, sum(model), trained(model.layout()));
    }

    private Batch batch(long step) {
      ModelShape shape = order.training().shape();
      MadeUpRows rows =
          new MadeUpRows(shape.vocabulary(), order.tokens(), order.training().seed() + 1 + number);
      List<Example> batch = new ArrayList<>();
      for (int i = 0; i < order.training().batch(); i++) {
        long row = step * order.training().batch() + i;
        int length =
            new SplittableRandom(31 * row + number).nextInt(order.tokens() / 2, order.tokens() + 1);
        int[] ids = Arrays.copyOf(rows.row(row), length + 1);
        batch.add(new Example(ids, ids.length - order.answers()));
      }
      return Example.batch(batch, shape.context());
    }

    private static long trained(List<TensorLayout> layout) {
      return layout.stream().filter(TensorLayout::trained).mapToLong(TensorLayout::elements).sum();
    }

    private static String sum(Backend model) throws NoSuchAlgorithmException {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (TensorLayout tensor : model.layout()) {
        if (tensor.trained()) {
          try (INDArray values = model.read(tensor.name(), Backend.Kind.WEIGHT)) {
            float[] copy = new float[Math.toIntExact(values.length())];
            values.data().asNioFloat().get(copy);
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * copy.length);
            bytes.asFloatBuffer().put(copy);
            digest.update(bytes.array());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
