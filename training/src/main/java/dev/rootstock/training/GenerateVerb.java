package dev.rootstock.training;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Reply;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.StoredFolder;
import dev.rootstock.training.checkpoint.TextEnds;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Text that goes on from prompts: those of the order, or each line of standard input until it ends.
 */
final class GenerateVerb implements Verb<GenerateOrder> {
  @Override
  public Class<GenerateOrder> order() {
    return GenerateOrder.class;
  }

  @Override
  public Generated carryOut(GenerateOrder order, ProgressLog progress, Stop stop)
      throws IOException, InterruptedException {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      BytePairTokenizer tokenizer =
          ModelTokenizer.read(store, order.model().tokenizer()).tokenizer();
      try (Backend model =
          StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
        Writer writer =
            new Writer(
                model,
                order.model().shape().context(),
                tokenizer.endOfText(),
                ends(StoredModel.folder(store, order.model()), order, tokenizer));
        Sampler sampler =
            new Sampler(
                order.temperature(),
                order.topK(),
                order.topP(),
                order.repetitionPenalty(),
                order.seed());
        if (order.prompts().isEmpty()) {
          converse(order, tokenizer, writer, sampler, progress, stop);
        }
        List<Generated.Answer> answers = new ArrayList<>();
        for (String prompt : order.prompts()) {
          if (stop.asked()) {
            throw new Stopped(
                "left after " + answers.size() + " of " + order.prompts().size() + " prompts");
          }
          int[] given = tokenizer.encodeMarked(prompt);
          sampler.begin(answers.size(), given);
          int[] ids = writer.write(given, order.maxTokens(), sampler);
          answers.add(
              new Generated.Answer(tokenizer.decode(ids), Arrays.stream(ids).boxed().toList()));
          progress.at(Progress.of("generate", answers.size(), order.prompts().size(), "prompts"));
        }
        return new Generated(answers);
      }
    }
  }

  /** As the model's folder names them, else the tokenizer's end of text. */
  private static Set<Integer> ends(
      StoredFolder folder, GenerateOrder order, BytePairTokenizer tokenizer) throws IOException {
    Map<String, Map<?, ?>> files = new HashMap<>();
    folder
        .small(HuggingFaceFolder.GENERATION, HuggingFaceFolder.CONFIG)
        .forEach(
            (name, bytes) ->
                files.put(name, (Map<?, ?>) Json.parse(new String(bytes, StandardCharsets.UTF_8))));
    List<Integer> named =
        TextEnds.of(
            files.getOrDefault(HuggingFaceFolder.GENERATION, Map.of()),
            files.getOrDefault(HuggingFaceFolder.CONFIG, Map.of()),
            order.model().shape().vocabulary());
    return named.isEmpty() ? Set.of(tokenizer.endOfText()) : Set.copyOf(named);
  }

  private static void converse(
      GenerateOrder order,
      BytePairTokenizer tokenizer,
      Writer writer,
      Sampler sampler,
      ProgressLog progress,
      Stop stop)
      throws InterruptedException {
    progress.tell("ready for prompts, a JSON string a line");
    long row = 0;
    for (Optional<String> line = stop.line(); line.isPresent(); line = stop.line()) {
      progress.reply(reply(line.get(), row++, order, tokenizer, writer, sampler));
    }
  }

  private static Reply reply(
      String line,
      long row,
      GenerateOrder order,
      BytePairTokenizer tokenizer,
      Writer writer,
      Sampler sampler) {
    try {
      if (Json.parse(line) instanceof String prompt) {
        int[] given = tokenizer.encodeMarked(prompt);
        sampler.begin(row, given);
        int[] ids = writer.write(given, order.maxTokens(), sampler);
        return new Reply(tokenizer.decode(ids), Optional.empty());
      }
    } catch (IllegalArgumentException notJson) {
      return new Reply("", Optional.of("the line is not JSON: " + notJson.getMessage()));
    }
    return new Reply("", Optional.of("the line is not a JSON string"));
  }
}
