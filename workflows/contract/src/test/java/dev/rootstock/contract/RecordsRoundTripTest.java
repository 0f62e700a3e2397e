package dev.rootstock.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsRoundTripTest {
  static Stream<Record> all() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsWrittenReadsBack(Record record) {
    if (record instanceof Fingerprint fingerprint) {
      assertThat(CanonicalJson.write(fingerprint)).isEqualTo("\"" + fingerprint.hex() + "\"");
    }
    assertThat(CanonicalJson.read(CanonicalJson.write(record), record.getClass()))
        .isEqualTo(record);
    assertThat(CanonicalJson.read(CanonicalJson.pretty(record), record.getClass()))
        .isEqualTo(record);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theCanonicalTextIsAFixedPoint(Record record) {
    String text = CanonicalJson.write(record);

    assertThat(CanonicalJson.write(CanonicalJson.read(text, record.getClass()))).isEqualTo(text);
    assertThat(Json.canonical(Json.parse(text))).isEqualTo(text);
  }

  /** A record that is added is sampled too, or this fails. */
  @Test
  void everySpecRefOrderAndResultIsSampled() throws IOException, URISyntaxException {
    Path classes = Path.of(Json.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> sampled =
        all()
            .map(record -> record.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> wanted;
    try (Stream<Path> files = Files.walk(classes)) {
      wanted =
          files
              .map(file -> classes.relativize(file).toString().replace('\\', '/'))
              .filter(name -> name.matches(".*(Spec|Ref|Order|Result)\\.class"))
              .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
              .collect(Collectors.toCollection(TreeSet::new));
    }

    assertThat(wanted).hasSizeGreaterThan(20);
    assertThat(sampled).containsAll(wanted);
  }
}
