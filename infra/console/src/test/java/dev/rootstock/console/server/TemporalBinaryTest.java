package dev.rootstock.console.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalBinaryTest {
  @TempDir private Path folder;

  private Path program(String... path) throws IOException {
    Path file = folder.resolve(String.join(File.separator, path));
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\necho 'temporal version 1.10.0 (Server 1.31.2)'\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void theNewestThatWasBuiltWinsOverThePath() throws IOException {
    program("cache", "temporal", "1.9.3", "temporal");
    Path newest = program("cache", "temporal", "1.10.0", "temporal");
    Path other = program("bin", "temporal");
    String path = folder.resolve("nothing") + File.pathSeparator + other.getParent();
    String cache = folder.resolve("cache").toString();

    assertThat(TemporalBinary.find(Map.of("ROOTSTOCK_CACHE", cache, "PATH", path)))
        .hasValueSatisfying(found -> assertThat(found.path()).isEqualTo(newest));
    assertThat(TemporalBinary.find(Map.of("ROOTSTOCK_CACHE", cache + "-none", "PATH", path)))
        .hasValueSatisfying(found -> assertThat(found.path()).isEqualTo(other));
    assertThat(TemporalBinary.find(Map.of("ROOTSTOCK_CACHE", cache + "-none"))).isEmpty();
  }

  @Test
  void oneThatIsNamedIsTakenOrRefused() throws IOException {
    Path named = program("own", "temporal");

    assertThat(TemporalBinary.find(Map.of("ROOTSTOCK_TEMPORAL", named.toString())))
        .hasValueSatisfying(found -> assertThat(found.version()).isEqualTo("1.10.0"));
    assertThatThrownBy(() -> TemporalBinary.find(Map.of("ROOTSTOCK_TEMPORAL", folder + "/absent")))
        .isInstanceOf(NoAnswer.class)
        .hasMessageContaining("ROOTSTOCK_TEMPORAL names");
  }
}
