package dev.rootstock.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.pipeline.EvaluateChoice.Rival;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
  private static final String SMALL =
      """
      name: demo
      corpus:
        sources: [notes]
      pretrain:
        context: 64
      finetunes:
        - { name: mood, task: classify, data: mood.csv }
        - { name: v1.2, task: language-model, data: more.txt }
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("pipeline.yaml"), text);
  }

  private PipelineSpec read(String text, String... overrides) throws IOException {
    return PipelineFile.read(
            file(text), List.of(overrides), Map.of("TOKENS", "5000", "PLACE", "west")::get)
        .spec(spec -> List.of());
  }

  @Test
  void everythingLeftOutHasItsDefault() throws IOException {
    PipelineSpec spec = read("name: demo\ncorpus: { sources: [notes] }\n");

    assertThat(spec.store()).isEqualTo("rootstock-store");
    assertThat(spec.corpus().orElseThrow().clean().recipe()).isEqualTo(CleaningSpec.Recipe.BASIC);
    assertThat(spec.evaluate().against()).containsExactly(Rival.SCRATCH, Rival.BASE);
    assertThat(spec.finetunes()).isEmpty();
  }

  @Test
  void numbersAreReadAsPeopleWriteThem() throws IOException {
    PipelineSpec spec =
        read(SMALL, "pretrain.tokens=2e6", "pretrain.seed=0x10", "pretrain.rate=1e-3");

    assertThat(spec.pretrain().orElseThrow().tokens()).contains(2_000_000L);
    assertThat(spec.pretrain().orElseThrow().seed()).isEqualTo(16);
    assertThat(spec.pretrain().orElseThrow().rate()).contains(0.001);
  }

  @Test
  void autoLeavesAChoiceOpen() throws IOException {
    assertThat(read(SMALL, "pretrain.tokens=auto").pretrain().orElseThrow().tokens()).isEmpty();
  }

  @Test
  void anItemIsNamedByIndexOrByItsNameEvenWithDotsInIt() throws IOException {
    PipelineSpec spec =
        read(SMALL, "finetunes.0.epochs=7", "finetunes.mood.batch=3", "finetunes.v1.2.epochs=9");

    assertThat(spec.finetunes())
        .extracting(FinetuneChoice::epochs)
        .containsExactly(Optional.of(7), Optional.of(9));
    assertThat(spec.finetunes().get(0).batch()).isEqualTo(3);
  }

  @Test
  void anIndexBehindTheLastAddsAnItem() throws IOException {
    PipelineSpec spec = read(SMALL, "finetunes.2={name: third, task: classify, data: c.csv}");

    assertThat(spec.finetunes())
        .extracting(FinetuneChoice::name)
        .containsExactly("mood", "v1.2", "third");
  }

  @Test
  void whatTheFileLeavesOutIsMade() throws IOException {
    PipelineSpec spec =
        read(
            "name: demo\n",
            "corpus.sources.0.path=notes",
            "corpus.sources.1=more",
            "model.depth=2");

    assertThat(spec.corpus().orElseThrow().sources())
        .extracting(source -> source.path())
        .containsExactly("notes", "more");
    assertThat(spec.model().orElseThrow().depth()).isEqualTo(2);
  }

  @Test
  void bareTextIsSpelledOutWhenAPartOfItIsSet() throws IOException {
    PipelineSpec spec =
        read(
            "name: demo\ncorpus: { sources: [notes], clean: none }\n",
            "corpus.sources.0.weight=2",
            "corpus.clean.validation=0.2");

    assertThat(spec.corpus().orElseThrow().sources().get(0).path()).isEqualTo("notes");
    assertThat(spec.corpus().orElseThrow().sources().get(0).weight()).isEqualTo(2);
    assertThat(spec.corpus().orElseThrow().clean().recipe()).isEqualTo(CleaningSpec.Recipe.NONE);
    assertThat(spec.corpus().orElseThrow().clean().validation()).isEqualTo(0.2);
  }

  @Test
  void aRecipeIsNamedByAWordOrSpelledOut() throws IOException {
    CleaningSpec word =
        read("name: demo\ncorpus: { sources: [notes], clean: fineweb }\n")
            .corpus()
            .orElseThrow()
            .clean();
    CleaningSpec spelled =
        read("""
                name: demo
                corpus:
                  sources: [notes]
                  clean:
                    recipe: fineweb
                    languages: [zh, en]
                    mask: [email, phone]
                    blocked: { sites: [example.com] }
                """)
            .corpus()
            .orElseThrow()
            .clean();

    assertThat(word.recipe()).isEqualTo(CleaningSpec.Recipe.FINEWEB);
    assertThat(word.masked()).containsExactly(CleaningSpec.Personal.values());
    assertThat(spelled.languages()).containsExactly("en", "zh");
    assertThat(spelled.masked())
        .containsExactly(CleaningSpec.Personal.EMAIL, CleaningSpec.Personal.PHONE);
    assertThat(spelled.blocked().sites()).containsExactly("example.com");
  }

  @Test
  void aFileGivesAWholePart() throws IOException {
    Path tasks =
        Files.writeString(
            folder.resolve("tasks.yaml"), "- { name: one, task: classify, data: one.csv }\n");

    assertThat(read(SMALL, "finetunes=@" + tasks).finetunes())
        .extracting(FinetuneChoice::name)
        .containsExactly("one");
  }

  @Test
  void aFaultInAFileGivenByAnOverrideIsToldWithItsPlaceThere() throws IOException {
    Path tasks =
        Files.writeString(
            folder.resolve("tasks.yaml"), "- name: one\n  task: clasify\n  data: one.csv\n");

    assertThatThrownBy(() -> read(SMALL, "finetunes=@" + tasks))
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining(tasks + ":2:3 finetunes.0.task is \"clasify\"");
  }

  @Test
  void theLastOverrideHoldsAndAnEmptyOneLeavesOut() throws IOException {
    assertThat(
            read(SMALL, "pretrain.context=32", "pretrain.context=128")
                .pretrain()
                .orElseThrow()
                .context())
        .contains(128);
    assertThat(read(SMALL, "pretrain.context=").pretrain().orElseThrow().context()).isEmpty();
  }

  @Test
  void variablesStandForTheirValues() throws IOException {
    PipelineSpec spec =
        read(
            """
            name: demo
            store: s3://models-${env:PLACE}/rootstock
            corpus: { sources: [notes] }
            pretrain:
              tokens: ${env:TOKENS}
            """);

    assertThat(spec.store()).isEqualTo("s3://models-west/rootstock");
    assertThat(spec.pretrain().orElseThrow().tokens()).contains(5000L);
  }

  @Test
  void faultsOfOverridesAreTogetherWithThoseOfTheFileAndBehindThem() {
    assertThatThrownBy(
            () ->
                read(
                    SMALL + "colour: green\n",
                    "pretrain.tokenz=5",
                    "finetunes.modo.epochs=1",
                    "finetunes.7.epochs=1",
                    "nonsense",
                    "pretrain.rate=${env:NOT_SET}"))
        .isInstanceOfSatisfying(
            WrongFile.class,
            wrong ->
                assertThat(wrong.faults())
                    .extracting(WrongFile.Fault::toString)
                    .satisfiesExactly(
                        fault ->
                            assertThat(fault)
                                .contains("pipeline.yaml:9:1 colour is an unknown key"),
                        fault ->
                            assertThat(fault)
                                .startsWith(
                                    "from the command line: finetunes.modo is an unknown name")
                                .endsWith("Did you mean mood?"),
                        fault -> assertThat(fault).contains("finetunes.7 is not in the list of 2"),
                        fault ->
                            assertThat(fault)
                                .contains("\"nonsense\" is not an override; it must be KEY=VALUE"),
                        fault -> assertThat(fault).contains("NOT_SET, which is not set"),
                        fault -> assertThat(fault).contains("pretrain.rate is \"${env:NOT_SET}\""),
                        fault ->
                            assertThat(fault)
                                .startsWith(
                                    "from the command line: pretrain.tokenz is an unknown key")
                                .endsWith("Did you mean tokens?")));
  }

  @Test
  void whatPreflightFindsIsToldWithItsPlaceAlsoBesideOtherFaults() {
    assertThatThrownBy(
            () ->
                PipelineFile.read(file(SMALL + "colour: green\n"), List.of())
                    .spec(spec -> List.of(Problem.of("finetunes.1.data", "missing", "a file"))))
        .isInstanceOf(WrongFile.class)
        .hasMessageContaining("pipeline.yaml:8:41 finetunes.1.data is missing; it must be a file")
        .hasMessageContaining("colour is an unknown key");
  }

  @Test
  void preflightIsNotBlamedForWhatIsWrongAlready() {
    assertThatThrownBy(
            () ->
                PipelineFile.read(
                        file(
                            "name: demo\nbase: nonsense\nfinetunes:\n  - {name: a, task: classify, data: a.csv}\n"),
                        List.of())
                    .spec(spec -> List.of(Problem.of("base", "\"unnamed@unnamed\"", "registered"))))
        .isInstanceOfSatisfying(WrongFile.class, wrong -> assertThat(wrong.faults()).hasSize(1));
  }

  @Test
  void whatIsNoReadableFileIsToldInWords() throws IOException {
    assertThatThrownBy(() -> PipelineFile.read(folder, List.of()))
        .hasMessageContaining("is a folder; it must be a file");
    assertThatThrownBy(() -> PipelineFile.read(folder.resolve("nix.yaml"), List.of()))
        .hasMessageContaining("nix.yaml: there is no such file");
    Path latin =
        Files.write(
            folder.resolve("latin.yaml"),
            "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PipelineFile.read(latin, List.of()))
        .hasMessageContaining("is not UTF-8 text (at byte 9)");
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
    assertThatThrownBy(() -> PipelineFile.read(empty, List.of()))
        .hasMessageContaining("empty.yaml:1:1 is empty");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    assertThat(read("\uFEFFname: demo\ncorpus: { sources: [notes] }\n").name()).isEqualTo("demo");
  }

  @Test
  void aTaskFileMayHoldOneFinetuneOrAListOrAKey() throws IOException {
    String one = "name: mood\ntask: classify\ndata: mood.csv\n";
    String list = "- {name: mood, task: classify, data: mood.csv}\n";
    String key = "finetunes:\n  - {name: mood, task: classify, data: mood.csv}\n";
    for (String text : List.of(one, list, key)) {
      PipelineSpec spec =
          PipelineFile.readTask(
                  file(text), "place", "demo@production", List.of("finetunes.mood.epochs=2"))
              .spec(x -> List.of());

      assertThat(spec.base()).contains("demo@production");
      assertThat(spec.store()).isEqualTo("place");
      assertThat(spec.finetunes().get(0).task()).isEqualTo(TaskType.CLASSIFY);
      assertThat(spec.finetunes().get(0).epochs()).contains(2);
    }
  }

  @Test
  void aFaultInATaskFileHasItsPlaceThere() throws IOException {
    Path task = file("name: mood\ntask: classify\ndata: mood.csv\nepocs: 3\n");

    assertThatThrownBy(
            () ->
                PipelineFile.readTask(task, "place", "demo@production", List.of())
                    .spec(x -> List.of()))
        .hasMessageContaining("pipeline.yaml:4:1 finetunes.0.epocs is an unknown key")
        .hasMessageContaining("Did you mean epochs?");
  }
}
