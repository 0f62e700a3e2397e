package dev.rootstock.training;

import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.evaluate.Prompted;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import dev.rootstock.training.evaluate.WrittenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** A loaded model that answers as an order says. Not thread-safe. */
final class Answering {
  private final GenerateOrder order;
  private final ModelTokenizer tokenizer;
  private final Writer writer;
  private final Prompts conversation;

  Answering(GenerateOrder order, ModelTokenizer tokenizer, Backend model, Set<Integer> ends) {
    this.order = order;
    this.tokenizer = tokenizer;
    int context = order.model().shape().context();
    writer = new Writer(model, context, tokenizer.tokenizer().endOfText(), ends);
    conversation = prompts();
  }

  private Prompts prompts() {
    return Prompts.of(order.form(), tokenizer, order.model().shape().context(), order.maxTokens());
  }

  private Sampler sampler(long row, int[] given) {
    Sampler sampler =
        new Sampler(
            order.temperature(),
            order.topK(),
            order.topP(),
            order.repetitionPenalty(),
            order.seed());
    sampler.begin(row, given);
    return sampler;
  }

  /**
   * Answers prompts none of which goes before another, side by side.
   *
   * @param done hears how many have been answered, one call at a time; what it throws ends them all
   */
  List<Generated.Answer> each(List<String> prompts, IntConsumer done) {
    List<WrittenText> texts = new ArrayList<>();
    List<Prompted> prompted = new ArrayList<>();
    for (String prompt : prompts) {
      int[] given = prompts().next(prompt);
      WrittenText text = new WrittenText(tokenizer.tokenizer(), order.stops());
      Sampler sampler = sampler(texts.size(), given);
      prompted.add(new Prompted(given, order.maxTokens(), sampler, text::add));
      texts.add(text);
    }
    AtomicInteger answered = new AtomicInteger();
    writer.writeAll(prompted, place -> done.accept(answered.incrementAndGet()));
    return texts.stream().map(text -> new Generated.Answer(text.text(), text.ids())).toList();
  }

  /**
   * Answers the next line of a conversation.
   *
   * @param pieces hears the answer's characters as they are written
   */
  String next(long row, String line, Consumer<String> pieces) {
    WrittenText text = write(row, conversation.next(line), pieces);
    conversation.answered(text.text());
    return text.text();
  }

  private WrittenText write(long row, int[] given, Consumer<String> pieces) {
    WrittenText text = new WrittenText(tokenizer.tokenizer(), order.stops());
    writer.write(
        given,
        order.maxTokens(),
        sampler(row, given),
        id -> {
          boolean enough = text.add(id);
          tell(text.fresh(), pieces);
          return enough;
        });
    tell(text.rest(), pieces);
    return text;
  }

  private static void tell(String piece, Consumer<String> pieces) {
    if (!piece.isEmpty()) {
      pieces.accept(piece);
    }
  }
}
