package dev.rootstock.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Attempt;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordPayloadConverterTest {
  private final RecordPayloadConverter converter = new RecordPayloadConverter();

  @Test
  void recordsAndPlainValuesComeBackAsTheyWent() throws Exception {
    Attempt attempt = new Attempt("file:///garden", "first", 2, 1);
    assertThat(there(attempt, Attempt.class)).isEqualTo(attempt);
    assertThat(there("text", String.class)).isEqualTo("text");
    assertThat(there(7, int.class)).isEqualTo(7);
    assertThat(there(1L << 40, Long.class)).isEqualTo(1L << 40);
    assertThat(there(List.of(attempt), type("attempts"))).isEqualTo(List.of(attempt));
    assertThat(there(Optional.of(attempt), type("attempt"))).isEqualTo(Optional.of(attempt));
    assertThat(there(Optional.empty(), type("attempt"))).isEqualTo(Optional.empty());
  }

  @Test
  void anUnknownKeyIsRefusedInWhatIsAskedForAndSkippedInWhatIsHandedOn() {
    assertThatThrownBy(() -> read("{\"context\":16,\"contex\":2}", TokensSpec.class))
        .isInstanceOf(DataConverterException.class)
        .hasMessageContaining("contex is an unknown key")
        .hasMessageContaining("Did you mean context?");
    assertThat(read("{\"name\":\"a\",\"reason\":\"b\",\"newer\":1}", BatchResult.Failed.class))
        .isEqualTo(new BatchResult.Failed("a", "b"));
  }

  @Test
  void nothingIsNothingAndNonsenseIsNamed() {
    assertThat(read("null", TokensSpec.class)).isNull();
    assertThatThrownBy(() -> read("[1]", TokensSpec.class)).hasMessageContaining("a list");
    assertThatThrownBy(() -> read("{", TokensSpec.class)).hasMessageContaining("not JSON");
    assertThatThrownBy(() -> converter.toData(new Object()))
        .isInstanceOf(DataConverterException.class);
  }

  private Object there(Object value, Type type) {
    Payload payload = converter.toData(value).orElseThrow();
    return converter.fromData(payload, Object.class, type);
  }

  private Object read(String json, Class<?> type) {
    return converter.fromData(
        Payload.newBuilder().setData(ByteString.copyFromUtf8(json)).build(), type, type);
  }

  private static Type type(String parameter) throws NoSuchMethodException {
    return RecordPayloadConverterTest.class.getDeclaredMethod(
            parameter.equals("attempts") ? "takesMany" : "takesOne",
            parameter.equals("attempts") ? List.class : Optional.class)
        .getGenericParameterTypes()[0];
  }

  static void takesMany(List<Attempt> attempts) {}

  static void takesOne(Optional<Attempt> attempt) {}
}
