package dev.rootstock.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.contract.RunnerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreprocessEngineIT extends EngineContract {
  private Orders orders() {
    return new Orders(work.resolve("store"), RunnerSpec.LOCAL, 2);
  }

  private Path corpus() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      text.append("Document ")
          .append(i)
          .append(" is about the number ")
          .append(i * 7919L % 10_007)
          .append(".\n\n");
    }
    return Files.writeString(work.resolve("corpus.txt"), text);
  }

  private String order(String cleaning) throws IOException {
    return CanonicalJson.write(
        orders()
            .clean(
                orders().corpus(Orders.source(Format.AUTO, 1, corpus())),
                Orders.cleaning(cleaning)));
  }

  @Override
  List<String> command() throws IOException {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-Djava.io.tmpdir=" + Files.createDirectories(work.resolve("tmp")),
        "@" + Path.of("jvm.options").toAbsolutePath(),
        "-cp",
        System.getProperty("java.class.path"),
        PreprocessMain.class.getName());
  }

  @Override
  String verb() {
    return "clean";
  }

  @Override
  String goodOrder() throws IOException {
    return order("{}");
  }

  @Override
  String hopelessOrder() throws IOException {
    String order = order("{\"minCharacters\":900000}");
    Files.delete(work.resolve("corpus.txt"));
    return order;
  }

  @Override
  String hopelessKind() {
    return "BadCorpus";
  }

  @AfterEach
  void leavesNoTemporaryFiles() throws IOException {
    try (Stream<Path> left = Files.list(work.resolve("tmp"))) {
      assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
          .isEmpty();
    }
  }

  @Test
  void anOrderFingerprintedOtherwiseIsRefused() throws Exception {
    assertThat(hopelessOrder())
        .contains("900000"); // the same with another setting, under the old fingerprint
    String mismatched = hopelessOrder().replace("900000", "899999");
    assertThat(mismatch(mismatched)).isEqualTo("FingerprintMismatch");
  }

  private String mismatch(String order) throws Exception {
    Path spec = Files.writeString(work.resolve("mismatch.json"), order);
    Path result = work.resolve("mismatch.result.json");
    List<String> line = new java.util.ArrayList<>(command());
    line.addAll(List.of(verb(), spec.toString(), result.toString()));
    Process engine =
        new ProcessBuilder(line).redirectError(work.resolve("mismatch.log").toFile()).start();
    assertThat(engine.waitFor()).isEqualTo(dev.rootstock.contract.engine.EngineExit.HOPELESS);
    return CanonicalJson.read(Files.readString(result), dev.rootstock.contract.engine.Failure.class)
        .kind();
  }
}
