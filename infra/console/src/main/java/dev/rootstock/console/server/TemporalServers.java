package dev.rootstock.console.server;

import dev.rootstock.workflows.RecordPayloadConverter;
import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.NullPayloadConverter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the Temporal server: an address given, in the environment or in Temporal's own
 * configuration file; else the local one that {@code rootstock server} started in this workspace;
 * else one within this process. One that does not answer is an error, never a reason to go
 * elsewhere.
 */
public final class TemporalServers {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ADDRESS = "TEMPORAL_ADDRESS";

  private TemporalServers() {}

  /**
   * Opens the server that this environment asks for.
   *
   * @param address from the command line, which wins
   * @param workspace where a local server may have been started
   * @throws NoAnswer if a server was named or started and does not answer within 10 s
   */
  public static TemporalServer open(Optional<String> address, Path workspace) {
    return open(address, workspace, System.getenv(), PATIENCE);
  }

  /** Opens one within this process, whatever the environment names. */
  public static TemporalServer embedded() {
    return EmbeddedServer.start(converter());
  }

  /** Whether there is one already, so that {@link #open} would start none within this process. */
  public static boolean isThere(Optional<String> address, Path workspace) {
    return profile(address, System.getenv()).isPresent()
        || LocalServer.noted(workspace).isPresent();
  }

  static TemporalServer open(
      Optional<String> address,
      Path workspace,
      Map<String, String> environment,
      Duration patience) {
    Optional<Named> named = profile(address, environment);
    if (named.isPresent()) {
      return ExternalServer.connect(
          named.get().profile(), named.get().origin(), converter(), patience);
    }
    Optional<LocalServer.Note> local = LocalServer.noted(workspace);
    return local.isPresent() ? local(local.get(), patience) : EmbeddedServer.start(converter());
  }

  /**
   * Connects to a local server, which may still be starting.
   *
   * @throws NoAnswer if it has ended, or does not answer within {@code patience}
   */
  public static TemporalServer local(LocalServer.Note note, Duration patience) {
    if (!note.lives()) {
      throw new NoAnswer(
          "The local Temporal server of this folder has ended (process "
              + note.pid()
              + "). Start it again, its runs are kept: rootstock server. Or do without:"
              + " rootstock server stop.",
          null);
    }
    ClientConfigProfile profile =
        ClientConfigProfile.newBuilder().setAddress(note.address()).build();
    return new NotedServer(
        ExternalServer.connect(profile, "rootstock server", converter(), patience), note);
  }

  private record Named(ClientConfigProfile profile, String origin) {}

  private static Optional<Named> profile(
      Optional<String> address, Map<String, String> environment) {
    Map<String, String> asked = new HashMap<>(environment);
    address.ifPresent(given -> asked.put(ADDRESS, given));
    String origin = address.isPresent() ? "--temporal" : ADDRESS;
    if (!asked.containsKey(ADDRESS)) {
      Optional<Path> file = configuration(asked);
      if (file.isEmpty()) { // the common case on a laptop: spare the time to load a TOML reader
        return Optional.empty();
      }
      origin = file.get().toString();
    }
    ClientConfigProfile profile = load(asked, origin);
    boolean none = profile.getAddress() == null || profile.getAddress().isBlank();
    return none ? Optional.empty() : Optional.of(new Named(profile, origin));
  }

  /** How records are written into histories. */
  public static DataConverter converter() {
    return new DefaultDataConverter(
        new NullPayloadConverter(), new ByteArrayPayloadConverter(), new RecordPayloadConverter());
  }

  private static ClientConfigProfile load(Map<String, String> environment, String origin) {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment).build());
    } catch (IOException | RuntimeException unreadable) {
      throw new NoAnswer(
          "Temporal's settings (from " + origin + ") can not be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** Temporal's own configuration file, if there is one. */
  private static Optional<Path> configuration(Map<String, String> environment) {
    String named = environment.get("TEMPORAL_CONFIG_FILE");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    String home =
        environment.getOrDefault("XDG_CONFIG_HOME", System.getProperty("user.home") + "/.config");
    return Stream.of(
            Path.of(home, "temporalio", "temporal.toml"),
            Path.of(
                System.getProperty("user.home"),
                "Library",
                "Application Support",
                "temporalio",
                "temporal.toml"))
        .filter(Files::exists)
        .findFirst();
  }
}
