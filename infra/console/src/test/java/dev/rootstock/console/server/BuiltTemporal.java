package dev.rootstock.console.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Temporal's own command, where this machine has one. */
public final class BuiltTemporal {
  private BuiltTemporal() {}

  /** What the user would get, from the user's cache and not from that of the tests. */
  public static Optional<TemporalBinary> find() {
    Map<String, String> users = new HashMap<>(System.getenv());
    users.remove("ROOTSTOCK_CACHE");
    return TemporalBinary.find(users);
  }
}
