package dev.rootstock.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"a", "A9_", "_x", "a/b/c", "step-00000500-c000003", "x.y+z=w-1", "9", "a..b"})
  void aSoundKeyIsGivenBack(String key) {
    assertThat(Keys.sound(key)).isSameAs(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", ".a", "-a", "=a", "a b", "a\n",
        "a\u0000", "é", "a\\b", "a:b", "a*", "~", "%2e"
      })
  void anythingElseIsRefusedByName(String key) {
    assertThatThrownBy(() -> Keys.sound(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @Test
  void lengthsHaveLimits() {
    assertThat(Keys.sound("a".repeat(128))).hasSize(128);
    assertThatThrownBy(() -> Keys.sound("a".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
    String longest = ("a".repeat(127) + "/").repeat(3) + "a".repeat(128);
    assertThat(Keys.sound(longest)).hasSize(512);
    assertThatThrownBy(() -> Keys.sound("b/" + longest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/", "a/b", "a/step-"})
  void aPrefixMayBeEmptyOrEndAnywhere(String prefix) {
    assertThat(Keys.soundPrefix(prefix)).isSameAs(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "../", "a//", "a/../", "/a"})
  void aPrefixCanNotLeaveTheStore(String prefix) {
    assertThatThrownBy(() -> Keys.soundPrefix(prefix)).isInstanceOf(IllegalArgumentException.class);
  }
}
