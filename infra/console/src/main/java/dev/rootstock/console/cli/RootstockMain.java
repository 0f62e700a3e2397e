package dev.rootstock.console.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

@Command(
    name = "rootstock",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "rootstock 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Pretrain a language model once, reuse it for many cheap finetunes, durably.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      PlanCommand.class,
      FinetuneCommand.class,
      RunsCommand.class,
      DataCommand.class,
      ModelsCommand.class,
      GenerateCommand.class,
      ChatCommand.class,
      EvalCommand.class,
      BenchCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      ServerCommand.class,
      WorkerCommand.class,
      DoctorCommand.class
    })
public final class RootstockMain implements Callable<Integer> {
  private static final String STORY =
      """
      Rootstock grows a language model once and grafts many finetunes onto it.

        a corpus    is cleaned into documents, cut into tokens,
        a base      is pretrained on them once, and saved as it grows,
        finetunes   are grafted onto the base, each cheap, each allowed to fail alone,
        a report    tells what was made, how good it is, and what reuse saved.

      Whatever is made has a name made of what it was made from, and lies in a store: a folder or a bucket.
      Ask for the same again, from anywhere, and it is handed over instead of made.
      """;

  private final Terminal terminal;

  RootstockMain(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The command; see the class comment of {@link Exit} for how it ends. */
  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofProcess();
    System.exit(commandLine(terminal).execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine command = new CommandLine(new RootstockMain(terminal), new Commands(terminal));
    command.setOut(new PrintWriter(terminal.out(), true));
    command.setErr(new PrintWriter(terminal.err(), true));
    command.setExecutionExceptionHandler(new Voice(terminal));
    command.setUnmatchedOptionsAllowedAsOptionParameters(false); // --source a --typo
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setUsageHelpWidth(120); // columns; examples stay on one line
    command.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.isColoured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return command;
  }

  @Override
  public Integer call() {
    terminal.out().print(STORY);
    terminal.out().println();
    terminal.next("rootstock demo", "the story, in minutes");
    terminal.next("rootstock run examples/text.yaml", "a base and a finetune on your own text");
    terminal.next("rootstock --help", "every command");
    return Exit.DONE;
  }

  /** Makes commands that speak through one terminal. */
  private record Commands(Terminal terminal) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (constructor.getParameterCount() == 1
            && constructor.getParameterTypes()[0] == Terminal.class) {
          return type.cast(constructor.newInstance(terminal));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
