package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/**
 * What a {@link PublishOrder} wrote.
 *
 * @param files their paths within the folder
 */
public record Published(long documents, long dropped, List<String> files) implements HandedOn {
  public Published {
    files = List.copyOf(files);
  }
}
