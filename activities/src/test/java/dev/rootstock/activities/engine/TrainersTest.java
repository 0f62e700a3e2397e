package dev.rootstock.activities.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.TrainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainersTest {
  @TempDir Path folder;

  @Test
  void aTrainerIsFoundByNameAndVersion() throws IOException {
    Files.writeString(
        folder.resolve("mine.json"),
        """
        {"version": 3, "command": ["torchrun", "mine.py"], "environment": {"NCCL_DEBUG": "WARN"}}
        """);

    assertThat(new Trainers(folder).command(new TrainerSpec("mine", 3)))
        .isEqualTo(new EngineCommand(List.of("torchrun", "mine.py"), Map.of("NCCL_DEBUG", "WARN")));
    assertThatThrownBy(() -> new Trainers(folder).command(new TrainerSpec("mine", 2)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("pretrain.trainer.version is 2; it must be the one that")
        .hasMessageEndingWith("names, 3");
  }

  @Test
  void anUnknownTrainerIsRefusedWithWhatToWriteWhere() {
    assertThatThrownBy(() -> new Trainers(folder).command(new TrainerSpec("mine", 2)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("one with a file in " + folder)
        .hasMessageContaining("Write mine.json there: {\"version\": 2,");
  }

  @Test
  void aNameCanNotLeaveTheFolder() {
    assertThatThrownBy(() -> new TrainerSpec("../mine", 1)).isInstanceOf(InvalidConfig.class);
  }

  @Test
  void theFolderIsTheOneNamedElseThatOfTheUsersConfiguration() {
    assertThat(Trainers.of(Map.of("ROOTSTOCK_TRAINERS", "here", "XDG_CONFIG_HOME", "there")))
        .isEqualTo(new Trainers(Path.of("here")));
    assertThat(Trainers.of(Map.of("XDG_CONFIG_HOME", "there")))
        .isEqualTo(new Trainers(Path.of("there", "rootstock", "trainers")));
  }
}
