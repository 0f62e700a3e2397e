package dev.rootstock.training.evaluate;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Metric;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.Tokenizer;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.data.Example;
import dev.rootstock.training.data.TaskExamples;
import dev.rootstock.training.data.TokenBatches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Scores a model on a task. A label is its answer's text and the end token, so that "neg" is no
 * beginning of "negative", and its score is the sum of their log-probabilities: what training
 * raises, and a probability over whole answers. Ties go to the first label. Wanted texts are
 * compared with what the model likeliest writes. Not thread-safe.
 */
public final class Evaluator {
  /**
   * Rows that are answered by writing, at most: a token at a time is slow, and so many tell two
   * models apart.
   */
  public static final int WRITTEN = 400;

  private static final int TOKENS_AT_ONCE = 8192; // by one forward pass

  private final Backend model;
  private final TaskExamples examples;
  private final Pulse pulse;

  /** Hears of each piece of work that is done, and may throw to end it. */
  @FunctionalInterface
  public interface Pulse {
    void done(long items, long of);
  }

  public Evaluator(Backend model, TaskExamples examples, Pulse pulse) {
    this.model = model;
    this.examples = examples;
    this.pulse = pulse;
  }

  /**
   * All figures of merit of the task's type.
   *
   * @param labels of {@code classify}, in the order in which ties are broken
   */
  public Scores score(List<TaskRow> rows, List<String> labels) {
    return switch (examples.type()) {
      case CLASSIFY -> classify(rows, labels);
      case SEQ2SEQ -> write(rows.subList(0, Math.min(WRITTEN, rows.size())));
      case LANGUAGE_MODEL -> readOn(rows);
      case CHAT -> conversations(rows);
    };
  }

  private Scores classify(List<TaskRow> rows, List<String> labels) {
    List<String> answers = labels(rows.stream().map(TaskRow::text).toList(), labels);
    List<String> wanted = rows.stream().map(TaskRow::answer).toList();
    return new Scores(
        Map.of(
            CanonicalJson.word(Metric.ACCURACY), accuracy(answers, wanted),
            CanonicalJson.word(Metric.MACRO_F1), macroF1(answers, wanted)),
        rows.size());
  }

  /** The likeliest label of each text. */
  public List<String> labels(List<String> texts, List<String> labels) {
    List<Example> all = new ArrayList<>();
    for (String text : texts) {
      int[] prompt = examples.prompt(text);
      labels.forEach(label -> all.add(examples.example(prompt, label)));
    }
    double[] nats = nats(all);
    List<String> likeliest = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      int best = 0;
      for (int label = 1; label < labels.size(); label++) {
        if (nats[text * labels.size() + label] < nats[text * labels.size() + best]) {
          best = label;
        }
      }
      likeliest.add(labels.get(best));
    }
    return likeliest;
  }

  private Scores write(List<TaskRow> rows) {
    List<String> answers = answers(rows.stream().map(TaskRow::text).toList());
    List<String> wanted = rows.stream().map(TaskRow::answer).toList();
    return new Scores(
        Map.of(
            CanonicalJson.word(Metric.EXACT_MATCH), accuracy(answers, wanted),
            CanonicalJson.word(Metric.BLEU), Bleu.of(answers, wanted),
            CanonicalJson.word(Metric.CHRF), Chrf.of(answers, wanted)),
        rows.size());
  }

  /** What the model likeliest writes to a text, trimmed. */
  public String answer(String text) {
    return answers(List.of(text)).get(0);
  }

  /** What the model likeliest writes to each of some texts, trimmed; computed side by side. */
  public List<String> answers(List<String> texts) {
    List<Prompted> prompted = new ArrayList<>();
    for (String text : texts) {
      int[] prompt = examples.prompt(text);
      int most = Math.max(1, Math.min(examples.room(), examples.context() - prompt.length + 1));
      prompted.add(new Prompted(prompt, most, Sampler.greedy()));
    }
    Tokenizer tokenizer = examples.tokenizer();
    AtomicInteger done = new AtomicInteger();
    return new Writer(model, examples.context(), tokenizer.endOfText())
        .writeAll(prompted, place -> pulse.done(done.incrementAndGet(), texts.size())).stream()
            .map(ids -> tokenizer.decode(ids).strip())
            .toList();
  }

  private Scores readOn(List<TaskRow> rows) {
    List<Example> packed = examples.of(rows);
    double bytes =
        rows.stream().mapToLong(row -> row.text().getBytes(StandardCharsets.UTF_8).length).sum();
    double nats = 0;
    for (double each : nats(packed)) {
      nats += each;
    }
    long tokens = packed.stream().mapToLong(Example::answers).sum();
    return new Scores(
        Map.of(CanonicalJson.word(Metric.BITS_PER_BYTE), nats / Math.log(2) / bytes), tokens);
  }

  /** Bits per byte of what is learned of conversations, the tokens that end turns included. */
  private Scores conversations(List<TaskRow> rows) {
    List<Example> some = examples.of(rows);
    BytePairTokenizer tokenizer = examples.chat().orElseThrow().tokenizer();
    double nats = 0;
    for (double each : nats(some)) {
      nats += each;
    }
    long bytes = 0;
    for (Example example : some) {
      for (int i = 0; i < example.ids().length; i++) {
        bytes += example.learned()[i] ? tokenizer.bytes(example.ids()[i]).length : 0;
      }
    }
    double bits = bytes == 0 ? 0 : nats / Math.log(2) / bytes;
    return new Scores(
        Map.of(CanonicalJson.word(Metric.BITS_PER_BYTE), bits),
        some.stream().mapToLong(Example::answers).sum());
  }

  /** Mean nats an answer's token of examples: what training lowers. */
  public double loss(List<Example> some) {
    double nats = 0;
    for (double each : nats(some)) {
      nats += each;
    }
    return nats / some.stream().mapToLong(Example::answers).sum();
  }

  /**
   * −log p(answer | prompt) of each example, in nats. Neighbours in length are computed together.
   */
  private double[] nats(List<Example> some) {
    double[] nats = new double[some.size()];
    List<Integer> order =
        IntStream.range(0, some.size())
            .boxed()
            .sorted(Comparator.comparingInt((Integer i) -> some.get(i).ids().length))
            .toList();
    int done = 0;
    while (done < order.size()) {
      int end = done + 1;
      while (end < order.size()
          && (end + 1 - done) * some.get(order.get(end)).ids().length <= TOKENS_AT_ONCE) {
        end++;
      }
      List<Integer> part = order.subList(done, end);
      Batch batch = Example.batch(part.stream().map(some::get).toList(), examples.context());
      double[] logs = model.score(batch);
      for (int row = 0; row < part.size(); row++) {
        for (int t = 0; t < batch.time(); t++) {
          nats[part.get(row)] -= logs[row * batch.time() + t];
        }
      }
      done = end;
      pulse.done(done, order.size());
    }
    return nats;
  }

  /** Bits per byte of what a corpus holds out. */
  public static double bitsPerByte(Backend model, TokenBatches tokens, Pulse pulse)
      throws IOException {
    double nats = 0;
    List<List<Long>> parts = tokens.validationRows();
    for (int part = 0; part < parts.size(); part++) {
      for (double log : model.score(tokens.validation(parts.get(part)))) {
        nats -= log;
      }
      pulse.done(part + 1L, parts.size());
    }
    return nats / Math.log(2) / tokens.validationBytes();
  }

  static double accuracy(List<String> answers, List<String> wanted) {
    long right =
        IntStream.range(0, wanted.size())
            .filter(i -> answers.get(i).equals(wanted.get(i).strip()))
            .count();
    return (double) right / wanted.size();
  }

  /** Mean over the labels that rows have or were given; a label never right counts 0. */
  static double macroF1(List<String> answers, List<String> wanted) {
    Map<String, int[]> counts = new TreeMap<>(); // right, given, wanted
    for (int i = 0; i < wanted.size(); i++) {
      counts.computeIfAbsent(answers.get(i), label -> new int[3])[1]++;
      counts.computeIfAbsent(wanted.get(i), label -> new int[3])[2]++;
      if (answers.get(i).equals(wanted.get(i))) {
        counts.get(wanted.get(i))[0]++;
      }
    }
    return mean(counts.values().stream().map(c -> 2.0 * c[0] / (c[1] + c[2])).toList());
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
