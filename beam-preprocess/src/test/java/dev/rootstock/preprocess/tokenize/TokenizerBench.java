package dev.rootstock.preprocess.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * How fast encoders are on one thread, in MB of UTF-8 a second: ours, DJL's binding of the same
 * {@code tokenizer.json}, and jtokkit with GPT-2's own vocabulary. Run by hand: {@code
 * TokenizerBench tokenizer.json text.txt …}. Each text is a document a block of lines; the figure
 * is the median of rounds that take turns.
 */
final class TokenizerBench {
  private static final int DOCUMENT = 4_000; // characters, about
  private static final int ROUNDS = 7;
  private static final int SLOW = 1_000_000; // characters are enough for an encoder of 1 MB/s

  private TokenizerBench() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    byte[] json = Files.readAllBytes(file);
    EncodingRegistry registry = Encodings.newDefaultEncodingRegistry();
    Encoding jtokkit = registry.getEncoding(EncodingType.R50K_BASE);
    try (HuggingFaceTokenizer djl =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(file)
            .optTruncation(false)
            .optPadding(false)
            .optAddSpecialTokens(false)
            .build()) {
      for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
        List<String> documents = documents(Files.readString(Path.of(name)));
        BytePairTokenizer ours = BytePairTokenizer.read(json);
        Map<String, ToIntFunction<String>> encoders = new LinkedHashMap<>();
        encoders.put("ours", text -> ours.encode(text).length);
        encoders.put("jtokkit r50k", text -> size(jtokkit.encodeOrdinary(text)));
        encoders.put("djl", text -> djl.encode(text).getIds().length);
        measure(Path.of(name).getFileName().toString(), documents, encoders);
      }
    }
  }

  private static void measure(
      String name, List<String> documents, Map<String, ToIntFunction<String>> encoders) {
    Map<String, List<Double>> speeds = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      encoders.forEach(
          (encoder, encode) -> {
            long bytes = 0;
            long tokens = 0;
            long begin = System.nanoTime();
            int most = encoder.equals("djl") ? SLOW : Integer.MAX_VALUE;
            for (int i = 0; i < documents.size() && bytes < most; i++) {
              tokens += encode.applyAsInt(documents.get(i));
              bytes += documents.get(i).getBytes(StandardCharsets.UTF_8).length;
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            speeds
                .computeIfAbsent(
                    String.format(
                        Locale.ROOT, "%s (%.2f bytes a token)", encoder, bytes / (double) tokens),
                    unknown -> new ArrayList<>())
                .add(bytes / 1e6 / seconds);
          });
    }
    speeds.forEach(
        (encoder, all) -> {
          double first = all.get(0);
          all.sort(null);
          System.out.printf(
              Locale.ROOT,
              "%-16s %-40s %8.2f MB/s, first round %.2f%n",
              name,
              encoder,
              all.get(ROUNDS / 2),
              first);
        });
  }

  private static int size(IntArrayList ids) {
    return ids.size();
  }

  private static List<String> documents(String text) {
    List<String> documents = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int line = text.indexOf('\n', Math.min(text.length(), start + DOCUMENT));
      int end = line < 0 ? text.length() : line + 1;
      documents.add(text.substring(start, end));
      start = end;
    }
    return documents;
  }
}
