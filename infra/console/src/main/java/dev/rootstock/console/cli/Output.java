package dev.rootstock.console.cli;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Option;

/** The option {@code -o}: how a result is written to standard output. */
final class Output {
  enum Form {
    TABLE,
    JSON,
    YAML
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table (default), json or yaml: the result alone on standard output")
  private Form form = Form.TABLE;

  boolean isTable() {
    return form == Form.TABLE;
  }

  /**
   * Writes a result.
   *
   * @param schema name and version of its layout, {@code rootstock.models/1}
   * @param result a record, list or map, as {@link CanonicalJson} spells it
   * @param table the same for people
   */
  void write(Terminal terminal, String schema, Map<String, Object> result, String table) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("schema", schema);
    result.forEach((key, value) -> whole.put(key, CanonicalJson.tree(value)));
    String text =
        switch (form) {
          case TABLE -> table;
          case JSON -> Json.pretty(whole);
          case YAML -> yaml(whole);
        };
    terminal.draw(List.of());
    terminal.out().print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
    terminal.out().flush();
  }

  private static String yaml(Object tree) {
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(tree);
  }
}
