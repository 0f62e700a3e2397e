package dev.rootstock.console.cli;

import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description = "How fast this machine is, beside a bound and a peer.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchDataCommand.class,
      BenchTrainCommand.class,
      BenchAdaptersCommand.class,
      BenchLearnCommand.class,
      BenchResumeCommand.class,
      BenchFanoutCommand.class
    })
final class BenchCommand {}
