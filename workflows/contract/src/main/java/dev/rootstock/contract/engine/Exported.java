package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/** Names of the files that an {@link ExportOrder} wrote. */
public record Exported(List<String> files) implements HandedOn {
  public Exported {
    files = List.copyOf(files);
  }
}
