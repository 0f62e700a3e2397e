package dev.rootstock.preprocess.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodingTest {
  private static final String GERMAN = "<p>Grüße aus Köln, schöne Straße</p>";

  @Test
  void believesAByteOrderMarkBeforeAllElse() {
    assertThat(Decoding.of(join(bytes(0xEF, 0xBB, 0xBF), utf8(GERMAN)), "shift_jis"))
        .isEqualTo(GERMAN);
    assertThat(
            Decoding.of(
                join(bytes(0xFF, 0xFE), GERMAN.getBytes(StandardCharsets.UTF_16LE)), "utf-8"))
        .isEqualTo(GERMAN);
    assertThat(
            Decoding.of(join(bytes(0xFE, 0xFF), GERMAN.getBytes(StandardCharsets.UTF_16BE)), null))
        .isEqualTo(GERMAN);
  }

  @ParameterizedTest
  @CsvSource({
    "gb2312, GB18030, 今天天气很好，我们去公园散步。",
    "GBK, GB18030, 今天天气很好，我们去公园散步。",
    "gb18030, GB18030, 今天天气很好，我们去公园散步。",
    "big5, Big5, 今天天氣很好，我們去公園散步。",
    "Shift_JIS, windows-31j, 今日は天気がいいので、公園を散歩します。",
    "euc-jp, EUC-JP, 今日は天気がいいので、公園を散歩します。",
    "euc-kr, x-windows-949, 오늘은 날씨가 좋아서 공원을 산책합니다.",
    "windows-1251, windows-1251, Сегодня хорошая погода и мы гуляем в парке.",
    "ISO-8859-1, windows-1252, “Grüße” aus Köln",
  })
  void readsTheSetThatThePageNames(String name, String written, String words) {
    String page = "<html><head><meta charset=\"" + name + "\"></head><p>" + words + "</p>";
    String old =
        "<meta http-equiv=Content-Type content='text/html; charset=" + name + "'><p>" + words;

    assertThat(Decoding.of(page.getBytes(Charset.forName(written)), null)).isEqualTo(page);
    assertThat(Decoding.of(old.getBytes(Charset.forName(written)), null)).isEqualTo(old);
    assertThat(Decoding.of(words.getBytes(Charset.forName(written)), name)).isEqualTo(words);
  }

  @Test
  void takesUtf8ForUtf8WhateverAServerSaysByDefault() {
    assertThat(Decoding.of(utf8(GERMAN), "iso-8859-1")).isEqualTo(GERMAN);
    assertThat(Decoding.of(utf8(GERMAN), null)).isEqualTo(GERMAN);
  }

  @Test
  void fallsBackToWindows1252() {
    byte[] page = "<p>“Grüße”, schöne Straße</p>".getBytes(Charset.forName("windows-1252"));

    assertThat(Decoding.of(page, null)).isEqualTo("<p>“Grüße”, schöne Straße</p>");
    assertThat(Decoding.of(page, "utf-8")).isEqualTo("<p>“Grüße”, schöne Straße</p>");
    assertThat(Decoding.of(page, "no such set")).isEqualTo("<p>“Grüße”, schöne Straße</p>");
  }

  @Test
  void forgivesAPageCutOffWithinACharacter() {
    byte[] page = utf8("<p>schöne Straße, viele Grüß");

    assertThat(Decoding.of(Arrays.copyOf(page, page.length - 1), "utf-8"))
        .isEqualTo("<p>schöne Straße, viele Grü\uFFFD");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }
}
