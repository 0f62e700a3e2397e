package dev.rootstock.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tree as {@link dev.rootstock.contract.Json} has it, that knows where each value was written.
 * Not thread-safe.
 */
final class MarkedTree {
  private Object tree;
  private final Map<String, Place> places = new HashMap<>();

  MarkedTree(Object tree, Place start) {
    this.tree = tree;
    places.put("", start);
  }

  Object tree() {
    return tree;
  }

  void mark(String path, Place place) {
    places.put(path, place);
  }

  /** The place of a path, or of the nearest part of it that was written. */
  Place place(String path) {
    String at = path;
    while (!places.containsKey(at)) {
      at = parent(at);
    }
    return places.get(at);
  }

  /** The value at a path; empty if nothing, or null, was written there. */
  Optional<Object> find(String path) {
    Object at = tree;
    for (String part : path.isEmpty() ? new String[0] : path.split("\\.")) {
      if (at instanceof Map<?, ?> map) {
        at = map.get(part);
      } else if (at instanceof List<?> list
          && part.matches("\\d{1,6}")
          && Integer.parseInt(part) < list.size()) {
        at = list.get(Integer.parseInt(part));
      } else {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(at);
  }

  /** The same tree as the value of {@code key} in a map that holds {@code beside} too. */
  MarkedTree under(String key, Map<String, Object> beside) {
    Map<String, Object> root = new LinkedHashMap<>(beside);
    root.put(key, tree);
    MarkedTree held = new MarkedTree(root, places.get(""));
    places.forEach((path, place) -> held.mark(path.isEmpty() ? key : key + "." + path, place));
    beside.keySet().forEach(path -> held.mark(path, Place.commandLine()));
    return held;
  }

  /**
   * Puts another tree, with its places, at a path whose parent is there; an index equal to a list's
   * size adds to it.
   */
  void put(String path, MarkedTree value) {
    if (path.isEmpty()) {
      tree = value.tree;
    } else {
      Object holder = find(parent(path)).orElseThrow();
      String last = path.substring(path.lastIndexOf('.') + 1);
      if (holder instanceof Map<?, ?>) {
        map(holder).put(last, value.tree);
      } else {
        int index = Integer.parseInt(last);
        List<Object> list = list(holder);
        if (index == list.size()) {
          list.add(value.tree);
        } else {
          list.set(index, value.tree);
        }
      }
    }
    String inner = path.isEmpty() ? "" : path + ".";
    places.keySet().removeIf(known -> known.startsWith(inner));
    value.places.forEach((known, place) -> mark(known.isEmpty() ? path : inner + known, place));
  }

  /** A copy without the value at {@code path}. The places stay, for messages. */
  MarkedTree without(String path) {
    MarkedTree copy = new MarkedTree(copy(tree), places.get(""));
    copy.places.putAll(places);
    Object holder = copy.find(parent(path)).orElse(null);
    if (holder instanceof Map<?, ?>) {
      map(holder).remove(path.substring(path.lastIndexOf('.') + 1));
    }
    return copy;
  }

  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copied = new LinkedHashMap<>();
      map.forEach((key, entry) -> copied.put((String) key, copy(entry)));
      return copied;
    }
    if (value instanceof List<?> list) {
      List<Object> copied = new ArrayList<>();
      list.forEach(entry -> copied.add(copy(entry)));
      return copied;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // every map in a tree is of this type
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // every list in a tree is of this type
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }
}
