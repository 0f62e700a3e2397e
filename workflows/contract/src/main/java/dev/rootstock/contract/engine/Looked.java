package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;
import java.util.Map;

/**
 * What a {@link LookOrder} found.
 *
 * @param matching documents that were asked for
 * @param rows some of them by column; {@code characters} is the length of the whole text
 */
public record Looked(long matching, List<Map<String, Object>> rows) implements HandedOn {
  public Looked {
    rows = List.copyOf(rows);
  }
}
