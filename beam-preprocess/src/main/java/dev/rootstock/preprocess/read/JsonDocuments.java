package dev.rootstock.preprocess.read;

import dev.rootstock.contract.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines of JSON to documents. */
final class JsonDocuments implements Records.Taker {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Delivery delivery;

  JsonDocuments(Delivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public void take(long start, byte[] bytes, long length) {
    Optional<String> decoded = delivery.decoded(start, bytes, length);
    if (decoded.isEmpty()) {
      return;
    }
    String line = decoded.get();
    Object value;
    try {
      boolean marked = start == 0 && line.startsWith(BYTE_ORDER_MARK);
      value = Json.parse((marked ? line.substring(1) : line).strip());
    } catch (IllegalArgumentException notJson) {
      delivery.fault(start, line, String.valueOf(notJson.getMessage()));
      return;
    }
    String key = delivery.file().text();
    if (value instanceof Map<?, ?> object && object.get(key) instanceof String text) {
      delivery.text(start, text, word(object, "url"), word(object, "language"));
    } else {
      delivery.fault(
          start,
          line,
          value instanceof Map<?, ?>
              ? "no text under the key \"" + key + "\""
              : "the line is not a JSON object");
    }
  }

  private static @Nullable String word(Map<?, ?> object, String key) {
    return object.get(key) instanceof String word ? word : null;
  }
}
