package dev.rootstock.console.cli;

import dev.rootstock.console.CorpusArguments;
import dev.rootstock.console.DataCatalog;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Preparation;
import dev.rootstock.contract.engine.Looked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "data",
    description =
        "Documents, and what was dropped on the way to them: prepare, inspect, dropped, sample.")
final class DataCommand {
  private static final String WHICH =
      "a folder that prepare wrote, a run, or documents of the store by their fingerprint's beginning";

  private final Terminal terminal;

  DataCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      description =
          "Clean a corpus into a folder of Parquet files, with what was dropped and why, and a page of statistics.")
  int prepare(
      @Option(
              names = "--source",
              paramLabel = "GLOB",
              arity = "1..*",
              required = true,
              description =
                  "files, folders or globs (** crosses folders), local or s3://; may be given often")
          List<String> sources,
      @Option(
              names = "--recipe",
              paramLabel = "NAME",
              defaultValue = "basic",
              description = "rules to clean by; none extracts and normalises only; default basic")
          String recipe,
      @Option(
              names = "--out",
              paramLabel = "DIR",
              required = true,
              description = "appears whole or not at all; an earlier result is replaced")
          Path out,
      @Option(
              names = "--licence",
              paramLabel = "NAME",
              description = "of the text, kept with every document")
          Optional<String> licence,
      @Option(
              names = "--language",
              paramLabel = "CODE",
              arity = "1..*",
              description = "keep these languages alone")
          List<String> languages,
      @Option(
              names = "--format",
              paramLabel = "NAME",
              description = "of all files; default: each by its name")
          Optional<String> format,
      @Option(
              names = "--text",
              paramLabel = "KEY",
              description = "of JSON objects: the key that holds the text; default text")
          Optional<String> text,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              arity = "1..*",
              description = "any setting of cleaning, such as minCharacters=200")
          List<String> settings,
      @Option(
              names = "--block-sites",
              paramLabel = "FILE",
              arity = "1..*",
              description =
                  "lists of domains and addresses, one a line, or hosts files: their documents are dropped")
          List<String> sites,
      @Option(
              names = "--block-words",
              paramLabel = "FILE",
              arity = "1..*",
              description = "lists of words and phrases, one a line, that drop a document")
          List<String> words,
      @Option(
              names = "--screen",
              paramLabel = "FILE",
              arity = "1..*",
              description =
                  "pipeline or task files: documents with a passage of their test rows are dropped")
          List<Path> screens,
      @Option(
              names = "--validation",
              paramLabel = "SHARE",
              defaultValue = "0",
              description = "share of documents marked to be held out; default 0")
          double validation,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    Map<String, Object> source = new LinkedHashMap<>();
    licence.ifPresent(given -> source.put("licence", given));
    format.ifPresent(given -> source.put("format", given));
    text.ifPresent(given -> source.put("text", given));
    Map<String, Object> cleaning = new LinkedHashMap<>();
    cleaning.put("recipe", recipe);
    cleaning.put("validation", validation);
    put(cleaning, "languages", languages);
    Map<String, Object> lists = new LinkedHashMap<>();
    put(lists, "sites", sites);
    put(lists, "words", words);
    if (!lists.isEmpty()) {
      cleaning.put("blocked", new LinkedHashMap<>(Map.of("files", lists)));
    }
    CorpusArguments arguments =
        new CorpusArguments(sources, source, cleaning, settings == null ? List.of() : settings);
    try (Platform platform = Platform.here()) {
      Preparation.Prepared prepared =
          platform
              .preparation()
              .prepare(
                  arguments,
                  screens == null ? List.of() : screens,
                  store.place(),
                  out,
                  new Loading(terminal, "clean"));
      output.write(
          terminal, "rootstock.prepared/1", DataTables.whole(prepared), DataTables.of(prepared));
      terminal.next("rootstock data inspect " + out, "counts by rule, language and source");
      if (prepared.documents().dropped() > 0) {
        terminal.next("rootstock data dropped " + out, "what was dropped, and why");
      }
      terminal.next("rootstock data sample " + out, "what was kept");
      return broken(prepared.statistics()) ? Exit.FAILED : Exit.DONE;
    }
  }

  private static void put(Map<String, Object> settings, String key, List<String> given) {
    if (given != null) {
      settings.put(key, new ArrayList<Object>(given));
    }
  }

  /** Says which files are missing from a folder that is whole but for them. */
  private boolean broken(Map<String, Object> statistics) {
    if (!(statistics.get("broken") instanceof List<?> files) || files.isEmpty()) {
      return false;
    }
    terminal.say(
        files.size()
            + " could not be read to the end; what the others hold is there. Mend or remove:");
    files.forEach(file -> terminal.say("  " + file));
    return true;
  }

  @Command(description = "Counts per rule, language and source, and how long documents are.")
  int inspect(
      @Parameters(paramLabel = "DATA", description = WHICH) String data,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      DataCatalog catalog = platform.data(store.place());
      Map<String, Object> statistics = catalog.statistics(catalog.find(data));
      output.write(
          terminal,
          "rootstock.data/1",
          Map.of("data", data, "statistics", statistics),
          DataTables.of(statistics));
      terminal.next("rootstock data dropped " + data, "examples of what was dropped");
      terminal.next("rootstock data sample " + data, "examples of what was kept");
      return Exit.DONE;
    }
  }

  @Command(description = "Documents that were dropped, each with reason, rule and value found.")
  int dropped(
      @Parameters(paramLabel = "DATA", description = WHICH) String data,
      @Option(names = "--reason", paramLabel = "NAME", description = "only this: TOO_SHORT")
          Optional<String> reason,
      @Option(names = "--language", paramLabel = "CODE", description = "only this; und: not known")
          Optional<String> language,
      @Option(names = "--source", paramLabel = "NAME", description = "whose name begins with this")
          Optional<String> source,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "10",
              description = "default ${DEFAULT-VALUE}: those with the least ids")
          int limit,
      @Option(
              names = "--characters",
              paramLabel = "N",
              defaultValue = "300",
              description = "of each text; default ${DEFAULT-VALUE}")
          int characters,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    return look(
        data,
        new DataCatalog.Look(true, reason, language, source, limit, Optional.empty(), characters),
        store,
        output);
  }

  @Command(description = "Documents that were kept, drawn by a seed: the same ones each time.")
  int sample(
      @Parameters(paramLabel = "DATA", description = WHICH) String data,
      @Option(
              names = {"-n", "--limit"},
              paramLabel = "N",
              defaultValue = "10",
              description = "default ${DEFAULT-VALUE}")
          int limit,
      @Option(names = "--language", paramLabel = "CODE", description = "only this; und: not known")
          Optional<String> language,
      @Option(names = "--source", paramLabel = "NAME", description = "whose name begins with this")
          Optional<String> source,
      @Option(
              names = "--seed",
              paramLabel = "N",
              defaultValue = "0",
              description = "default ${DEFAULT-VALUE}")
          long seed,
      @Option(
              names = "--characters",
              paramLabel = "N",
              defaultValue = "300",
              description = "of each text; default ${DEFAULT-VALUE}")
          int characters,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    return look(
        data,
        new DataCatalog.Look(
            false, Optional.empty(), language, source, limit, Optional.of(seed), characters),
        store,
        output);
  }

  private int look(String data, DataCatalog.Look look, StoreOption store, Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      DataCatalog catalog = platform.data(store.place());
      Looked looked = catalog.look(catalog.find(data), look, new Loading(terminal, "look"));
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("data", data);
      whole.put("matching", looked.matching());
      whole.put("documents", looked.rows());
      String schema = look.dropped() ? "rootstock.dropped/1" : "rootstock.sample/1";
      output.write(terminal, schema, whole, DataTables.of(looked, terminal));
      terminal.say(
          String.format(
              Locale.ROOT,
              "%,d of %,d %s documents%s.",
              looked.rows().size(),
              looked.matching(),
              look.dropped() ? "dropped" : "kept",
              look.reason().isPresent() || look.language().isPresent() || look.source().isPresent()
                  ? " that match"
                  : ""));
      terminal.next("rootstock data inspect " + data, "all of them in counts");
      return Exit.DONE;
    }
  }
}
