package dev.rootstock.training.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.ModelShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameBitsIT {
  @ParameterizedTest
  @EnumSource(ModelShape.Family.class)
  void warmProgramAndOneThatNeverCompilesComeToTheSameBits(ModelShape.Family family)
      throws Exception {
    String cold = inAnotherProgram(family, "-Xint");
    for (int i = 0; i < 30; i++) {
      TinyTraining.sum(family); // long enough for the kernels to be compiled
    }
    assertThat(TinyTraining.sum(family)).isEqualTo(cold);
    assertThat(inAnotherProgram(family)).isEqualTo(cold);
  }

  private static String inAnotherProgram(ModelShape.Family family, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TinyTraining.class.getName(), family.name()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String line = output.lines().filter(l -> l.startsWith("weights ")).findFirst().orElseThrow();
    return line.substring("weights ".length());
  }
}
