package dev.rootstock.console.cli;

import dev.rootstock.console.Refused;
import dev.rootstock.console.UnfitCorpus;
import dev.rootstock.console.Workspace;
import dev.rootstock.console.WrongFile;
import dev.rootstock.console.server.NoAnswer;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Tells what went wrong, and how the command ends for it. */
final class Voice implements CommandLine.IExecutionExceptionHandler {
  private final Terminal terminal;

  Voice(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(
      Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
    return tell(fault);
  }

  /** Tells of a fault; how the command ends for it. */
  int tell(Exception fault) {
    if (fault instanceof WrongFile wrong) {
      wrong.faults().forEach(told -> terminal.say(told.toString()));
      int faults = wrong.faults().size();
      terminal.say(
          terminal.red(
              faults == 1
                  ? "1 problem; nothing was started."
                  : faults + " problems; nothing was started."));
      return Exit.WRONG_USE;
    }
    if (fault instanceof InvalidConfig invalid) {
      invalid.problems().stream().map(Problem::sentence).forEach(terminal::say);
      return Exit.WRONG_USE;
    }
    if (fault instanceof UnfitCorpus) {
      terminal.say(terminal.red(String.valueOf(fault.getMessage())));
      return Exit.WRONG_USE;
    }
    if (fault instanceof NoAnswer || fault instanceof Refused) {
      terminal.say(terminal.red(String.valueOf(fault.getMessage())));
      return Exit.FAILED;
    }
    Workspace.here().captureLogs();
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    System.err.println(trace);
    terminal.say(
        terminal.red("Unexpected: " + fault + "\nThe whole of it: " + Workspace.here().log()));
    return Exit.FAILED;
  }
}
