package dev.rootstock.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one spelling of a record: keys are the components' names, an empty {@code Optional} is left
 * out, an enum constant is its name in lower case with hyphens, a {@link Fingerprint}, {@link URI},
 * {@link Duration} and {@link Instant} are strings. Histories, orders to engines, manifests and
 * pipeline files all use it. Thread-safe.
 */
public final class CanonicalJson {
  private static final String AUTO = "auto"; // what a person writes for "leave it to Rootstock"

  private CanonicalJson() {}

  /** Canonical text of a record: keys sorted, no white space, shortest numbers. */
  public static String write(Object value) {
    return Json.canonical(tree(value));
  }

  /** A record over several lines, its components in their own order. */
  public static String pretty(Object value) {
    return Json.pretty(tree(value));
  }

  /**
   * Reads a record from JSON text.
   *
   * @throws InvalidConfig naming every missing, unknown, mistyped or impossible value at once
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return fromTree(Json.parse(json), type);
    } catch (IllegalArgumentException notJson) {
      throw new InvalidConfig(Problem.of("", notJson.getMessage(), "JSON"));
    }
  }

  /**
   * Reads a record from a tree (see {@link Json}).
   *
   * @throws InvalidConfig naming every missing, unknown, mistyped or impossible value at once
   */
  public static <T> T fromTree(Object tree, Class<T> type) {
    Check check = new Check();
    Object value = read(tree, type, "", check);
    check.done();
    return type.cast(value);
  }

  /** An enum constant as it is written: {@code LANGUAGE_MODEL} as {@code language-model}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A record as a tree, which is a map. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Record record) {
    return (Map<String, Object>) tree(record);
  }

  /** A record, list, map or scalar as a tree. */
  public static Object tree(Object value) {
    if (value instanceof Fingerprint fingerprint) {
      return fingerprint.hex();
    }
    if (value instanceof Record record) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object part = part(record, component);
        if (part instanceof Optional<?> optional) {
          optional.ifPresent(present -> map.put(component.getName(), tree(present)));
        } else {
          map.put(component.getName(), tree(part));
        }
      }
      return map;
    }
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> map = new LinkedHashMap<>();
      entries.forEach(
          (key, entry) -> map.put(key instanceof Enum<?> e ? word(e) : (String) key, tree(entry)));
      return map;
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(CanonicalJson::tree)
          .collect(Collectors.toCollection(ArrayList::new));
    }
    if (value instanceof Enum<?> constant) {
      return word(constant);
    }
    if (value instanceof URI || value instanceof Duration || value instanceof Instant) {
      return value.toString();
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    throw new IllegalArgumentException("a record may not hold a " + value.getClass().getName());
  }

  private static Object part(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Object read(Object tree, Type type, String path, Check check) {
    if (type instanceof ParameterizedType generic) {
      return readGeneric(tree, generic, path, check);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == Object.class) {
      return tree;
    }
    if (plain == Fingerprint.class) {
      return scalar(tree, path, check, "a fingerprint", Fingerprint::new);
    }
    if (plain.isRecord()) {
      return readRecord(tree, plain, path, check);
    }
    if (plain.isEnum()) {
      return readEnum(tree, plain, path, check);
    }
    if (plain == String.class) {
      return tree instanceof String ? tree : wrong(tree, path, "text", check);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return tree instanceof Boolean ? tree : wrong(tree, path, "true or false", check);
    }
    if (plain == long.class || plain == Long.class) {
      return whole(tree, path, Long.MIN_VALUE, Long.MAX_VALUE, check);
    }
    if (plain == int.class || plain == Integer.class) {
      Long value = whole(tree, path, Integer.MIN_VALUE, Integer.MAX_VALUE, check);
      return value == null ? null : (Object) value.intValue();
    }
    if (plain == double.class || plain == Double.class) {
      return tree instanceof Number number
          ? number.doubleValue()
          : wrong(tree, path, "a number", check);
    }
    if (plain == URI.class) {
      return scalar(tree, path, check, "a URI", URI::create);
    }
    if (plain == Duration.class) {
      return scalar(tree, path, check, "a duration such as PT5M", Duration::parse);
    }
    if (plain == Instant.class) {
      return scalar(tree, path, check, "a time such as 2026-11-24T05:00:00Z", Instant::parse);
    }
    throw new IllegalArgumentException("a record may not hold a " + plain.getName());
  }

  private static Object readGeneric(Object tree, ParameterizedType type, String path, Check check) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      boolean left = tree == null || (AUTO.equals(tree) && arguments[0] != String.class);
      return left ? Optional.empty() : Optional.ofNullable(read(tree, arguments[0], path, check));
    }
    if (type.getRawType() == List.class) {
      if (!(tree instanceof List<?> items)) {
        return wrong(tree, path, "a list", check);
      }
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        list.add(read(items.get(i), arguments[0], join(path, String.valueOf(i)), check));
      }
      return list.contains(null) ? null : List.copyOf(list);
    }
    if (type.getRawType() == Map.class) {
      if (!(tree instanceof Map<?, ?> entries)) {
        return wrong(tree, path, "a map", check);
      }
      Map<String, Object> map = new LinkedHashMap<>();
      entries.forEach(
          (key, entry) ->
              map.put((String) key, read(entry, arguments[1], join(path, (String) key), check)));
      return map;
    }
    throw new IllegalArgumentException("a record may not hold a " + type);
  }

  private static Object readRecord(Object written, Class<?> type, String path, Check check) {
    Object tree = spelledOut(written, type);
    if (!(tree instanceof Map<?, ?> entries)) {
      return wrong(tree, path, "a map with the keys " + names(type), check);
    }
    int before = check.problems().size();
    RecordComponent[] components = type.getRecordComponents();
    Object[] parts = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String name = component.getName();
      Object value = entries.get(name);
      boolean optional = Optional.class.equals(component.getType());
      Default otherwise = component.getAnnotation(Default.class);
      if (value == null && otherwise != null) {
        value = Json.parse(otherwise.value());
      }
      if (value == null && !optional && component.getType() != Object.class) {
        check.that(false, join(path, name), "missing", expectation(component.getType()));
      } else {
        parts[i] = read(value, component.getGenericType(), join(path, name), check);
      }
    }
    if (!HandedOn.class.isAssignableFrom(type)) {
      refuseUnknown(entries, type, path, check);
    }
    return check.problems().size() > before
        ? null
        : construct(type, components, parts, path, check);
  }

  private static Object spelledOut(Object tree, Class<?> type) {
    Shorthand shorthand = type.getAnnotation(Shorthand.class);
    if (shorthand == null || !(tree instanceof String text)) {
      return tree;
    }
    return shorthand.value().isEmpty() ? Map.of(text, Map.of()) : Map.of(shorthand.value(), text);
  }

  private static void refuseUnknown(Map<?, ?> entries, Class<?> type, String path, Check check) {
    List<String> known =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
    Retired retired = type.getAnnotation(Retired.class);
    List<String> passedOver = retired == null ? List.of() : List.of(retired.value());
    for (Object key : entries.keySet()) {
      if (!known.contains(key) && !passedOver.contains(key)) {
        String remedy =
            nearest((String) key, known)
                .map(near -> "Did you mean " + near + "?")
                .orElse("Remove it.");
        check.that(
            false,
            join(path, (String) key),
            "an unknown key",
            "one of " + String.join(", ", known),
            remedy);
      }
    }
  }

  /** The candidate within two edits of {@code word}, if there is one; the first of the nearest. */
  public static Optional<String> nearest(String word, List<String> candidates) {
    String best = null;
    int least = 3;
    for (String candidate : candidates) {
      int distance = edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }

  private static Object construct(
      Class<?> type, RecordComponent[] components, Object[] parts, String path, Check check) {
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof InvalidConfig invalid) {
        check.addAll(invalid.problems().stream().map(problem -> problem.under(path)).toList());
        return null;
      }
      throw new IllegalStateException(refused.getCause());
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Object readEnum(Object tree, Class<?> type, String path, Check check) {
    List<String> words =
        Stream.of(type.getEnumConstants()).map(constant -> word((Enum<?>) constant)).toList();
    if (tree instanceof String text) {
      int at = words.indexOf(text.toLowerCase(Locale.ROOT).replace('_', '-'));
      if (at >= 0) {
        return type.getEnumConstants()[at];
      }
      Optional<String> near = nearest(text, words);
      if (near.isPresent()) {
        check.that(
            false,
            path,
            found(tree),
            "one of " + String.join(", ", words),
            "Did you mean " + near.get() + "?");
        return null;
      }
    }
    return wrong(tree, path, "one of " + String.join(", ", words), check);
  }

  private static Long whole(Object tree, String path, long least, long most, Check check) {
    if (tree instanceof Long value && value >= least && value <= most) {
      return value;
    }
    if (tree instanceof Double value
        && value == Math.rint(value)
        && value >= least
        && value <= most
        && value < 0x1p63) {
      return value.longValue(); // 2e6 in a pipeline file
    }
    wrong(tree, path, "a whole number" + (most < Long.MAX_VALUE ? " up to " + most : ""), check);
    return null;
  }

  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T scalar(
      Object tree, String path, Check check, String wanted, Parser<T> parser) {
    if (tree instanceof String text) {
      try {
        return parser.parse(text);
      } catch (IllegalArgumentException | DateTimeParseException | InvalidConfig malformed) {
        wrong(tree, path, wanted, check);
        return null;
      }
    }
    wrong(tree, path, wanted, check);
    return null;
  }

  private static Object wrong(Object tree, String path, String wanted, Check check) {
    check.that(false, path, found(tree), wanted);
    return null;
  }

  private static String found(Object tree) {
    if (tree instanceof Map<?, ?>) {
      return "a map";
    }
    if (tree instanceof List<?>) {
      return "a list";
    }
    if (tree instanceof String text) {
      return "\"" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "\"";
    }
    return tree == null ? "empty" : Json.line(tree);
  }

  private static String expectation(Class<?> type) {
    if (type == List.class) {
      return "a list";
    }
    if (type.isRecord() && type != Fingerprint.class) {
      return "a map with the keys " + names(type);
    }
    if (type == String.class) {
      return "text";
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(constant -> word((Enum<?>) constant))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return type.isPrimitive() ? (type == boolean.class ? "true or false" : "a number") : "given";
  }

  private static String names(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.joining(", "));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
