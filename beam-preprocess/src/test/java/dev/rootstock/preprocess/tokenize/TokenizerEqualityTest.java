package dev.rootstock.preprocess.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.contract.tokenizer.Pieces;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our ids are those of Hugging Face's library, in its Java and its Python dress. */
class TokenizerEqualityTest {
  private static final int DOCUMENTS = 10_000;
  private static final int VOCABULARY = 2_000;

  @TempDir Path folder;

  private static BytePairTokenizer learned(PreTokenizer pattern) {
    TokenizerSpec spec =
        new TokenizerSpec(VOCABULARY, pattern, List.of(TokenizerSpec.END_OF_TEXT, "<|im_start|>"));
    SortedMap<String, Long> pieces = new TreeMap<>();
    for (String document : MixedTexts.documents(1, 4_000)) {
      new Pieces(pattern)
          .of(Normalizer.normalize(MixedTexts.sound(document), Normalizer.Form.NFC))
          .forEach(piece -> pieces.merge(piece, 1L, Long::sum));
    }
    return BytePairTokenizer.learned(spec, MergeLearner.learn(pieces, spec, () -> {}));
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>(MixedTexts.LANGUAGES.values());
    texts.addAll(MixedTexts.documents(2, DOCUMENTS));
    texts.add("a".repeat(5_000));
    texts.add(" ".repeat(5_000) + "x");
    texts.add("\n \t".repeat(2_000));
    texts.add("before <|endoftext|>\n<|endoftext|>after");
    // Far more than the 512 tokens at which DJL cuts unless told not to; every character there is.
    for (int from = 0; from < 0x110000; from += 0x4000) {
      StringBuilder all = new StringBuilder();
      for (int c = from; c < from + 0x4000; c++) {
        all.appendCodePoint(c).append(c % 3 == 0 ? " " : "");
      }
      texts.add(all.toString());
    }
    return texts;
  }

  /**
   * Hugging Face's NFC is that of Unicode 9. So Qwen2 gets text with younger marks already in NFC,
   * as documents are; with all other text it has to do its own work.
   */
  private static List<String> texts(PreTokenizer pattern) {
    List<String> texts = texts().stream().map(MixedTexts::sound).toList();
    if (pattern != PreTokenizer.QWEN2) {
      return texts;
    }
    Set<Integer> old =
        MixedTexts.LANGUAGES.values().stream()
            .flatMap(text -> text.codePoints().boxed())
            .collect(Collectors.toSet());
    IntPredicate young = c -> isMark(c) && c > 0x36f && !old.contains(c);
    return texts.stream()
        .map(
            text ->
                text.codePoints().anyMatch(young)
                    ? Normalizer.normalize(text, Normalizer.Form.NFC)
                    : text)
        .toList();
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.UNASSIGNED;
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
      for (String text : texts(pattern)) {
        if (!text.contains("<|")) { // whose special tokens DJL can not be told to read as text
          same(ours.encode(text), toInts(theirs.encode(text).getIds()), text);
        }
      }
      assertThat(theirs.encode("a<|endoftext|>").getIds()).hasSize(2); // which ours does not
    }
  }

  @ParameterizedTest
  @EnumSource(PreTokenizer.class)
  void decodesToTheBytesThatWereEncoded(PreTokenizer pattern) {
    BytePairTokenizer ours = learned(pattern);
    assertThat(MixedTexts.LANGUAGES).hasSizeGreaterThanOrEqualTo(16);
    for (String text : texts()) {
      String sound = MixedTexts.sound(text);
      String due =
          pattern == PreTokenizer.QWEN2 ? Normalizer.normalize(sound, Normalizer.Form.NFC) : sound;
      int[] ids = ours.encode(text);
      assertThat(Arrays.equals(ours.bytes(ids), due.getBytes(StandardCharsets.UTF_8)))
          .as(shown(text))
          .isTrue();
      assertThat(ids).doesNotContain(ours.endOfText());
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
    List<String> texts = texts(pattern);
    Path lines = folder.resolve("texts.jsonl");
    Files.write(lines, texts.stream().map(Json::line).toList());
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

    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    try (BufferedReader theirs = Files.newBufferedReader(answers)) {
      for (String text : texts) {
        same(ours.encode(text), ints(theirs.readLine()), text);
      }
    }
  }

  private static void same(int[] ours, int[] theirs, String text) {
    int at = Arrays.mismatch(ours, theirs);
    assertThat(at)
        .as(
            "%s: %s and %s",
            shown(text),
            Arrays.toString(Arrays.copyOfRange(ours, Math.max(0, at), Math.max(0, at) + 3)),
            Arrays.toString(Arrays.copyOfRange(theirs, Math.max(0, at), Math.max(0, at) + 3)))
        .isEqualTo(-1);
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
