package dev.rootstock.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {
  /**
   * Bits and spelling as V8 prints them: edges, powers of two, subnormals, random bits, decimals,
   * large integers.
   */
  @Test
  void spellsAsEcmaScriptDoes() throws IOException {
    List<String> lines;
    try (InputStream file = JsonNumberTest.class.getResourceAsStream("/numbers/ecmascript.txt")) {
      lines = new String(file.readAllBytes(), UTF_8).lines().toList();
    }
    assertThat(lines).hasSizeGreaterThan(600);

    assertThat(lines)
        .allSatisfy(
            line -> {
              double value =
                  Double.longBitsToDouble(Long.parseUnsignedLong(line.substring(0, 16), 16));
              assertThat(Json.number(value)).isEqualTo(line.substring(17));
            });
  }

  @Test
  void powersOfTwoAndTheirNeighboursReadBack() {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent += 3) {
      readsBack(Math.scalb(1.0, exponent));
      readsBack(Math.nextDown(Math.scalb(1.0, exponent)));
    }
  }

  @Test
  void randomDoublesReadBackAndAreNoLongerThanTheJdksSpelling() {
    Random random = new Random(7);
    for (int i = 0; i < 4_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        readsBack(value);
        assertThat(digits(Json.number(value)))
            .as("%s", value)
            .isLessThanOrEqualTo(digits(Double.toString(value)));
      }
    }
  }

  /**
   * From JDK 19 on {@code Double.toString} has the same digits (JDK-4511638); before, it may have
   * more.
   */
  @Test
  void hasTheDigitsOfTheJdkWhereThatIsShortest() {
    boolean shortest = Runtime.version().feature() >= 19;
    Random random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      double value = random.nextInt(1_000_000) / 1e5;
      String mine = digitsOf(Json.number(value));
      String jdk = digitsOf(Double.toString(value));
      assertThat(shortest || mine.length() == jdk.length() ? mine : jdk).isEqualTo(jdk);
      assertThat(mine.length()).as("%s", value).isLessThanOrEqualTo(6);
    }
  }

  private static void readsBack(double value) {
    String text = Json.number(value);
    assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
    assertThat(((Number) Json.parse(text)).doubleValue()).as(text).isEqualTo(value);
  }

  private static int digits(String number) {
    return digitsOf(number).length();
  }

  private static String digitsOf(String number) {
    return number
        .replaceFirst("[eE].*", "")
        .replaceAll("[-.]", "")
        .replaceFirst("^0+", "")
        .replaceFirst("0+$", "");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatJsonCanNotHoldIsRefused(double value) {
    assertThatThrownBy(() -> Json.number(value)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.canonical(List.of(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void minusZeroIsZero() {
    assertThat(Json.number(-0.0)).isEqualTo("0");
  }
}
