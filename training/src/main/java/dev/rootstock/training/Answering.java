package dev.rootstock.training;

import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import dev.rootstock.training.evaluate.WrittenText;
import java.util.Set;
import java.util.function.Consumer;

/** A loaded model that answers as an order says. Not thread-safe. */
final class Answering {
  private final GenerateOrder order;
  private final ModelTokenizer tokenizer;
  private final Writer writer;
  private final Sampler sampler;
  private final Prompts conversation;

  Answering(GenerateOrder order, ModelTokenizer tokenizer, Backend model, Set<Integer> ends) {
    this.order = order;
    this.tokenizer = tokenizer;
    int context = order.model().shape().context();
    writer = new Writer(model, context, tokenizer.tokenizer().endOfText(), ends);
    sampler =
        new Sampler(
            order.temperature(),
            order.topK(),
            order.topP(),
            order.repetitionPenalty(),
            order.seed());
    conversation = prompts();
  }

  private Prompts prompts() {
    return Prompts.of(order.form(), tokenizer, order.model().shape().context(), order.maxTokens());
  }

  /** Answers a prompt that no other one goes before. */
  Generated.Answer alone(long row, String prompt) {
    WrittenText text = write(row, prompts().next(prompt), piece -> {});
    return new Generated.Answer(text.text(), text.ids());
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
    sampler.begin(row, given);
    writer.write(
        given,
        order.maxTokens(),
        sampler,
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
