package dev.rootstock.console.cli;

import dev.rootstock.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a folder that is to be imported says of itself before an engine reads it. */
final class AdapterFolder {
  private static final String CONFIG = "adapter_config.json";
  private static final int LARGEST = 1 << 20; // bytes; real ones have a thousand

  private AdapterFolder() {}

  /** Whether it holds an adapter and no whole model. */
  static boolean holds(Path folder) {
    return Files.isRegularFile(folder.resolve(CONFIG))
        && !Files.exists(folder.resolve("config.json"));
  }

  /** Words on the base that the adapter names; empty if it names none. */
  static String said(Path folder) {
    Path config = folder.resolve(CONFIG);
    try {
      if (Files.isRegularFile(config)
          && Files.size(config) <= LARGEST
          && Json.parse(Files.readString(config)) instanceof Map<?, ?> map
          && map.get("base_model_name_or_path") instanceof String base
          && !base.isBlank()) {
        return "; the adapter's own name for it is \"" + base + "\"";
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      return ""; // the engine says what is wrong with it
    }
    return "";
  }
}
