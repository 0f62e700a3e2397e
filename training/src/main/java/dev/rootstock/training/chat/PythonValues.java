package dev.rootstock.training.chat;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

/**
 * What a template may do with text, lists, maps and a loop's state: a short list of Python's
 * methods. Nothing is found by reflection, so no class of Java can be reached.
 */
final class PythonValues extends ELResolver {
  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (base == null) {
      return null;
    }
    context.setPropertyResolved(true);
    ChatTemplate.step();
    if (base instanceof Map<?, ?> map) {
      return map.get(property);
    }
    String name = String.valueOf(property);
    if (base instanceof ForLoop loop) {
      return state(loop, name);
    }
    if (!name.matches("-?\\d{1,9}")) {
      return null;
    }
    int index = Integer.parseInt(name);
    if (base instanceof List<?> list) {
      return element(list, index);
    }
    return base instanceof String text
        ? element(text.codePoints().mapToObj(Character::toString).toList(), index)
        : null;
  }

  private static Object element(List<?> list, int index) {
    int at = index < 0 ? list.size() + index : index;
    return at < 0 || at >= list.size() ? null : list.get(at);
  }

  private static Object state(ForLoop loop, String property) {
    return switch (property) {
      case "index" -> (long) loop.getIndex();
      case "index0" -> (long) loop.getIndex0();
      case "revindex" -> (long) loop.getRevindex();
      case "revindex0" -> (long) loop.getRevindex0();
      case "first" -> loop.isFirst();
      case "last" -> loop.isLast();
      case "length" -> (long) loop.getLength();
      case "depth" -> (long) loop.getDepth();
      default -> throw new BadTemplate("it uses loop." + property + ", which is not known here");
    };
  }

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    if (base == null) {
      throw new BadTemplate(
          "it uses a filter, a test or a method that is not known here: " + method);
    }
    context.setPropertyResolved(true);
    ChatTemplate.step();
    List<Object> given = new ArrayList<>();
    Collections.addAll(given, arguments);
    String name = String.valueOf(method);
    if (base instanceof Filter filter && name.equals("filter")) {
      return filter(filter, given);
    }
    if (base instanceof ExpTest test && given.size() >= 2) {
      JinjavaInterpreter interpreter = (JinjavaInterpreter) given.get(1);
      Object[] rest = rest(given);
      return name.equals("evaluateNegated")
          ? test.evaluateNegated(given.get(0), interpreter, rest)
          : test.evaluate(given.get(0), interpreter, rest);
    }
    if (base instanceof String text) {
      return text(text, name, given);
    }
    if (base instanceof Map<?, ?> map) {
      return map(map, name, given);
    }
    if (base instanceof List<?> list && name.equals("append") && given.size() == 1) {
      @SuppressWarnings("unchecked") // a list that the template made itself
      List<Object> own = (List<Object>) list;
      own.add(given.get(0));
      return null;
    }
    throw unknown(base, name, given);
  }

  /** Jinjava calls its filters and tests as methods: value, interpreter, then arguments. */
  private static Object filter(Filter filter, List<Object> given) {
    @SuppressWarnings("unchecked") // by name
    Map<String, Object> named = (Map<String, Object>) given.get(3);
    return filter.filter(
        given.get(0), (JinjavaInterpreter) given.get(1), (Object[]) given.get(2), named);
  }

  private static Object[] rest(List<Object> given) {
    return given.subList(2, given.size()).toArray();
  }

  private static Object map(Map<?, ?> map, String name, List<Object> given) {
    if (name.equals("get") && !given.isEmpty()) {
      Object value = map.get(given.get(0));
      return value != null || given.size() < 2 ? value : given.get(1);
    }
    if (!given.isEmpty()) {
      throw unknown(map, name, given);
    }
    return switch (name) {
      case "items" ->
          map.entrySet().stream()
              .map(entry -> (Object) List.of(entry.getKey(), entry.getValue()))
              .toList();
      case "keys" -> List.copyOf(map.keySet());
      case "values" -> List.copyOf(map.values());
      default -> throw unknown(map, name, given);
    };
  }

  private static Object text(String text, String name, List<Object> given) {
    String first = given.isEmpty() ? null : given.get(0) instanceof String word ? word : null;
    if (given.size() > (name.equals("replace") ? 2 : 1) || (!given.isEmpty() && first == null)) {
      throw unknown(text, name, given);
    }
    return switch (name + given.size()) {
      case "strip0", "strip1" -> stripped(text, first, true, true);
      case "lstrip0", "lstrip1" -> stripped(text, first, true, false);
      case "rstrip0", "rstrip1" -> stripped(text, first, false, true);
      case "startswith1" -> text.startsWith(first);
      case "endswith1" -> text.endsWith(first);
      case "upper0" -> text.toUpperCase(java.util.Locale.ROOT);
      case "lower0" -> text.toLowerCase(java.util.Locale.ROOT);
      case "title0" -> titled(text);
      case "capitalize0" ->
          text.isEmpty()
              ? text
              : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                  + text.substring(1).toLowerCase(java.util.Locale.ROOT);
      case "split0" ->
          text.isBlank() ? new ArrayList<>() : new ArrayList<>(List.of(text.strip().split("\\s+")));
      case "split1" -> new ArrayList<>(List.of(text.split(Pattern.quote(first), -1)));
      case "find1" -> (long) text.indexOf(first);
      case "count1" -> (long) text.split(Pattern.quote(first), -1).length - 1;
      case "replace2" -> text.replace(first, String.valueOf(given.get(1)));
      default -> throw unknown(text, name, given);
    };
  }

  private static String stripped(String text, String characters, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && goes(text.charAt(from), characters)) {
      from++;
    }
    while (right && to > from && goes(text.charAt(to - 1), characters)) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean goes(char c, String characters) {
    return characters == null
        ? Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085'
        : characters.indexOf(c) >= 0;
  }

  private static String titled(String text) {
    StringBuilder title = new StringBuilder();
    boolean inside = false;
    for (char c : text.toCharArray()) {
      title.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inside = Character.isLetter(c);
    }
    return title.toString();
  }

  private static BadTemplate unknown(Object base, String name, List<Object> given) {
    String kind = base instanceof String ? "text" : base instanceof Map ? "a map" : "a value";
    return new BadTemplate(
        "it calls "
            + name
            + " of "
            + kind
            + " with "
            + given.size()
            + (given.size() == 1 ? " argument" : " arguments")
            + ", which is not known here");
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    throw new BadTemplate("it changes a value that it was given");
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }
}
