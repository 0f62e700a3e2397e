package dev.rootstock.training;

import com.sun.management.OperatingSystemMXBean;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.evaluate.Prompted;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Greedy texts by a model and by transformers from the folder that it is exported to, in turn.
 * Arguments: a Python with transformers, {@code peer_generate.py}, layers, width (of 64 a head),
 * vocabulary, new ids, rounds, threads, then how many texts at once, perhaps several times.
 */
final class WritingSpeed {
  private static final int PROMPT = 32;
  private static final int CONTEXT = 512;

  /** One round of one side. */
  private record Round(List<List<Integer>> ids, double seconds, double processor) {}

  private WritingSpeed() {}

  public static void main(String[] arguments) throws IOException {
    int[] numbers = Stream.of(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    ModelShape shape = shape(numbers[0], numbers[1], numbers[2]);
    int tokens = numbers[3];
    String threads = arguments[7];
    try (Backend model = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, numbers[5]);
        ScratchFolder folder = ScratchFolder.create()) {
      FirstWeights.fill(model, shape, 1);
      HuggingFaceFolder.write(
          folder.path(), shape, model, Map.of(), new HuggingFaceFolder.EndOfText("<end>", 0));
      Process peer =
          new ProcessBuilder(
                  arguments[0],
                  arguments[1],
                  "--folder",
                  folder.path().toString(),
                  "--threads",
                  threads,
                  "--tokens",
                  arguments[5])
              .redirectError(Redirect.INHERIT)
              .start();
      try (BufferedReader answers =
              new BufferedReader(
                  new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
          PrintWriter questions =
              new PrintWriter(peer.getOutputStream(), true, StandardCharsets.UTF_8)) {
        System.out.println(model.describe());
        for (int i = 6; i < numbers.length; i++) {
          Round[][] rounds = new Round[2][numbers[4]];
          for (int round = -1; round < numbers[4]; round++) { // the first compiles
            List<int[]> prompts = prompts(numbers[i], shape.vocabulary());
            Round ours = ours(model, prompts, tokens);
            Round theirs = theirs(questions, answers, prompts);
            if (round >= 0) {
              rounds[0][round] = ours;
              rounds[1][round] = theirs;
            }
          }
          tell(numbers[i], tokens, rounds);
        }
      } finally {
        peer.destroy();
      }
    }
  }

  private static ModelShape shape(int layers, int width, int vocabulary) {
    int heads = width / 64;
    int inner = width * 8 / 3;
    return new ModelShape(
        ModelShape.Family.LLAMA,
        layers,
        width,
        heads,
        heads,
        64,
        inner,
        vocabulary,
        CONTEXT,
        1e-5,
        10_000,
        true);
  }

  private static List<int[]> prompts(int count, int vocabulary) {
    Random random = new Random(3);
    return Stream.generate(() -> random.ints(PROMPT, 0, vocabulary).toArray())
        .limit(count)
        .toList();
  }

  private static Round ours(Backend model, List<int[]> prompts, int tokens) {
    Writer writer = new Writer(model, CONTEXT, 0, Set.of());
    long clock = System.nanoTime();
    long processor = processor();
    List<int[]> ids =
        writer.writeAll(
            prompts.stream().map(prompt -> new Prompted(prompt, tokens, Sampler.greedy())).toList(),
            place -> {});
    return new Round(
        ids.stream().map(WritingSpeed::boxed).toList(),
        (System.nanoTime() - clock) / 1e9,
        (processor() - processor) / 1e9);
  }

  private static List<Integer> boxed(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  private static long processor() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Round theirs(PrintWriter questions, BufferedReader answers, List<int[]> prompts)
      throws IOException {
    questions.println(CanonicalJson.write(prompts.stream().map(WritingSpeed::boxed).toList()));
    Map<?, ?> answer = (Map<?, ?>) Json.parse(answers.readLine());
    List<List<Integer>> ids =
        ((List<?>) answer.get("ids"))
            .stream()
                .map(each -> ((List<?>) each).stream().map(id -> ((Number) id).intValue()).toList())
                .toList();
    return new Round(
        ids,
        ((Number) answer.get("seconds")).doubleValue(),
        ((Number) answer.get("processor")).doubleValue());
  }

  private static void tell(int texts, int tokens, Round[][] rounds) {
    long same = 0;
    for (int i = 0; i < texts; i++) {
      same += rounds[0][0].ids.get(i).equals(rounds[1][0].ids.get(i)) ? 1 : 0;
    }
    double all = (double) texts * tokens;
    String[] sides = {"rootstock", "transformers"};
    for (int side = 0; side < 2; side++) {
      double[] seconds = Arrays.stream(rounds[side]).mapToDouble(Round::seconds).sorted().toArray();
      double[] processor =
          Arrays.stream(rounds[side]).mapToDouble(Round::processor).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%d texts, %-12s: %.0f tokens/s by the clock (median; best %.0f), %.0f a second of"
              + " processor time; %d of %d texts alike%n",
          texts,
          sides[side],
          all / seconds[seconds.length / 2],
          all / seconds[0],
          all / processor[processor.length / 2],
          same,
          texts);
    }
  }
}
