package dev.rootstock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void readsEveryKindOfValue() {
    Object tree =
        Json.parse(
            " {\"a\" : [1, -2, 3.5, 1e3, true, false, null, \"x\"], \"b\":{}, \"c\":[] }\r\n\t");

    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("a", Arrays.asList(1L, -2L, 3.5, 1000.0, true, false, null, "x"));
    wanted.put("b", Map.of());
    wanted.put("c", List.of());
    assertThat(tree).isEqualTo(wanted);
    assertThat(((Map<?, ?>) tree).keySet().toString())
        .as("in the order of the text")
        .isEqualTo("[a, b, c]");
  }

  @Test
  void readsEscapes() {
    assertThat(Json.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83C\\uDF31é\""))
        .isEqualTo("\"\\/\b\f\n\r\tä🌱é");
  }

  @Test
  void wholeNumbersAreLongsAsFarAsLongsGo() {
    assertThat(Json.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(Json.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(Json.parse("9223372036854775808")).isEqualTo(9.223372036854775807E18);
    assertThat(Json.parse("12345678901234567890123")).isEqualTo(1.2345678901234568E22);
    assertThat(Json.parse("-0")).isEqualTo(0L);
    assertThat(Json.parse("1.0")).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{,}",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"a\nb\"",
        "\"\t\"",
        "tru",
        "True",
        "nul",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        ".5",
        "1.",
        "1.e3",
        "1e",
        "1e+",
        "0x1",
        "1_000",
        "1 1",
        "1,",
        "{} {}",
        "// no\n1",
        "1e999",
        "-1e999",
        "\uFEFF1",
        "\u00a01",
        "undefined"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, 2 | not JSON: the end at character 6; wanted ',' or ']'",
        "{\"a\" 1} | not JSON: '1' at character 6; wanted ':'",
        "[1 2] | not JSON: '2' at character 4; wanted ',' or ']'",
        "{\"a\":tru} | not JSON: 't' at character 6; wanted true",
        "{\"a\":1} x | not JSON: 'x' at character 9; wanted the end",
        "{\"a\":1,\"a\":2} | not JSON we accept: key \"a\" stands twice in one object",
      })
  void aFaultNamesItsPlace(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text)).hasMessage(message);
  }

  @Test
  void aKeyMayStandTwiceInTwoObjects() {
    assertThat(Json.parse("[{\"a\":1},{\"a\":2},{\"b\":{\"a\":3},\"a\":4}]"))
        .isInstanceOf(List.class);
    assertThatThrownBy(() -> Json.parse("{\"a\":1,\"\\u0061\":1}")).hasMessageContaining("twice");
  }

  @Test
  void nestingHasALimitAndNoStackOverflows() {
    assertThat(Json.canonical(Json.parse("[".repeat(200) + "]".repeat(200)))).hasSize(400);
    assertThatThrownBy(() -> Json.parse("[".repeat(202) + "]".repeat(202)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 200 levels");
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
        .hasMessageContaining("at most 200 levels");
    assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000)))
        .hasMessageContaining("at most 200 levels");
  }

  @Test
  void theCanonicalTextIsSortedAndHasNoWhiteSpace() {
    Object tree =
        Json.parse(
            "{\"b\": [1, {\"z\": 1, \"y\": 2}], \"a\": \"x y\", \"B\": null, \"ä\": 1.50, \"aa\": true}");

    assertThat(Json.canonical(tree))
        .isEqualTo("{\"B\":null,\"a\":\"x y\",\"aa\":true,\"b\":[1,{\"y\":2,\"z\":1}],\"ä\":1.5}");
  }

  @Test
  void keysSortByUtf16CodeUnits() {
    String beyond = "\uD83C\uDF31"; // by code points it would come last
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("\uFF21", 1L);
    map.put(beyond, 2L);
    assertThat(Json.canonical(map)).isEqualTo("{\"" + beyond + "\":2,\"\uFF21\":1}");
  }

  @Test
  void lineAndPrettyKeepTheOrder() {
    Object tree = Json.parse("{\"b\":[1,2],\"a\":{},\"c\":[]}");

    assertThat(Json.line(tree)).isEqualTo("{\"b\":[1,2],\"a\":{},\"c\":[]}");
    assertThat(Json.pretty(tree))
        .isEqualTo("{\n  \"b\": [\n    1,\n    2\n  ],\n  \"a\": {},\n  \"c\": []\n}\n");
  }

  @Test
  void onlyWhatMustBeIsEscaped() {
    assertThat(Json.line("\"\\/\b\f\n\r\t\u0001\u001f\u007f\u2028é🌱"))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\u2028é🌱\"");
    assertThat(Json.line("a\uD83C")).as("a lone surrogate has no UTF-8").isEqualTo("\"a\\ud83c\"");
    assertThat(Json.line("\uDF31a")).isEqualTo("\"\\udf31a\"");
  }

  @Test
  void randomTreesReadBack() {
    Random random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      Object tree = tree(random, 0);
      assertThat(Json.parse(Json.canonical(tree))).isEqualTo(tree);
      assertThat(Json.parse(Json.pretty(tree))).isEqualTo(tree);
      assertThat(Json.canonical(Json.parse(Json.line(tree)))).isEqualTo(Json.canonical(tree));
    }
  }

  private static Object tree(Random random, int depth) {
    int kind = random.nextInt(depth > 4 ? 5 : 7);
    switch (kind) {
      case 0:
        return random.nextLong();
      case 1:
        return random.nextGaussian() + 0.5e-9; // never whole, so it stays a double
      case 2:
        return random.nextBoolean();
      case 3:
        return text(random);
      case 4:
        return null;
      case 5:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(tree(random, depth + 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), tree(random, depth + 1));
        }
        return map;
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append((char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x80)));
    }
    return text.toString();
  }
}
