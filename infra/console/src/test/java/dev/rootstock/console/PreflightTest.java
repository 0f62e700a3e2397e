package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pipelines whose words are right and whose world is not: refused all at once, before anything
 * starts.
 */
class PreflightTest {
  private static final String PIPELINE =
      """
      name: demo
      store: FOLDER/store
      corpus: { sources: [FOLDER/corpus.txt] }
      finetunes:
        - name: mood
          task: classify
          data: FOLDER/rows.csv
      """;

  @TempDir private Path folder;

  @BeforeEach
  void aSoundWorld() throws IOException {
    Files.writeString(folder.resolve("corpus.txt"), "Every spring the gardener grafts a plant.\n");
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append("a fine film ")
          .append(i)
          .append(",good\n")
          .append("a poor film ")
          .append(i)
          .append(",bad\n");
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(folder.resolve("few.csv"), "text,label\ngood,yes\nbad,no\n");
    Files.writeString(folder.resolve("same.csv"), rows.toString().replace(",bad", ",good"));
    Files.writeString(folder.resolve("nothing.txt"), "");
    Files.writeString(folder.resolve("file"), "");
    Files.createDirectories(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("pages"));
    Files.writeString(folder.resolve("pages/a.rtf"), "<p>a</p>");
    Files.write(
        folder.resolve("latin.csv"),
        rows.toString().replace("fine", "fin\u00e9").getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<String> faults(String... overrides) throws IOException {
    Path file = folder.resolve("pipeline.yaml");
    Files.writeString(file, PIPELINE.replace("FOLDER", folder.toString()));
    List<String> placed = new ArrayList<>();
    for (String override : overrides) {
      placed.add(override.replace("FOLDER", folder.toString()));
    }
    try (Platform platform = new Platform(folder, new Workspace(folder.resolve(".rootstock")))) {
      WrongFile wrong =
          catchThrowableOfType(
              WrongFile.class, () -> PipelineFile.read(file, placed).spec(platform::preflight));
      return wrong == null
          ? List.of()
          : wrong.faults().stream()
              .map(fault -> fault.toString().replace(folder.toString(), "FOLDER"))
              .toList();
    }
  }

  @Test
  void aSoundPipelineHasNoFaultAndNothingIsWritten() throws IOException {
    assertThat(faults()).isEmpty();
    assertThat(folder.resolve("store").resolve("runs")).doesNotExist();
    assertThat(folder.resolve("store").resolve("corpora")).doesNotExist();
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("corpus.sources.0=FOLDER/nix.txt", "corpus.sources.0.path", "does not exist"),
        Arguments.of("corpus.sources.0=FOLDER/*.md", "corpus.sources.0.path", "matches no file"),
        Arguments.of("corpus.sources.0=FOLDER/empty", "corpus.sources.0.path", "matches no file"),
        Arguments.of(
            "corpus.sources.0=FOLDER/nothing.txt",
            "corpus.sources.0.path",
            "must be text to learn from"),
        Arguments.of(
            "corpus.sources.0=FOLDER/pages", "corpus.sources.0.path", "Set format to text"),
        Arguments.of("finetunes.0.data=FOLDER/nix.csv", "finetunes.0.data", "does not exist"),
        Arguments.of("finetunes.0.label=stars", "finetunes.0.data", "the header has text,label"),
        Arguments.of("finetunes.0.text=review", "finetunes.0.data", "the header has text,label"),
        Arguments.of("finetunes.0.data=FOLDER/few.csv", "finetunes.0.data", "Give more rows"),
        Arguments.of(
            "finetunes.0.data=FOLDER/same.csv",
            "finetunes.0.label",
            "at least two different labels"),
        Arguments.of(
            "finetunes.0.data=FOLDER/latin.csv", "finetunes.0.data", "Set encoding to auto"),
        Arguments.of("store=FOLDER/file", "store", "a folder that can be written to"),
        Arguments.of("store=s3://", "store", "s3://bucket/prefix"),
        Arguments.of("store=ftp://somewhere/else", "store", "a folder, file: or s3: URI"));
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String override, String path, String words) throws IOException {
    List<String> faults = faults(override);

    assertThat(faults)
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(fault).contains(path + " is ").contains(words));
  }

  @Test
  void severalFaultsAreToldAtOnceEachWithItsPlace() throws IOException {
    Files.delete(folder.resolve("corpus.txt"));
    Files.delete(folder.resolve("rows.csv"));

    assertThat(faults("store=FOLDER/file", "pretrain.contxt=5"))
        .satisfiesExactly(
            fault ->
                assertThat(fault).startsWith("FOLDER/pipeline.yaml:3:21 corpus.sources.0.path is "),
            fault -> assertThat(fault).startsWith("FOLDER/pipeline.yaml:7:5 finetunes.0.data is "),
            fault ->
                assertThat(fault)
                    .startsWith("from the command line: pretrain.contxt is an unknown key"),
            fault -> assertThat(fault).startsWith("from the command line: store is "));
  }

  @Test
  void aListOfJobsIsToldByItsLinesAndByTheFirstTwentyThatAreWrong() throws IOException {
    Path jobs = folder.resolve("jobs.jsonl");
    String rows = ",\"data\":\"" + folder.resolve("rows.csv") + "\"";
    List<String> lines = new ArrayList<>();
    for (int line = 1; line <= 60; line++) {
      lines.add("{\"name\":\"job-" + line + "\"" + rows + "}");
    }
    lines.set(16, lines.get(16).replace("}", ",\"epochs\":0,\"labell\":\"x\"}"));
    lines.set(29, lines.get(29).replace("rows.csv", "few.csv"));
    lines.set(39, "{\"name\":\"mood\"" + rows + "}");
    Files.write(jobs, lines);
    String list = "jobs={file: FOLDER/jobs.jsonl, template: {task: classify}}";

    assertThat(faults(list))
        .satisfiesExactlyInAnyOrder(
            fault ->
                assertThat(fault)
                    .startsWith("FOLDER/jobs.jsonl:17:1 labell is an unknown key")
                    .endsWith("Did you mean label?"),
            fault ->
                assertThat(fault)
                    .startsWith("FOLDER/jobs.jsonl:30:1 data is 2 rows, none left to train on"),
            fault ->
                assertThat(fault)
                    .startsWith("FOLDER/jobs.jsonl:30:1 data is 2 rows, none left for dev"),
            fault ->
                assertThat(fault)
                    .isEqualTo(
                        "FOLDER/jobs.jsonl:40:1 name is \"mood\"; it must be another name than that of finetunes.0"));

    lines.replaceAll(line -> line.replace("name", "nam"));
    Files.write(jobs, lines);
    List<String> all = faults(list);
    assertThat(all.stream().map(fault -> fault.split(" ")[0]).filter(at -> at.contains("jsonl:")))
        .hasSizeGreaterThan(20)
        .contains("FOLDER/jobs.jsonl:20:1")
        .doesNotContain("FOLDER/jobs.jsonl:21:1");
    assertThat(all.get(all.size() - 1)).contains("jobs.file is wrong in 40 more lines");
  }

  @Test
  void aTemplateOfAListIsCheckedOnce() throws IOException {
    Files.writeString(folder.resolve("jobs.jsonl"), "");

    assertThat(faults("jobs={file: FOLDER/jobs.jsonl, template: {tsk: classify}}"))
        .first()
        .asString()
        .contains("jobs.template.tsk is an unknown key")
        .endsWith("Did you mean task?");
    assertThat(faults("jobs=FOLDER/jobs.jsonl"))
        .singleElement()
        .asString()
        .contains("jobs.file is ")
        .contains("which is empty; it must be a finetune a line");
  }

  @Test
  void aBaseThatNobodyRegisteredIsRefused() throws IOException {
    assertThat(faults("corpus=", "base=demo@production"))
        .singleElement()
        .asString()
        .contains("base is \"demo@production\"; it must be the name of a registered model");
  }
}
