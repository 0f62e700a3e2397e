package dev.rootstock.console.cli;

import dev.rootstock.contract.engine.Progress;
import java.util.List;
import java.util.function.Consumer;

/** A live line of one engine that a person waits for. */
final class Loading implements Consumer<Progress> {
  private final Terminal terminal;
  private final String name;

  Loading(Terminal terminal, String name) {
    this.terminal = terminal;
    this.name = name;
  }

  @Override
  public void accept(Progress progress) {
    String stage = progress.stage().equals(name) ? name : name + ": " + progress.stage();
    terminal.draw(List.of((stage + "  " + Figures.line(progress)).strip()));
  }
}
