package dev.rootstock.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML 1.2 text (core schema) to a {@link MarkedTree}. <code>${env:NAME}</code> in a value stands
 * for that variable; a bare value is a number or a truth value if the variable holds one.
 */
final class YamlText {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)}");
  private static final int MOST_VALUES = 200_000; // aliases of aliases grow without bound
  private static final int DEEPEST = 100;
  private static final String ENDLESS =
      "is nested too deep, or repeats itself (*alias) too often; write it out instead";

  private final String source;
  private final UnaryOperator<@Nullable String> environment;
  private final List<WrongFile.Fault> faults;
  private final ScalarResolver resolver = new CoreSchema().getScalarResolver();
  private int values;

  private YamlText(
      String source, UnaryOperator<@Nullable String> environment, List<WrongFile.Fault> faults) {
    this.source = source;
    this.environment = environment;
    this.faults = faults;
  }

  /**
   * Reads one document.
   *
   * @param source what to call the text in messages
   * @param environment the value of a variable, or null
   * @param faults gathers keys given twice, variables that are not set and the like
   * @throws WrongFile if it is not YAML, or empty
   */
  static MarkedTree read(
      String text,
      String source,
      UnaryOperator<@Nullable String> environment,
      List<WrongFile.Fault> faults) {
    return new YamlText(source, environment, faults).read(text);
  }

  /**
   * Reads a value from the command line: YAML where it is a number, a truth value, a list or a map;
   * else text.
   */
  static MarkedTree readArgument(
      String text, UnaryOperator<@Nullable String> environment, List<WrongFile.Fault> faults) {
    boolean plain = text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) < 0;
    YamlText yaml = new YamlText(Place.COMMAND_LINE, environment, faults);
    if (!plain) {
      return yaml.read(text);
    }
    return new MarkedTree(yaml.scalar(text, true, Place.commandLine(), ""), Place.commandLine());
  }

  private MarkedTree read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setUseMarks(true)
            .setSchema(new CoreSchema())
            .build();
    Optional<Node> root;
    try {
      root = new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException wrong) {
      Place place =
          wrong.getProblemMark().or(wrong::getContextMark).map(this::place).orElse(start());
      throw new WrongFile(place, "is not YAML: " + reason(text, place, wrong));
    } catch (ReaderException unreadable) {
      throw new WrongFile(start(), "is not YAML: " + firstLine(unreadable));
    } catch (YamlEngineException wrong) {
      boolean aliases = firstLine(wrong).contains("aliases");
      throw new WrongFile(start(), aliases ? ENDLESS : "is not YAML: " + firstLine(wrong));
    }
    if (root.isEmpty() || root.get().getTag().equals(Tag.NULL)) {
      throw new WrongFile(start(), "is empty; it must hold a pipeline, at least name and corpus");
    }
    List<Marked> places = new ArrayList<>();
    Object tree = value(root.get(), "", 0, places);
    MarkedTree whole = new MarkedTree(tree, place(root.get()));
    places.forEach(at -> whole.mark(at.path(), at.place()));
    return whole;
  }

  private record Marked(String path, Place place) {}

  private Object value(Node node, String path, int depth, List<Marked> places) {
    if (++values > MOST_VALUES || depth > DEEPEST) {
      throw new WrongFile(place(node), ENDLESS);
    }
    if (node instanceof MappingNode mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      Map<String, Place> first = new LinkedHashMap<>();
      for (NodeTuple entry : mapping.getValue()) {
        Place place = place(entry.getKeyNode());
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          fault(place, "a key is a list or a map; it must be a word");
          continue;
        }
        String name = key.getValue();
        String inner = path.isEmpty() ? name : path + "." + name;
        Place earlier = first.putIfAbsent(name, place);
        if (earlier != null) {
          fault(
              place,
              inner
                  + " is given twice; it must be given once. The first is at line "
                  + earlier.line());
          continue;
        }
        places.add(new Marked(inner, place));
        map.put(name, value(entry.getValueNode(), inner, depth + 1, places));
      }
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        String inner = (path.isEmpty() ? "" : path + ".") + list.size();
        places.add(new Marked(inner, place(item)));
        list.add(value(item, inner, depth + 1, places));
      }
      return list;
    }
    ScalarNode scalar = (ScalarNode) node;
    return scalar(
        scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, place(node), path);
  }

  private Object scalar(String written, boolean plain, Place place, String path) {
    String text = substituted(written, place, path);
    Tag tag = resolver.resolve(text, plain);
    try {
      if (tag.equals(Tag.NULL)) {
        return null;
      } else if (tag.equals(Tag.BOOL)) {
        return Boolean.valueOf(text);
      } else if (tag.equals(Tag.INT)) {
        return whole(text);
      } else if (tag.equals(Tag.FLOAT)) {
        return finite(Double.parseDouble(text));
      }
    } catch (NumberFormatException infinite) {
      return text; // whoever wants a number says so
    }
    return text;
  }

  private static Number whole(String text) {
    if (text.startsWith("0x")) {
      return Long.valueOf(text.substring(2), 16);
    }
    if (text.startsWith("0o")) {
      return Long.valueOf(text.substring(2), 8);
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException beyondLong) {
      return finite(Double.parseDouble(text));
    }
  }

  private static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("beyond the range of a double");
    }
    return value;
  }

  private String substituted(String text, Place place, String path) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (variables.find()) {
      String value = environment.apply(variables.group(1));
      if (value == null) {
        fault(
            place,
            (path.isEmpty() ? "the value" : path)
                + " names the environment variable "
                + variables.group(1)
                + ", which is not set; it must be set");
        value = variables.group();
      }
      variables.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(out).toString();
  }

  private void fault(Place place, String sentence) {
    faults.add(new WrongFile.Fault(place, sentence));
  }

  private Place start() {
    return new Place(source, source.equals(Place.COMMAND_LINE) ? 0 : 1, 1);
  }

  private Place place(Node node) {
    return node.getStartMark().map(this::place).orElse(start());
  }

  private Place place(Mark mark) {
    return source.equals(Place.COMMAND_LINE)
        ? Place.commandLine()
        : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String reason(String text, Place place, MarkedYamlEngineException wrong) {
    String[] lines = text.split("\r\n|\r|\n", -1);
    String line = place.line() > 0 && place.line() <= lines.length ? lines[place.line() - 1] : "";
    if (line.matches("[ ]*\t.*")) {
      return "a tab stands where the line is indented; indent with spaces";
    }
    String problem = wrong.getProblem() == null ? firstLine(wrong) : wrong.getProblem();
    String context =
        wrong.getContext() == null
            ? ""
            : wrong.getContext() + (problem.startsWith("but ") ? ", " : ": ");
    return (context + problem).replace("\n", " ");
  }

  private static String firstLine(Exception fault) {
    return String.valueOf(fault.getMessage())
        .lines()
        .findFirst()
        .orElse(fault.getClass().getSimpleName());
  }
}
