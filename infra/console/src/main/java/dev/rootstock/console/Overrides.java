package dev.rootstock.console;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Shorthand;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code a.b=c} after a file: the value at {@code a.b} becomes {@code c}. An item of a list is
 * named by its index or by its {@code name}; {@code key=@file.yaml} takes a file's content; {@code
 * key=} leaves a value out.
 */
final class Overrides {
  private final MarkedTree tree;
  private final Class<?> type;
  private final UnaryOperator<@Nullable String> environment;
  private final List<WrongFile.Fault> faults = new ArrayList<>();

  /**
   * @param type the record that the tree will become; it tells lists from maps where nothing is
   *     written yet
   */
  Overrides(MarkedTree tree, Class<?> type, UnaryOperator<@Nullable String> environment) {
    this.tree = tree;
    this.type = type;
    this.environment = environment;
  }

  /**
   * Applies the overrides in order and returns what was wrong with them; a wrong one is left out.
   */
  List<WrongFile.Fault> apply(List<String> overrides) {
    for (String override : overrides) {
      try {
        apply(override);
      } catch (WrongFile wrong) {
        faults.addAll(wrong.faults());
      }
    }
    return faults;
  }

  private static WrongFile.Fault inArgument(String override, WrongFile.Fault fault) {
    return fault.place().line() == 0 && fault.sentence().startsWith("the value ")
        ? new WrongFile.Fault(fault.place(), override + ": " + fault.sentence())
        : fault;
  }

  private void apply(String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw wrong(
          "\""
              + override
              + "\" is not an override; it must be KEY=VALUE, such as pretrain.tokens=2e6");
    }
    String key = override.substring(0, equals).strip();
    if (!key.matches("[^.\\s]+(\\.[^.\\s]+)*")) {
      throw wrong(
          "\"" + key + "\" is not a key; it must be words parted by dots, such as pretrain.tokens");
    }
    List<WrongFile.Fault> inside = new ArrayList<>();
    MarkedTree value = value(override.substring(equals + 1).strip(), inside);
    inside.forEach(fault -> faults.add(inArgument(override, fault)));
    tree.put(resolve(List.of(key.split("\\.")), "", type), value);
  }

  private MarkedTree value(String text, List<WrongFile.Fault> inside) {
    if (!text.startsWith("@")) {
      return YamlText.readArgument(text, environment, inside);
    }
    try {
      return YamlText.read(
          TextFile.read(Path.of(text.substring(1))), text.substring(1), environment, inside);
    } catch (IOException unreadable) {
      throw wrong(text + ": " + unreadable.getMessage());
    }
  }

  /**
   * The path of what {@code parts} name below {@code at}, made if it is not there, its last part
   * excepted.
   */
  private String resolve(List<String> parts, String at, @Nullable Type expected) {
    if (parts.isEmpty()) {
      return at;
    }
    Object here = tree.find(at).orElse(null);
    boolean list = here instanceof List<?> || (here == null && rawType(expected) == List.class);
    if (list) {
      return resolveItem(parts, at, expected, here instanceof List<?> items ? items : List.of());
    }
    if (!(here instanceof Map<?, ?>)) {
      tree.put(
          at,
          new MarkedTree(
              spelledOut(here, expected), here == null ? Place.commandLine() : tree.place(at)));
    }
    String inner = join(at, parts.get(0));
    return resolve(parts.subList(1, parts.size()), inner, component(expected, parts.get(0)));
  }

  private String resolveItem(
      List<String> parts, String at, @Nullable Type expected, List<?> items) {
    if (items.isEmpty()) {
      tree.put(at, new MarkedTree(new ArrayList<>(), Place.commandLine()));
    }
    Type item = expected instanceof ParameterizedType generic ? argument(generic) : null;
    String first = parts.get(0);
    if (first.matches("\\d{1,6}")) {
      if (Integer.parseInt(first) > items.size()) {
        throw wrong(
            join(at, first)
                + " is not in the list of "
                + items.size()
                + "; an index must be at most "
                + items.size());
      }
      return resolve(parts.subList(1, parts.size()), join(at, first), item);
    }
    List<String> names = new ArrayList<>();
    for (Object candidate : items) {
      names.add(candidate instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : "");
    }
    for (int length = parts.size(); length > 0; length--) { // a name may hold dots itself
      int index = names.indexOf(String.join(".", parts.subList(0, length)));
      if (index >= 0) {
        return resolve(parts.subList(length, parts.size()), join(at, String.valueOf(index)), item);
      }
    }
    String known =
        items.isEmpty()
            ? "an index"
            : "an index below " + items.size() + ", or one of " + String.join(", ", names);
    Optional<String> near = CanonicalJson.nearest(first, names);
    throw wrong(
        join(at, first)
            + " is an unknown name; it must be "
            + known
            + near.map(name -> ". Did you mean " + name + "?").orElse(""));
  }

  /**
   * A map for a value that is not one: bare text of a record with a shorthand is spelled out, all
   * else is replaced.
   */
  private static Map<String, Object> spelledOut(@Nullable Object value, @Nullable Type expected) {
    Map<String, Object> map = new LinkedHashMap<>();
    Class<?> record = rawType(expected);
    Shorthand shorthand = record == null ? null : record.getAnnotation(Shorthand.class);
    if (shorthand != null && value instanceof String text) {
      boolean bare = shorthand.value().isEmpty();
      map.put(bare ? text : shorthand.value(), bare ? new LinkedHashMap<String, Object>() : text);
    }
    return map;
  }

  private static @Nullable Type component(@Nullable Type expected, String name) {
    Class<?> record = rawType(expected);
    if (record == null || !record.isRecord()) {
      return null;
    }
    return Stream.of(record.getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findFirst()
        .map(RecordComponent::getGenericType)
        .map(type -> rawOf(type) == Optional.class ? argument((ParameterizedType) type) : type)
        .orElse(null);
  }

  private static @Nullable Class<?> rawType(@Nullable Type type) {
    return type == null ? null : rawOf(type);
  }

  private static Class<?> rawOf(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  private static Type argument(ParameterizedType generic) {
    return generic.getActualTypeArguments()[0];
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static WrongFile wrong(String sentence) {
    return new WrongFile(Place.commandLine(), sentence);
  }
}
