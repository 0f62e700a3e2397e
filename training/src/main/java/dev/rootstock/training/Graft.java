package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneResult;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Scores;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.StoppingSpec;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.task.TaskSplit;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.data.ChatExamples;
import dev.rootstock.training.data.Example;
import dev.rootstock.training.data.TaskExamples;
import dev.rootstock.training.data.TokenBatches;
import dev.rootstock.training.evaluate.Commonest;
import dev.rootstock.training.evaluate.Evaluator;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import dev.rootstock.training.model.Learns;
import dev.rootstock.training.model.TensorLayout;
import dev.rootstock.training.optimize.MemoryNeed;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One order under way: its rows, and what becomes of a model that learns them. */
final class Graft {
  private static final int DEV_ROWS =
      512; // scored at each evaluation, at most; more would take longer than learning

  private final FinetuneOrder order;
  private final FinetuneSpec spec;
  private final ModelShape shape;
  private final ArtifactStore store;
  private final Place place;
  private final ProgressLog progress;
  private final Stop stop;
  private final ModelTokenizer tokenizer;
  private final TaskSplit rows;
  private final TaskExamples examples;
  private final List<Example> train;
  private final RowLengths lengths;

  /**
   * Reads the rows.
   *
   * @param place among the jobs that are done together
   */
  Graft(FinetuneOrder order, ArtifactStore store, Place place, ProgressLog progress, Stop stop)
      throws IOException {
    this.order = order;
    this.spec = order.finetune();
    this.store = store;
    this.place = place;
    this.progress = progress;
    this.stop = stop;
    shape = order.base().map(CheckpointRef::shape).or(spec::scratch).orElseThrow();
    tokenizer = ModelTokenizer.read(store, order.tokenizer());
    new Check()
        .that(
            shape.vocabulary() == tokenizer.tokenizer().vocabulary()
                || (order.base().isPresent() // an imported one may have spare ids
                    && shape.vocabulary() > tokenizer.tokenizer().vocabulary()),
            "finetune.scratch.vocabulary",
            shape.vocabulary(),
            "the tokenizer's, " + tokenizer.tokenizer().vocabulary())
        .done();
    rows = TaskSplit.read(spec.task(), order.data(), order.test(), new WherePinned());
    rows.notes().forEach(this::tell);
    examples = spec.task().type() == TaskType.CHAT ? conversations() : labelled();
    train = examples.of(rows.train());
    lengths = RowLengths.of(examples, train, examples.of(rows.dev()), examples.of(rows.test()));
  }

  private TaskExamples conversations() {
    ChatExamples chat =
        new ChatExamples(tokenizer.chatTemplate(), tokenizer.tokenizer(), shape.context());
    return TaskExamples.of(chat, spec.turns().orElse(FinetuneSpec.Turns.ALL));
  }

  private TaskExamples labelled() {
    Stream<TaskRow> all = Stream.of(rows.train(), rows.dev(), rows.test()).flatMap(List::stream);
    return TaskExamples.of(
        spec.task().type(),
        tokenizer.tokenizer(),
        shape.context(),
        all.map(TaskRow::answer).toList());
  }

  /**
   * Which of how many that are done together.
   *
   * @param number from 1
   * @param of whose time each has an equal part in
   */
  record Place(int number, int of) {
    static final Place ALONE = new Place(1, 1);

    /** Words that name the job where it has neighbours. */
    String of(String words) {
      return of == 1 ? words : "job " + number + " of " + of + ": " + words;
    }
  }

  private void tell(String words) {
    progress.tell(place.of(words));
  }

  /** With a model of its own. */
  FinetuneResult alone() throws IOException {
    int threads = order.attempt().cores();
    long trainable = learns().count(shape);
    MemoryNeed need = MemoryNeed.of(shape, spec.numeric(), trainable, 1, threads, longestRow());
    need.check();
    tell(
        String.format(
            Locale.ROOT,
            "%,d of %,d parameters learn, rows of at most %,d tokens, at most %.2f GB of memory",
            trainable,
            shape.parameters(),
            longestRow(),
            need.bytes() / 1e9));
    try (Backend model = Backends.open(shape, learns(), spec.numeric(), threads)) {
      begin(model);
      if (order.base().isPresent()) {
        StoredModel.load(store, order.base().get(), model);
      }
      return on(model);
    }
  }

  /** Positions of the longest row that the model is given, at most the context. */
  int longestRow() {
    int own = spec.packing().orElse(false) ? lengths.shared() : lengths.longest();
    int heldOut = order.heldOut().map(TokensRef::context).orElse(1);
    return Math.min(shape.context(), Math.max(own, heldOut));
  }

  /** Gives what learns its first weights. */
  void begin(Backend model) {
    FirstWeights.fill(model, shape, spec.seed());
  }

  ModelShape shape() {
    return shape;
  }

  Learns learns() {
    return Learns.of(shape, spec.lora(), spec.freeze(), spec.seed());
  }

  /** Values that learn. */
  static long trainable(Backend model) {
    return model.layout().stream()
        .filter(TensorLayout::trained)
        .mapToLong(TensorLayout::elements)
        .sum();
  }

  /**
   * On a model whose base is loaded.
   *
   * @return the result, saved
   */
  FinetuneResult on(Backend model) throws IOException {
    List<TaskRow> devRows = rows.dev().subList(0, Math.min(DEV_ROWS, rows.dev().size()));
    List<Example> dev = examples.of(devRows);
    new Check()
        .that(
            !train.isEmpty() && (!dev.isEmpty() || devRows.isEmpty()),
            "data",
            "conversations longer than the context, whose answers lie behind its end",
            "some with an answer among the first " + shape.context() + " tokens",
            "Take a base with a larger context")
        .done();
    long lost = rows.train().size() - train.size();
    if (examples.type() == TaskType.CHAT && lost > 0) {
      tell(lost + " conversations have no answer within the context and are left out");
    }
    Optional<Commonest> floor =
        Optional.of(examples.type())
            .filter(TaskType.CLASSIFY::equals)
            .map(labels -> Commonest.of(rows.test()));
    floor.ifPresent(most -> tell(most.words(rows.test().size())));
    Metrics metrics = new Metrics();
    Tempo tempo =
        new Tempo(
            progress,
            place.of("finetune"),
            Grafting.steps(spec, train.size()),
            0,
            Optional.empty());
    Optional<Scores> before =
        order.base().isPresent() ? Optional.of(score(model, "score the base")) : Optional.empty();
    Optional<Double> heldOutBefore = order.base().isPresent() ? heldOut(model) : Optional.empty();
    Grafting grafting =
        new Grafting(
            spec,
            model,
            train,
            dev,
            () -> judged(model, dev, devRows),
            lengths.shared(),
            shape.vocabulary(),
            metrics,
            stop);
    long steps = grafting.train(tempo, this::tell);
    Scores scores = score(model, "score the finetune");
    floor.flatMap(most -> most.doubt(scores, spec.method())).ifPresent(this::tell);
    Optional<Double> heldOutAfter = heldOut(model);
    long tokens = grafting.tokens();
    FinetuneResult unplaced =
        new FinetuneResult(
            new CheckpointRef(
                order.fingerprint(),
                "",
                steps,
                shape,
                order.tokenizer(),
                spec.lora().flatMap(lora -> order.base().map(CheckpointRef::location))),
            scores,
            before,
            heldOutBefore,
            heldOutAfter,
            rows.train().size(),
            steps,
            trainable(model),
            new Spent(tempo.seconds() / place.of(), tokens * shape.trainingFlopsPerToken(), tokens),
            Optional.of(sample(model)));
    return new FinetuneSave(order, store, model, tokenizer).save(unplaced, metrics);
  }

  /** What the best state is chosen by. */
  private double judged(Backend model, List<Example> dev, List<TaskRow> devRows) {
    Evaluator evaluator = evaluator(model, "finetune, score dev rows");
    return spec.stopping()
        .flatMap(StoppingSpec::metric)
        .map(metric -> evaluator.score(devRows, rows.labels()).find(metric).orElseThrow())
        .orElseGet(() -> evaluator.loss(dev));
  }

  private Scores score(Backend model, String stage) {
    return evaluator(model, stage).score(rows.test(), rows.labels());
  }

  private Evaluator evaluator(Backend model, String stage) {
    return new Evaluator(model, examples, pulse(stage));
  }

  private Evaluator.Pulse pulse(String stage) {
    return (done, of) -> {
      progress.at(Progress.of(place.of(stage), done, of, "rows"));
      if (stop.asked()) {
        throw new Stopped("left while scoring; a finetune begins again from its base");
      }
    };
  }

  private Optional<Double> heldOut(Backend model) throws IOException {
    if (order.heldOut().isEmpty() || order.heldOut().get().validationBytes() == 0) {
      return Optional.empty();
    }
    try (TokenBatches tokens =
        TokenBatches.heldOut(store, order.heldOut().get(), shape.vocabulary())) {
      return Optional.of(Evaluator.bitsPerByte(model, tokens, pulse("score held-out text")));
    }
  }

  private String conversation(Backend model, Conversation whole) {
    int last = whole.messages().size() - 1;
    while (!whole.messages().get(last).role().equals(Conversation.ASSISTANT)) {
      last--;
    }
    Conversation asked = new Conversation(whole.messages().subList(0, last));
    int[] prompt =
        asked.messages().isEmpty() ? new int[0] : examples.chat().orElseThrow().prompt(asked);
    Writer writer = new Writer(model, shape.context(), tokenizer.tokenizer().endOfText());
    int[] ids = writer.write(prompt, 60, Sampler.greedy());
    return asked.plain()
        + " => "
        + tokenizer.tokenizer().decode(ids).strip()
        + " (wanted: "
        + whole.messages().get(last).content()
        + ")";
  }

  private String sample(Backend model) {
    TaskRow row = rows.test().get(0);
    Evaluator evaluator = evaluator(model, "sample");
    if (examples.type() == TaskType.CHAT) {
      return conversation(model, Conversation.parse(row.text()));
    }
    if (examples.type() == TaskType.LANGUAGE_MODEL) {
      int[] ids = tokenizer.tokenizer().encode(row.text());
      int[] prompt = Arrays.copyOf(ids, Math.min(8, ids.length));
      Writer writer = new Writer(model, shape.context(), tokenizer.tokenizer().endOfText());
      int[] more = writer.write(prompt, 40, Sampler.greedy());
      return tokenizer.tokenizer().decode(prompt) + " …" + tokenizer.tokenizer().decode(more);
    }
    String answer =
        examples.type() == TaskType.CLASSIFY
            ? evaluator.labels(List.of(row.text()), rows.labels()).get(0)
            : evaluator.answer(row.text());
    return row.text() + " => " + answer + " (wanted: " + row.answer() + ")";
  }
}
