package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkChoiceTest {
  @TempDir Path folder;

  @Test
  void theFirstOfTheDocumentedOrderIsTaken() throws IOException {
    Path chosen = jdk("chosen", "21.0.2");
    Path named = jdk("named", "25.0.1");
    Path found = jdk("usual/jdk-25", "25");
    jdk("usual/jdk-17", "17.0.15");
    List<Path> usual = List.of(folder.resolve("nowhere"), folder.resolve("usual"));

    assertThat(
            JdkChoice.training(
                    Map.of(
                        "ROOTSTOCK_TRAINING_JAVA_HOME",
                        chosen.toString(),
                        "JAVA_HOME_25",
                        named.toString()),
                    usual)
                .java())
        .startsWith(chosen);
    assertThat(JdkChoice.training(Map.of("JAVA_HOME_25_X64", named.toString()), usual).java())
        .startsWith(named);
    assertThat(JdkChoice.training(Map.of("JAVA_HOME_25", chosen.toString()), usual).java())
        .startsWith(found);
    assertThat(JdkChoice.training(Map.of(), List.of(folder.resolve("nowhere"))))
        .isEqualTo(JdkChoice.running());
  }

  @Test
  void aChosenFolderWithoutAJdkIsRefused() {
    assertThatThrownBy(
            () ->
                JdkChoice.training(
                    Map.of("ROOTSTOCK_TRAINING_JAVA_HOME", folder.toString()), List.of()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("a folder with bin/java in it");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true);
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
