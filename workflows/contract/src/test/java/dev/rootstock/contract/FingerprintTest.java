package dev.rootstock.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.pipeline.PretrainChoice;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name depends on, and what it does not. */
class FingerprintTest {
  private static final String PIPELINE =
      """
      {"name": "support", "store": "here",
       "corpus": {"sources": [{"path": "a.txt", "weight": 1, "licence": "MIT"}], "clean": {"recipe": "basic"}},
       "tokenizer": {"vocabulary": 512}, "model": {"family": "llama", "depth": 2},
       "pretrain": {"context": 64, "tokens": 100000},
       "finetunes": [{"name": "mood", "task": "classify", "data": "r.csv"}]}
      """;

  private static final Map<String, Fingerprint> BEFORE =
      chain(PIPELINE, "file:///one/a.txt", Samples.SUM);

  /** Fingerprints of all stages of a pipeline over one file, each an input of the next. */
  private static Map<String, Fingerprint> chain(String json, String place, String sum) {
    PipelineSpec pipeline = CanonicalJson.read(json, PipelineSpec.class);
    CorpusSpec corpus = pipeline.corpus().orElseThrow();
    CorpusSpec.Source source = corpus.sources().get(0);
    CorpusListing listing =
        new CorpusListing(
            List.of(
                new CorpusListing.ListedSource(
                    source.path(),
                    source.weight(),
                    source.licence(),
                    source.format(),
                    source.text(),
                    List.of(new PinnedFile(URI.create(place), sum, 10, Optional.empty())))));
    PretrainChoice choice = pipeline.pretrain().orElseThrow();
    TokenizerSpec learned = pipeline.tokenizer().orElseThrow().spec();
    PretrainSpec pretraining =
        choice.spec(
            pipeline
                .model()
                .orElseThrow()
                .shape(learned.vocabulary(), choice.tokensSpec().context()));
    var graft = pipeline.finetunes().get(0);
    FinetuneSpec finetuning =
        new FinetuneSpec(
            new TaskSpec(
                graft.task(),
                List.of(new Content(sum, 10, Optional.empty())),
                List.of(),
                graft.fields(),
                graft.format(),
                graft.encoding(),
                graft.dev(),
                graft.testShare(),
                graft.limit()),
            graft.method(),
            graft.adapter(),
            graft.passes(100),
            graft.batch(),
            graft.peakRate(),
            5,
            10,
            OptimizerSpec.DEFAULT,
            graft.seed(),
            Numeric.DEFAULT,
            Optional.empty());

    Map<String, Fingerprint> chain = new LinkedHashMap<>();
    chain.put("corpus", Fingerprint.of(Stage.CORPUS, Map.of(), listing.content()));
    chain.put("documents", Fingerprint.of(Stage.DOCUMENTS, pick(chain, "corpus"), corpus.clean()));
    chain.put("tokenizer", Fingerprint.of(Stage.TOKENIZER, pick(chain, "documents"), learned));
    chain.put(
        "tokens",
        Fingerprint.of(
            Stage.TOKENS, pick(chain, "documents", "tokenizer", "corpus"), choice.tokensSpec()));
    chain.put(
        "base", Fingerprint.of(Stage.PRETRAIN, pick(chain, "tokens", "tokenizer"), pretraining));
    chain.put(
        "finetune", Fingerprint.of(Stage.FINETUNE, pick(chain, "base", "tokenizer"), finetuning));
    return chain;
  }

  private static Map<String, Fingerprint> pick(Map<String, Fingerprint> chain, String... roles) {
    Map<String, Fingerprint> inputs = new HashMap<>();
    for (String role : roles) {
      inputs.put(role, chain.get(role));
    }
    return inputs;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"name\": \"support\" | \"name\": \"another\"",
        "\"store\": \"here\" | \"store\": \"s3://there/prefix\"",
        "\"path\": \"a.txt\" | \"path\": \"/mnt/corpora/**/*.txt\"",
        "\"name\": \"mood\" | \"name\": \"sentiment\"",
        "\"data\": \"r.csv\" | \"data\": \"s3://there/reviews.csv\"",
        "\"finetunes\": | \"runner\": \"direct\", \"finetunes\":",
        "\"finetunes\": | \"runner\": {\"flink\": {\"master\": \"host:8081\", \"parallelism\": 64}}, \"finetunes\":",
        "\"finetunes\": | \"evaluate\": {\"against\": []}, \"finetunes\":",
        "\"finetunes\": | \"promote\": {\"alias\": \"best\", \"when\": \"score > base\"}, \"finetunes\":",
        "\"context\": 64 | \"context\": 64, \"save\": {\"checkpointEvery\": \"PT9M\", \"keep\": 9, \"samples\": 0}",
        "\"context\": 64 | \"context\": 64, \"save\": {\"checkpointSteps\": 7, \"validations\": 1, \"prompt\": \"Hi\"}",
        "\"recipe\": \"basic\" | \"recipe\": \"basic\", \"minCharacters\": 100",
        "\"tokens\": 100000 | \"tokens\": 1e5",
        "\"weight\": 1 | \"weight\": 1.0",
      })
  void whatDecidesNothingChangesNoName(String from, String to) {
    assertThat(PIPELINE).contains(from);
    assertThat(chain(PIPELINE.replace(from, to), "s3://elsewhere/b.txt", Samples.SUM))
        .isEqualTo(BEFORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "corpus | \"weight\": 1 | \"weight\": 2",
        "corpus | \"licence\": \"MIT\" | \"licence\": \"BSD\"",
        "corpus | \"path\": \"a.txt\" | \"path\": \"a.txt\", \"format\": \"paragraphs\"",
        "documents | \"recipe\": \"basic\" | \"recipe\": \"none\"",
        "documents | \"recipe\": \"basic\" | \"minCharacters\": 101",
        "documents | \"recipe\": \"basic\" | \"deduplicate\": \"none\"",
        "documents | \"recipe\": \"basic\" | \"validation\": 0.06",
        "tokenizer | \"vocabulary\": 512 | \"vocabulary\": 513",
        "tokenizer | \"vocabulary\": 512 | \"vocabulary\": 512, \"preTokenizer\": \"llama3\"",
        "tokens | \"context\": 64 | \"context\": 128",
        "base | \"family\": \"llama\" | \"family\": \"gpt2\"",
        "base | \"depth\": 2 | \"depth\": 3",
        "base | \"depth\": 2 | \"depth\": 2, \"ropeBase\": 500000",
        "base | \"context\": 64 | \"context\": 64, \"seed\": 2",
        "base | \"context\": 64 | \"context\": 64, \"batch\": 5",
        "base | \"context\": 64 | \"context\": 64, \"rate\": 0.001",
        "base | \"context\": 64 | \"context\": 64, \"optimizer\": {\"beta2\": 0.999}",
        "base | \"context\": 64 | \"context\": 64, \"numeric\": {\"dtype\": \"float64\"}",
        "base | \"tokens\": 100000 | \"tokens\": 200000",
        "finetune | \"data\": \"r.csv\" | \"data\": \"r.csv\", \"method\": \"full\"",
        "finetune | \"data\": \"r.csv\" | \"data\": \"r.csv\", \"epochs\": 5",
        "finetune | \"data\": \"r.csv\" | \"data\": \"r.csv\", \"label\": \"stars\"",
        "finetune | \"data\": \"r.csv\" | \"data\": \"r.csv\", \"limit\": 100",
        "finetune | \"data\": \"r.csv\" | \"data\": \"r.csv\", \"lora\": {\"rank\": 8}",
      })
  void whatDecidesChangesTheNameOfItsStageAndOfAllAfterIt(String stage, String from, String to) {
    assertThat(PIPELINE).contains(from);
    Map<String, Fingerprint> after =
        chain(PIPELINE.replace(from, to), "file:///one/a.txt", Samples.SUM);

    boolean reached = false;
    for (String each : BEFORE.keySet()) {
      reached |= each.equals(stage);
      assertThat(after.get(each).equals(BEFORE.get(each))).as(each).isEqualTo(!reached);
    }
  }

  @Test
  void otherBytesMakeAnotherCorpusAndAllAfterIt() {
    Map<String, Fingerprint> after =
        chain(PIPELINE, "file:///one/a.txt", Samples.SUM.replace('0', '1'));

    assertThat(after.keySet()).allMatch(stage -> !after.get(stage).equals(BEFORE.get(stage)));
  }

  @Test
  void noSpecThatIsNamedHoldsAPlaceOrAWayOfWorking() {
    for (Record spec :
        List.of(
            Samples.CORPUS,
            Samples.CLEANING,
            Samples.TOKENIZER,
            Samples.TOKENS,
            Samples.PRETRAIN,
            Samples.LORA)) {
      assertThat(CanonicalJson.write(spec))
          .doesNotContain(
              "file:",
              "s3:",
              "\"path\"",
              "\"threads\"",
              "\"runner\"",
              "\"run\"",
              "\"attempt\"",
              "\"store\"");
    }
    assertThat(new Attempt("x", "y", 1, 0))
        .as("they are an attempt's")
        .isNotInstanceOf(HandedOn.class);
  }

  @Test
  void theOrderOfInputsIsNone() {
    Map<String, Fingerprint> sorted =
        new TreeMap<>(Map.of("a", Samples.A, "b", Samples.B, "c", Samples.C));
    Map<String, Fingerprint> reversed = new LinkedHashMap<>();
    List.of("c", "b", "a").forEach(role -> reversed.put(role, sorted.get(role)));

    assertThat(Fingerprint.of(Stage.TOKENS, reversed, Samples.TOKENS))
        .isEqualTo(Fingerprint.of(Stage.TOKENS, sorted, Samples.TOKENS));
    assertThat(
            Fingerprint.of(
                Stage.TOKENS,
                Map.of("a", Samples.B, "b", Samples.A, "c", Samples.C),
                Samples.TOKENS))
        .as("roles are not")
        .isNotEqualTo(Fingerprint.of(Stage.TOKENS, sorted, Samples.TOKENS));
  }

  @Test
  void theStageIsPartOfTheName() {
    assertThat(Fingerprint.of(Stage.PRETRAIN, Map.of(), Samples.TOKENS))
        .isNotEqualTo(Fingerprint.of(Stage.FINETUNE, Map.of(), Samples.TOKENS));
  }

  @Test
  void sumsAreSha256() {
    assertThat(Fingerprint.sha256(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a0",
        "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF",
        "a0a1a2a3a4a5a6a7a8a9aaabacadaeag",
        "../../../../../../../../../../etc"
      })
  void whatIsNoFingerprintIsRefused(String hex) {
    assertThatThrownBy(() -> new Fingerprint(hex))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(hex);
  }
}
