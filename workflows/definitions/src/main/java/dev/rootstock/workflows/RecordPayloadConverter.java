package dev.rootstock.workflows;

import com.google.protobuf.ByteString;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.PayloadConverter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Records in histories, in the one spelling that files have too. What people ask for may hold no
 * unknown key; what stages hand on may. Thread-safe.
 */
public final class RecordPayloadConverter implements PayloadConverter {
  private static final String ENCODING = "json/plain"; // what forms send, and pages show

  @Override
  public String getEncodingType() {
    return ENCODING;
  }

  @Override
  public Optional<Payload> toData(Object value) {
    try {
      Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      return Optional.of(
          Payload.newBuilder()
              .putMetadata("encoding", ByteString.copyFromUtf8(ENCODING))
              .setData(ByteString.copyFromUtf8(Json.line(CanonicalJson.tree(plain))))
              .build());
    } catch (IllegalArgumentException unknown) {
      throw new DataConverterException(
          value.getClass().getName() + " can not be written: " + unknown.getMessage(), unknown);
    }
  }

  @Override
  public <T> T fromData(Payload payload, Class<T> type, Type generic) {
    try {
      @SuppressWarnings(
          "unchecked") // read() returns what the type says, boxed where it is primitive
      T value = (T) read(Json.parse(payload.getData().toStringUtf8()), generic);
      return value;
    } catch (InvalidConfig | IllegalArgumentException wrong) {
      throw new DataConverterException(
          "not a " + type.getSimpleName() + ": " + wrong.getMessage(), wrong);
    }
  }

  private static Object read(Object tree, Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      return Optional.ofNullable(read(tree, generic.getActualTypeArguments()[0]));
    }
    if (tree == null) {
      return null; // an empty box in a form
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      if (!(tree instanceof List<?> items)) {
        throw new IllegalArgumentException("it must be a list");
      }
      List<Object> list = new ArrayList<>();
      items.forEach(item -> list.add(read(item, generic.getActualTypeArguments()[0])));
      return list;
    }
    if (type instanceof Class<?> plain) {
      return plain.isPrimitive()
          ? CanonicalJson.fromTree(tree, boxed(plain))
          : CanonicalJson.fromTree(tree, plain);
    }
    return tree;
  }

  private static Class<?> boxed(Class<?> primitive) {
    return primitive == int.class
        ? Integer.class
        : primitive == long.class
            ? Long.class
            : primitive == double.class ? Double.class : Boolean.class;
  }
}
