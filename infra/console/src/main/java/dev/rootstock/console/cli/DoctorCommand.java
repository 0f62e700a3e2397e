package dev.rootstock.console.cli;

import dev.rootstock.console.Checkup;
import dev.rootstock.console.Platform;
import dev.rootstock.console.server.TemporalBinary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = "Is this machine ready? A line each, with the remedy where it is not.")
final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--install-temporal",
      description =
          "first build Temporal's own command, which rootstock server starts, into the user's cache; needs Go")
  private boolean install;

  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final Output output = new Output();

  DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Platform platform = Platform.here()) {
      if (install) {
        terminal.say("Temporal's command: " + TemporalBinary.install(platform.home()).path());
      }
      List<Checkup.Finding> findings = new Checkup(platform).all(store.place(), server.address());
      Table table = new Table("", "what", "found");
      findings.forEach(
          finding -> table.row(finding.well() ? "ok" : "BAD", finding.what(), finding.found()));
      output.write(terminal, "rootstock.doctor/1", Map.of("findings", findings), table.toString());
      boolean well = findings.stream().allMatch(Checkup.Finding::well);
      terminal.next(
          well ? "rootstock run examples/text.yaml" : "rootstock doctor",
          well ? "begin" : "again, once that is mended");
      return well ? Exit.DONE : Exit.FAILED;
    }
  }
}
