package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.Pieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our ids are those of Hugging Face's library, in its Java and its Python dress. */
class TokenizerEqualityTest {
  private static final String[] WORDS = {
    "The",
    " the",
    " quick",
    " brown",
    " don't",
    " DON'T",
    "'ll",
    " it's",
    " Ünïcode",
    " naïve",
    " 語言模型",
    "日本語の文章",
    " 한국어",
    "ภาษาไทย",
    " العربية",
    " עברית",
    " हिन्दी",
    "a\u0301",
    " e\u0301\u0323",
    "👩‍👩‍👧‍👦",
    " 🙂",
    "🇩🇪",
    " 123",
    "1234567",
    " ٣٤٥",
    " Ⅷ½",
    "\u0000",
    "\u0007",
    "\u001b[0m",
    "\u007f",
    "\r\n",
    "\n\n",
    "\n",
    "\t\t",
    "   ",
    "\u00a0",
    "\u3000",
    "\u2028",
    "\u0085",
    "\u200b",
    "\ufeff",
    "...",
    " !?",
    "_x_",
    "--",
    " (a)",
    "ſ",
    "'ſ",
    "'S",
    " ﷺ",
    "𝒳𝓎",
    "\ufffd"
  };

  @TempDir Path folder;

  private static String text(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  private static BytePairTokenizer learned(PreTokenizer pattern) {
    SortedMap<String, Long> pieces = new TreeMap<>();
    new Pieces(pattern)
        .of(text(new Random(1), 20_000))
        .forEach(piece -> pieces.merge(piece, 1L, Long::sum));
    return BytePairTokenizer.learned(pattern, MergeLearner.learn(pieces, 700, () -> {}));
  }

  private static List<String> texts() {
    Random random = new Random(2);
    List<String> texts = new ArrayList<>(Arrays.asList(WORDS));
    IntStream.range(0, 400).forEach(i -> texts.add(text(random, 1 + random.nextInt(40))));
    texts.add("a".repeat(5_000));
    texts.add(" ".repeat(5_000) + "x");
    texts.add("\n \t".repeat(2_000));
    texts.add(
        text(random, 20_000)); // far more than the 512 tokens at which DJL cuts unless told not to
    StringBuilder assigned = new StringBuilder();
    for (int c = 0; c < 0x3000; c++) {
      if (Character.isDefined(c)) {
        assigned.appendCodePoint(c).append(c % 3 == 0 ? " " : "");
      }
    }
    texts.add(assigned.toString());
    return texts;
  }

  private Path written(BytePairTokenizer tokenizer) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), tokenizer.configuration());
    return Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json());
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void equalsDjl(PreTokenizer pattern) throws IOException {
    BytePairTokenizer ours = learned(pattern);
    try (HuggingFaceTokenizer theirs =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(written(ours))
            .optTruncation(false)
            .optPadding(false)
            .optAddSpecialTokens(false)
            .build()) {
      for (String text : texts()) {
        int[] ids = ours.encode(text);
        assertThat(ids).as(shown(text)).isEqualTo(toInts(theirs.encode(text).getIds()));
        assertThat(ours.bytes(ids)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
      }
      assertThat(theirs.encode("a<|endoftext|>").getIds())
          .hasSize(2); // which ours does not: corpus text is text
      assertThat(ours.encode("a<|endoftext|>"))
          .hasSizeGreaterThan(2)
          .doesNotContain(ours.endOfText());
    }
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void equalsPython(PreTokenizer pattern) throws Exception {
    String python = System.getenv("ROOTSTOCK_PYTHON");
    assumeTrue(
        python != null,
        "skipped: ROOTSTOCK_PYTHON names no Python that has the package tokenizers");
    BytePairTokenizer ours = learned(pattern);
    List<String> texts = new ArrayList<>(texts());
    texts.add("before <|endoftext|>\n<|endoftext|>after");
    Path lines = folder.resolve("texts.jsonl");
    Files.writeString(lines, String.join("\n", texts.stream().map(Json::line).toList()));
    String script =
        """
        import json, sys
        from tokenizers import Tokenizer
        t = Tokenizer.from_file(sys.argv[1])
        t.encode_special_tokens = True
        for line in open(sys.argv[2], encoding="utf-8", newline="\\n"):
            print(json.dumps(t.encode(json.loads(line), add_special_tokens=False).ids))
        """;
    Path answers = folder.resolve("ids.jsonl");
    Process process =
        new ProcessBuilder(python, "-c", script, written(ours).toString(), lines.toString())
            .redirectOutput(answers.toFile())
            .redirectError(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assumeTrue(
        !Files.readString(folder.resolve("log")).contains("No module named"),
        "skipped: " + python + " has no package tokenizers");

    List<String> ids = Files.readAllLines(answers);
    assertThat(ids).as(Files.readString(folder.resolve("log"))).hasSize(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      assertThat(ours.encode(texts.get(i))).as(shown(texts.get(i))).isEqualTo(ints(ids.get(i)));
    }
  }

  private static int[] toInts(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  private static int[] ints(String json) {
    return ((List<?>) Json.parse(json)).stream().mapToInt(id -> ((Long) id).intValue()).toArray();
  }

  private static String shown(String text) {
    return text.length() < 100 ? Json.line(text) : text.length() + " characters";
  }
}
