package dev.rootstock.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON text to a tree and back. A tree is made of {@code Map<String, Object>} (in the order of the
 * text), {@code List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code Boolean} and
 * {@code null}.
 *
 * <p>Written here because {@code contract} enters three class paths that hold three versions of
 * every JSON library.
 */
public final class Json {
  private static final int MAX_DEPTH = 200;

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IllegalArgumentException if the text is not JSON (RFC 8259), holds a key twice in one
   *     object, or is nested deeper than 200; the message names the character position
   */
  public static Object parse(String text) {
    Parser parser = new Parser(text);
    parser.space();
    Object value = parser.value(0);
    parser.space();
    if (parser.at < text.length()) {
      throw parser.fault("the end");
    }
    return value;
  }

  /**
   * Writes a tree with its keys sorted by UTF-16 code units and no white space: the canonical
   * spelling.
   */
  public static String canonical(Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out, -1, true);
    return out.toString();
  }

  /** Writes a tree on one line, in its own order of keys. */
  public static String line(Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out, -1, false);
    return out.toString();
  }

  /**
   * Writes a tree over several lines, for people, in its own order of keys. Ends with a line break.
   */
  public static String pretty(Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out, 0, false);
    return out.append('\n').toString();
  }

  /**
   * The shortest decimal that reads back as {@code value}, in ECMAScript's notation. {@code
   * Double.toString} is not used: its digits differ between JDK 17 and 19 and later (JDK-4511638),
   * and a fingerprint must not.
   */
  public static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("JSON can not hold " + value);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString().replaceFirst("0+$", "");
    int point = shortest.precision() - shortest.scale(); // digits before the decimal point
    String sign = value < 0 ? "-" : "";
    if (point > 21 || point <= -6) {
      String tail = digits.length() > 1 ? "." + digits.substring(1) : "";
      int exponent = point - 1;
      return sign + digits.charAt(0) + tail + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
    if (point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    if (digits.length() <= point) {
      return sign + digits + "0".repeat(point - digits.length());
    }
    return sign + digits.substring(0, point) + "." + digits.substring(point);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < 17; digits++) {
      BigDecimal nearest = exact.round(new MathContext(digits));
      if (nearest.doubleValue() == value) {
        return nearest;
      }
      // Below a power of two doubles lie closer than above it: the decimal above may read back
      // where the nearer does not.
      BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
      if (above.doubleValue() == value) {
        return above;
      }
    }
    return exact.round(new MathContext(17));
  }

  private static void write(Object value, StringBuilder out, int indent, boolean sorted) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = sorted ? new TreeMap<>() : new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put((String) key, entry));
      writeAll(entries.entrySet().stream().toList(), '{', '}', out, indent, sorted);
    } else if (value instanceof List<?> list) {
      writeAll(list, '[', ']', out, indent, sorted);
    } else if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Double || value instanceof Float) {
      out.append(number(((Number) value).doubleValue()));
    } else if (value == null
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("not part of a JSON tree: " + value.getClass());
    }
  }

  private static void writeAll(
      List<?> values, char open, char close, StringBuilder out, int indent, boolean sorted) {
    int inner = indent < 0 ? -1 : indent + 1;
    String separator = "";
    out.append(open);
    for (Object value : values) {
      out.append(separator);
      breakLine(out, inner);
      if (value instanceof Map.Entry<?, ?> entry) {
        quote((String) entry.getKey(), out);
        out.append(indent < 0 ? ":" : ": ");
        write(entry.getValue(), out, inner, sorted);
      } else {
        write(value, out, inner, sorted);
      }
      separator = ",";
    }
    if (!values.isEmpty()) {
      breakLine(out, indent);
    }
    out.append(close);
  }

  private static void breakLine(StringBuilder out, int indent) {
    if (indent >= 0) {
      out.append('\n').append("  ".repeat(indent));
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || loneSurrogate(text, i)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean loneSurrogate(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  private static final class Parser {
    final String text;
    int at;

    Parser(String text) {
      this.text = text;
    }

    IllegalArgumentException fault(String wanted) {
      String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      return new IllegalArgumentException(
          "not JSON: " + found + " at character " + (at + 1) + "; wanted " + wanted);
    }

    void space() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    boolean take(char wanted) {
      if (at < text.length() && text.charAt(at) == wanted) {
        at++;
        return true;
      }
      return false;
    }

    Object value(int depth) {
      if (depth > MAX_DEPTH) {
        throw fault("at most " + MAX_DEPTH + " levels");
      }
      if (at >= text.length()) {
        throw fault("a value");
      }
      return switch (text.charAt(at)) {
        case '{' -> object(depth);
        case '[' -> array(depth);
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> numeral();
      };
    }

    Object word(String word, Object value) {
      if (!text.startsWith(word, at)) {
        throw fault(word);
      }
      at += word.length();
      return value;
    }

    Map<String, Object> object(int depth) {
      Map<String, Object> map = new LinkedHashMap<>();
      at++;
      space();
      if (take('}')) {
        return map;
      }
      do {
        space();
        if (at >= text.length() || text.charAt(at) != '"') {
          throw fault("a key in quotes");
        }
        String key = string();
        space();
        if (!take(':')) {
          throw fault("':'");
        }
        space();
        Object value = value(depth + 1);
        if (map.containsKey(key)) {
          throw new IllegalArgumentException(
              key.matches("[A-Za-z_][A-Za-z0-9_-]{0,39}")
                  ? "not JSON we accept: key \"" + key + "\" stands twice in one object"
                  : "not JSON we accept: a key stands twice in one object, before character "
                      + (at + 1));
        }
        map.put(key, value);
        space();
      } while (take(','));
      if (!take('}')) {
        throw fault("',' or '}'");
      }
      return map;
    }

    List<Object> array(int depth) {
      List<Object> list = new ArrayList<>();
      at++;
      space();
      if (take(']')) {
        return list;
      }
      do {
        space();
        list.add(value(depth + 1));
        space();
      } while (take(','));
      if (!take(']')) {
        throw fault("',' or ']'");
      }
      return list;
    }

    String string() {
      int from = ++at; // of what is not yet in out
      StringBuilder out = null;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return out == null
              ? text.substring(from, at - 1)
              : out.append(text, from, at - 1).toString();
        }
        if (c < 0x20) {
          at--;
          throw fault("no bare control character");
        }
        if (c == '\\') {
          out = out == null ? new StringBuilder(text.length() - from) : out;
          out.append(text, from, at - 1).append(escaped());
          from = at;
        }
      }
      throw fault("a closing quote");
    }

    char escaped() {
      if (at >= text.length()) {
        throw fault("an escape");
      }
      char c = text.charAt(at++);
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
            throw fault("four hexadecimal digits");
          }
          at += 4;
          char unit = (char) Integer.parseInt(text.substring(at - 4, at), 16);
          yield unit;
        }
        default -> {
          at--;
          throw fault("one of \" \\ / b f n r t u");
        }
      };
    }

    Object numeral() {
      int start = at;
      take('-');
      int digits = digits();
      boolean whole = true;
      if (digits == 0 || (digits > 1 && text.charAt(at - digits) == '0')) {
        at = start;
        throw fault("a value");
      }
      if (take('.')) {
        whole = false;
        if (digits() == 0) {
          throw fault("a digit");
        }
      }
      if (take('e') || take('E')) {
        whole = false;
        if (!take('+')) {
          take('-');
        }
        if (digits() == 0) {
          throw fault("a digit");
        }
      }
      String numeral = text.substring(start, at);
      if (whole && numeral.length() <= 20) {
        try {
          return Long.valueOf(numeral);
        } catch (NumberFormatException beyondLong) {
          return Double.valueOf(numeral);
        }
      }
      double value = Double.parseDouble(numeral);
      if (Double.isInfinite(value)) {
        at = start;
        throw fault("a number within the range of a double");
      }
      return value;
    }

    int digits() {
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      return at - start;
    }
  }
}
