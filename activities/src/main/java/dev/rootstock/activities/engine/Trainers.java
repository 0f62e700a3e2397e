package dev.rootstock.activities.engine;

import dev.rootstock.activities.Host;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TrainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The trainers of other makers that this machine's owner lets workers start, a file {@code
 * NAME.json} each. A pipeline names one and can not bring a command line of its own: whoever may
 * start a run may not for that start any program.
 *
 * @param folder of the files; need not exist
 */
public record Trainers(Path folder) {
  private static final String FOLDER = "ROOTSTOCK_TRAINERS";

  /**
   * What a file says.
   *
   * @param version that the program is of; a run that asks for another is refused
   * @param command program and arguments, before the verb; a relative path is looked for from the
   *     worker's directory
   * @param environment added to the worker's own
   */
  public record Entry(
      int version, List<String> command, @Default("{}") Map<String, String> environment) {
    public Entry {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
      new Check()
          .positive("version", version)
          .that(!command.isEmpty(), "command", "empty", "a program and its arguments")
          .done();
    }
  }

  /**
   * The folder that {@code ROOTSTOCK_TRAINERS} names, else {@code rootstock/trainers} in the user's
   * configuration.
   */
  public static Trainers here() {
    return of(System.getenv());
  }

  static Trainers of(Map<String, String> environment) {
    String named = environment.getOrDefault(FOLDER, "");
    if (!named.isBlank()) {
      return new Trainers(Path.of(named));
    }
    String configuration =
        environment.getOrDefault(
            "XDG_CONFIG_HOME", Path.of(System.getProperty("user.home"), ".config").toString());
    return new Trainers(Path.of(configuration, "rootstock", "trainers"));
  }

  /**
   * The command line of a trainer.
   *
   * @throws InvalidConfig if this machine has none of that name and version
   */
  public EngineCommand command(TrainerSpec wanted) throws IOException {
    Path file = folder.resolve(wanted.name() + ".json");
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException absent) {
      throw new InvalidConfig(
          Problem.of(
              "pretrain.trainer",
              wanted.name() + ", which " + Host.here() + " does not know",
              "one with a file in " + folder,
              "Write "
                  + file.getFileName()
                  + " there: {\"version\": "
                  + wanted.version()
                  + ", \"command\": [\"torchrun\", \"…\"]}; "
                  + FOLDER
                  + " names another folder."));
    }
    Entry entry = CanonicalJson.read(text, Entry.class);
    new Check()
        .that(
            entry.version() == wanted.version(),
            "pretrain.trainer.version",
            wanted.version(),
            "the one that " + file + " names, " + entry.version())
        .done();
    return new EngineCommand(entry.command(), entry.environment());
  }
}
