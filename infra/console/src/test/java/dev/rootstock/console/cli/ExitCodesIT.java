package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitCodesIT {
  @TempDir private Path folder;

  private CommandLineProcess.Ended run(String... arguments)
      throws IOException, InterruptedException {
    return CommandLineProcess.run(folder, arguments);
  }

  private Path soundPipeline() throws IOException {
    Files.writeString(folder.resolve("corpus.txt"), "Every spring the gardener grafts a plant.\n");
    return Files.writeString(
        folder.resolve("sound.yaml"), "name: demo\ncorpus: { sources: [corpus.txt] }\n");
  }

  @Test
  void aloneItTellsTheStoryAndThreeCommands() throws Exception {
    CommandLineProcess.Ended ended = run();

    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).contains("grows a language model once").contains("a report");
    assertThat(ended.err().lines().filter(line -> line.startsWith("next  rootstock"))).hasSize(3);
  }

  @Test
  void aWrongFileEndsWithTwoAndStartsNothing() throws Exception {
    Files.writeString(
        folder.resolve("wrong.yaml"), "name: demo\ncorpus: { sources: [] }\ncolour: green\n");

    CommandLineProcess.Ended ended = run("run", "wrong.yaml", "pretrain.tokenz=5");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("wrong.yaml:2:11 corpus.sources is empty")
        .contains("wrong.yaml:3:1 colour is an unknown key")
        .contains("from the command line: pretrain.tokenz is an unknown key")
        .contains("3 problems; nothing was started.")
        .doesNotContain("Temporal");
    assertThat(folder.resolve(".rootstock")).doesNotExist();
  }

  @Test
  void aMissingFileAndAnUnknownVerbEndWithTwo() throws Exception {
    assertThat(run("run", "nix.yaml"))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(2))
        .satisfies(ended -> assertThat(ended.err()).contains("nix.yaml: there is no such file"));
    assertThat(run("rnu"))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(2))
        .satisfies(ended -> assertThat(ended.err()).contains("rnu"));
  }

  @Test
  void aServerThatDoesNotAnswerEndsWithOneAndItsWords() throws Exception {
    soundPipeline();
    String address;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + socket.getLocalPort();
    }

    CommandLineProcess.Ended ended =
        CommandLineProcess.start(
                folder, Map.of("TEMPORAL_ADDRESS", address), List.of("run", "sound.yaml"))
            .end();

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            "No answer from "
                + address
                + " (from TEMPORAL_ADDRESS) in 10 s: finishConnect(..) failed: Connection refused."
                + " Unset it to work locally.\n");
  }

  @Test
  void aListingInJsonIsAloneOnStandardOutput() throws Exception {
    CommandLineProcess.Ended ended = run("models", "list", "-o", "json");

    assertThat(ended.exit()).isZero();
    assertThat(Json.parse(ended.out()))
        .isEqualTo(Map.of("schema", "rootstock.models/1", "models", List.of()));
    assertThat(ended.err()).contains("next  rootstock run FILE");
  }

  @Test
  void whatIsNotThereEndsWithOneOrTwoAndNamesTheWayOut() throws Exception {
    assertThat(run("runs", "show", "nix"))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
        .satisfies(ended -> assertThat(ended.err()).contains("there is no run nix"));
    assertThat(run("models", "show", "nix"))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(2))
        .satisfies(ended -> assertThat(ended.err()).contains("the name of a registered model"));
    assertThat(run("runs", "cancel", "nix"))
        .satisfies(ended -> assertThat(ended.exit()).isEqualTo(1))
        .satisfies(ended -> assertThat(ended.err()).contains("let TEMPORAL_ADDRESS name a server"));
  }

  @Test
  void aDetailedPlanEndsWithTwoWhereThereIsWorkAndOneWhereTheFileIsWrong() throws Exception {
    soundPipeline();

    assertThat(run("plan", "sound.yaml"))
        .satisfies(ended -> assertThat(ended.exit()).isZero())
        .satisfies(
            ended -> assertThat(ended.out()).containsPattern("base +MADE .* [0-9.]+ GB +[0-9a-f]"));
    assertThat(run("plan", "sound.yaml", "--detailed-exitcode").exit()).isEqualTo(2);
    assertThat(run("plan", "nix.yaml", "--detailed-exitcode").exit()).isEqualTo(1);
  }
}
