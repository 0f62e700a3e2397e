package dev.rootstock.contract.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.AddedTokens.Token;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddedTokensTest {
  private static final Token END = Token.special("<|end|>", 0);
  private static final Token TOOL = new Token("<tool>", 1, false, false, false, false, false);
  private static final Token LONGER = new Token("<tool>s", 2, false, false, false, false, false);
  private static final Token WORD = new Token("oak", 3, false, true, true, false, false);
  private static final Token GREEDY = new Token("#", 4, false, false, false, true, false);
  private static final Token LATER = new Token("cafe\u0301", 5, false, false, false, false, true);

  private final AddedTokens added =
      new AddedTokens(List.of(END, TOOL, LONGER, WORD, GREEDY, LATER), true);

  private List<String> raw(String text, boolean special) {
    return added.split(text, false, special).stream()
        .map(part -> part.id() < 0 ? part.text() : String.valueOf(part.id()))
        .toList();
  }

  @Test
  void theLeftmostThenTheLongestIsTaken() {
    assertThat(raw("a<tool>s<tool>b", false)).containsExactly("a", "2", "1", "b");
  }

  @Test
  void specialOnesAreTextUnlessAskedFor() {
    assertThat(raw("a<|end|>b<tool>", false)).containsExactly("a<|end|>b", "1");
    assertThat(raw("a<|end|>b<tool>", true)).containsExactly("a", "0", "b", "1");
  }

  @Test
  void aWordStandsAloneAndTakesTheSpaceBeforeItAlong() {
    assertThat(raw("an  oak, oaks, soak oak", false))
        .containsExactly("an", "3", ", oaks, soak", "3");
    assertThat(raw("o\u0301oak oak\u0301", false)).containsExactly("o\u0301oak oak\u0301");
  }

  @Test
  void spaceBehindIsTakenAlongAndNeverTwice() {
    assertThat(raw("a#  oak", false)).containsExactly("a", "4", "3");
    assertThat(raw("# \n#b", false)).containsExactly("4", "4", "b");
  }

  @Test
  void someAreFoundInNormalisedTextAlone() {
    assertThat(raw("caf\u00e9", false)).containsExactly("caf\u00e9");
    assertThat(added.split("a caf\u00e9", true, false))
        .extracting(AddedTokens.Part::id)
        .containsExactly(AddedTokens.Part.TEXT, 5);
  }

  private static Map<String, Object> tokenizer(Object postProcessor) {
    Map<String, Object> root = new LinkedHashMap<>();
    ((Map<?, ?>) Json.parse(BytePairTokenizer.learned(PreTokenizer.LLAMA3, List.of()).json()))
        .forEach((key, value) -> root.put((String) key, value));
    root.put("post_processor", postProcessor);
    return root;
  }

  @Test
  void aTemplatePutsItsTokensAroundMarkedTextAlone() {
    Object template =
        Json.parse(
            """
            {"type":"Sequence","processors":[{"type":"ByteLevel"},{"type":"TemplateProcessing",
             "single":[{"SpecialToken":{"id":"B","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
             "pair":[],"special_tokens":{"B":{"id":"B","ids":[0],"tokens":["<|endoftext|>"]}}}]}
            """);
    BytePairTokenizer made = BytePairTokenizer.read(Json.line(tokenizer(template)));
    int[] plain = made.encode("ab");

    assertThat(plain).hasSize(2);
    assertThat(made.encodeMarked("ab")).containsExactly(0, plain[0], plain[1]);
    assertThat(made.encodeMarked("")).containsExactly(0);
    assertThat(BytePairTokenizer.read(made.json()).encodeMarked("ab"))
        .containsExactly(0, plain[0], plain[1]);
  }

  @Test
  void refusesByNameWhatItDoesNotKnow() {
    assertThatThrownBy(
            () -> BytePairTokenizer.read(Json.line(tokenizer(Map.of("type", "Metaspace")))))
        .hasMessageContaining("post_processor.type is Metaspace");
    Map<String, Object> unigram = tokenizer(null);
    Map<String, Object> model = new LinkedHashMap<>();
    ((Map<?, ?>) unigram.get("model")).forEach((key, value) -> model.put((String) key, value));
    model.put("byte_fallback", true);
    unigram.put("model", model);
    assertThatThrownBy(() -> BytePairTokenizer.read(Json.line(unigram)))
        .hasMessageContaining("model.byte_fallback");
    model.put("type", "Unigram");
    assertThatThrownBy(() -> BytePairTokenizer.read(Json.line(unigram)))
        .hasMessageContaining("model.type is Unigram; it must be BPE");
  }

  @Test
  void theConfigurationNamesTheEndOfText() {
    byte[] json =
        Json.line(tokenizer(null))
            .replace("<|endoftext|>", "<eos>")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> BytePairTokenizer.read(json)).hasMessageContaining("eos_token");
    for (String named : List.of("\"<eos>\"", "{\"content\":\"<eos>\",\"special\":true}")) {
      byte[] configuration = ("{\"eos_token\":" + named + "}").getBytes(StandardCharsets.UTF_8);
      assertThat(BytePairTokenizer.read(json, configuration).endOfText()).isZero();
    }
    assertThatThrownBy(
            () ->
                BytePairTokenizer.read(
                    json, "{\"eos_token\":\"</x>\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("eos_token is </x>");
  }
}
