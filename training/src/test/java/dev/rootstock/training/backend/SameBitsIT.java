package dev.rootstock.training.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameBitsIT {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  @ParameterizedTest
  @EnumSource(TinyTraining.Of.class)
  void warmProgramAndOneThatNeverCompilesComeToTheSameBits(TinyTraining.Of what) throws Exception {
    String cold = inAnotherProgram(AnotherProgram.THIS, what, "-Xint");
    for (int i = 0; i < 20; i++) {
      TinyTraining.sum(what); // long enough for the kernels to be compiled
    }
    assertThat(TinyTraining.sum(what)).isEqualTo(cold);
  }

  @ParameterizedTest
  @EnumSource(
      value = TinyTraining.Of.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "CPU_ADAPTER") // what is left out counts from where a program began
  void resumingIsNeverStopping(TinyTraining.Of what) {
    assertThat(TinyTraining.sumResumedAfter(what, 4)).isEqualTo(TinyTraining.sum(what));
  }

  /** It reads memory in another way there, and the polynomial is the same. */
  @Test
  void aNewerJdkComesToTheBitsOfThisOne() throws Exception {
    Optional<Path> newer = newerJava();
    assumeTrue(newer.isPresent(), "no JDK 25 found: name one in JAVA_HOME_25");
    String own = TinyTraining.sum(TinyTraining.Of.CPU_QWEN3);
    assertThat(inAnotherProgram(newer.get(), TinyTraining.Of.CPU_QWEN3)).isEqualTo(own);
  }

  private static Optional<Path> newerJava() throws IOException {
    List<Path> homes = new ArrayList<>();
    Stream.of("JAVA_HOME_25_X64", "JAVA_HOME_25")
        .map(System::getenv)
        .filter(Objects::nonNull)
        .forEach(home -> homes.add(Path.of(home)));
    Path usual = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> all = Files.list(usual)) {
        all.filter(home -> home.getFileName().toString().matches(".*\\b25\\b.*"))
            .forEach(homes::add);
      }
    }
    return homes.stream()
        .map(home -> home.resolve("bin").resolve("java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String inAnotherProgram(Path java, TinyTraining.Of what, String... options)
      throws Exception {
    List<String> all =
        Stream.concat(Stream.of("-Xmx512m", VECTORS, NATIVE), Stream.of(options)).toList();
    return AnotherProgram.run(java, all, TinyTraining.class, "weights", what.name());
  }
}
