package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.AliasEntry;
import dev.rootstock.activities.registry.ModelCard;
import dev.rootstock.activities.registry.ModelRegistry;
import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.console.Refused;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    description = "What exists: list, show, lineage, history, promote, verify.")
final class ModelsCommand {
  private final Terminal terminal;

  ModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(description = "Every model of the store, its newest version and its aliases.")
  int list(@Mixin StoreOption store, @Mixin Output output) throws IOException {
    try (Platform platform = Platform.here()) {
      ModelRegistry registry = platform.models(store.place());
      Table table = new Table("model", "kind", "parameters", "scores", "aliases", "made");
      List<Map<String, Object>> models = new ArrayList<>();
      for (String name : registry.names()) {
        List<ModelVersion> versions = registry.versions(name);
        ModelVersion newest = versions.get(versions.size() - 1);
        Map<String, AliasEntry> aliases = registry.aliases(name);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", name);
        model.put("newest", newest);
        model.put("aliases", aliases);
        models.add(model);
        table.row(
            newest.ref().label(),
            CanonicalJson.word(newest.kind()),
            Figures.count(newest.checkpoint().shape().parameters()),
            scores(newest),
            aliases.entrySet().stream()
                .map(alias -> alias.getKey() + " → " + alias.getValue().version())
                .collect(Collectors.joining(", ")),
            Figures.time(newest.at()));
      }
      output.write(
          terminal,
          "rootstock.models/1",
          Map.of("models", models),
          models.isEmpty() ? "" : table.toString());
      if (models.isEmpty()) {
        terminal.say("No model in " + store.place() + " yet.");
        terminal.next("rootstock run FILE", "grow one");
      } else {
        terminal.next("rootstock models show " + models.get(0).get("name"), "its card");
      }
      return Exit.DONE;
    }
  }

  private static String scores(ModelVersion model) {
    return new TreeMap<>(model.scores().values())
        .entrySet().stream()
            .map(score -> score.getKey() + " " + Figures.score(score.getValue()))
            .collect(Collectors.joining(", "));
  }

  @Command(description = "A model's card: what it is, from what, and how good.")
  int show(
      @Parameters(paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3") String model,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version);
      whole.put("aliases", platform.models(store.place()).aliases(version.name()));
      output.write(terminal, "rootstock.model/1", whole, ModelCard.of(version));
      terminal.next("rootstock generate " + version.ref().label() + " \"Once\"", "let it write");
      return Exit.DONE;
    }
  }

  @Command(description = "A model and its ancestors, down to the run that grew the base.")
  int lineage(
      @Parameters(paramLabel = "MODEL") String model,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      List<ModelVersion> line = new ArrayList<>(List.of(platform.model(store.place(), model)));
      while (line.get(line.size() - 1).parent().isPresent() && line.size() < 100) {
        line.add(platform.model(store.place(), line.get(line.size() - 1).parent().get()));
      }
      Table table = new Table("model", "kind", "fingerprint", "run", "made", "took");
      for (ModelVersion version : line) {
        table.row(
            version.ref().label(),
            CanonicalJson.word(version.kind()),
            version.checkpoint().fingerprint(),
            version.run(),
            Figures.time(version.at()),
            Figures.seconds(version.spent().seconds()));
      }
      output.write(terminal, "rootstock.lineage/1", Map.of("lineage", line), table.toString());
      terminal.next(
          "rootstock runs show " + line.get(line.size() - 1).run(), "the run that grew it");
      return Exit.DONE;
    }
  }

  @Command(description = "Who held an alias, when and why.")
  int history(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--alias",
              defaultValue = "production",
              description = "default ${DEFAULT-VALUE}")
          String alias,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      ModelVersion known = platform.model(store.place(), name);
      List<AliasEntry> entries = platform.models(store.place()).history(known.name(), alias);
      Table table = new Table("version", "since", "run", "reason");
      entries.forEach(
          entry ->
              table.row(entry.version(), Figures.time(entry.at()), entry.run(), entry.reason()));
      output.write(
          terminal,
          "rootstock.history/1",
          Map.of("history", entries),
          entries.isEmpty() ? "" : table.toString());
      if (entries.isEmpty()) {
        terminal.say(known.name() + " has never had the alias " + alias + ".");
      }
      terminal.next(
          "rootstock models promote " + known.ref().label() + " --alias " + alias,
          "point it there");
      return Exit.DONE;
    }
  }

  @Command(description = "Point an alias to a version.")
  int promote(
      @Parameters(paramLabel = "NAME@VERSION") String model,
      @Option(
              names = "--alias",
              defaultValue = "production",
              description = "default ${DEFAULT-VALUE}")
          String alias,
      @Option(
              names = "--reason",
              defaultValue = "by hand",
              description = "kept in the history; default \"${DEFAULT-VALUE}\"")
          String reason,
      @Mixin StoreOption store)
      throws IOException {
    new Check().alias("--alias", alias).done();
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      platform
          .models(store.place())
          .promote(version.name(), alias, version.version(), "by-hand", reason);
      terminal.say(version.name() + "@" + alias + " is version " + version.version() + " now.");
      terminal.next(
          "rootstock models history " + version.name() + " --alias " + alias, "who held it before");
      return Exit.DONE;
    }
  }

  @Command(description = "Read every byte of a model and compare with the sums its manifest names.")
  int verify(
      @Parameters(paramLabel = "MODEL") String model,
      @Mixin StoreOption store,
      @Mixin Output output)
      throws IOException {
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      ArtifactStore place = platform.store(store.place());
      List<String> folders = new ArrayList<>(List.of(version.checkpoint().location()));
      version.checkpoint().base().ifPresent(folders::add);
      List<String> faults = new ArrayList<>();
      for (String folder : folders) {
        faults.addAll(faults(place, folder));
      }
      String words =
          faults.isEmpty()
              ? version.ref().label() + " is whole: " + String.join(", ", folders)
              : String.join("\n", faults);
      output.write(
          terminal,
          "rootstock.verify/1",
          Map.of("model", version.ref().label(), "faults", faults),
          words);
      if (!faults.isEmpty()) {
        throw new Refused(faults.size() + " faults; the model must not be used");
      }
      terminal.next(
          "rootstock export " + version.ref().label() + " DIR", "a Hugging Face folder of it");
      return Exit.DONE;
    }
  }

  /** A finished training's sums stand in the manifest above the step's folder. */
  private static List<String> faults(ArtifactStore store, String folder) throws IOException {
    boolean own = store.size(folder + "/manifest.json").isPresent();
    return Artifacts.faults(store, own ? folder : folder.substring(0, folder.lastIndexOf('/')));
  }
}
