package dev.rootstock.training;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.Piece;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Reply;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.StoredFolder;
import dev.rootstock.training.checkpoint.TextEnds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Text that goes on from prompts: those of the order, or each line of standard input until it ends.
 */
final class GenerateVerb implements Verb<GenerateOrder> {
  private static final String CHATML_END = "<|im_end|>";

  @Override
  public Class<GenerateOrder> order() {
    return GenerateOrder.class;
  }

  @Override
  public Generated carryOut(GenerateOrder order, ProgressLog progress, Stop stop)
      throws IOException, InterruptedException {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      ModelTokenizer tokenizer = ModelTokenizer.read(store, order.model().tokenizer());
      Set<Integer> ends = ends(StoredModel.folder(store, order.model()), order, tokenizer);
      try (Backend model =
          StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
        Answering answering = new Answering(order, tokenizer, model, ends);
        if (order.prompts().isEmpty()) {
          converse(answering, progress, stop);
        }
        int all = order.prompts().size();
        return new Generated(
            answering.each(
                order.prompts(),
                done -> {
                  progress.at(Progress.of("generate", done, all, "prompts"));
                  if (stop.asked() && done < all) {
                    throw new Stopped("left after " + done + " of " + all + " prompts");
                  }
                }));
      }
    }
  }

  /**
   * As the model's folder names them, else the tokenizer's end of text; in a conversation ChatML's
   * end of a turn too, where the tokenizer has it.
   */
  private static Set<Integer> ends(
      StoredFolder folder, GenerateOrder order, ModelTokenizer tokenizer) throws IOException {
    Map<String, Map<?, ?>> files = new HashMap<>();
    folder
        .small(HuggingFaceFolder.GENERATION, HuggingFaceFolder.CONFIG)
        .forEach(
            (name, bytes) ->
                files.put(name, (Map<?, ?>) Json.parse(new String(bytes, StandardCharsets.UTF_8))));
    Set<Integer> ends =
        new HashSet<>(
            TextEnds.of(
                files.getOrDefault(HuggingFaceFolder.GENERATION, Map.of()),
                files.getOrDefault(HuggingFaceFolder.CONFIG, Map.of()),
                order.model().shape().vocabulary()));
    if (ends.isEmpty()) {
      ends.add(tokenizer.tokenizer().endOfText());
    }
    if (order.form() != GenerateOrder.Form.PLAIN) {
      tokenizer.tokenizer().special(CHATML_END).ifPresent(ends::add);
    }
    return ends;
  }

  private static void converse(Answering answering, ProgressLog progress, Stop stop)
      throws InterruptedException {
    progress.tell("ready for prompts, a JSON string a line");
    long row = 0;
    for (Optional<String> line = stop.line(); line.isPresent(); line = stop.line()) {
      progress.reply(reply(line.get(), row++, answering, progress));
    }
  }

  private static Reply reply(String line, long row, Answering answering, ProgressLog progress) {
    try {
      if (Json.parse(line) instanceof String prompt) {
        String text = answering.next(row, prompt, piece -> progress.reply(new Piece(piece)));
        return new Reply(text, Optional.empty());
      }
    } catch (InvalidConfig refused) {
      return new Reply("", Optional.of(refused.getMessage()));
    } catch (IllegalArgumentException notJson) {
      return new Reply("", Optional.of("the line is not JSON: " + notJson.getMessage()));
    }
    return new Reply("", Optional.of("the line is not a JSON string"));
  }
}
