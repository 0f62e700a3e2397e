package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline file.
 *
 * @param name of the run and of the base it registers
 * @param store a folder or {@code s3://bucket/prefix}; default {@code ./rootstock-store}
 * @param base {@code NAME@ALIAS} or {@code NAME@3}: start from a registered model in place of
 *     growing one
 * @param corpus needed unless {@code base} is given
 * @param finetunes what to graft; may be empty
 * @param runner where Beam runs; default Flink in the engine's own process
 */
public record PipelineSpec(
    String name,
    @Default("\"rootstock-store\"") String store,
    Optional<String> base,
    Optional<CorpusSpec> corpus,
    Optional<TokenizerChoice> tokenizer,
    Optional<ModelChoice> model,
    Optional<PretrainChoice> pretrain,
    @Default("[]") List<FinetuneChoice> finetunes,
    @Default("{}") EvaluateChoice evaluate,
    Optional<PromoteChoice> promote,
    @Default("\"flink\"") RunnerSpec runner) {
  /** How a registered model is named: {@code NAME@ALIAS} or {@code NAME@3}. */
  static final String REGISTERED = "[a-z0-9][a-z0-9._-]{0,62}@[a-z0-9][a-z0-9._-]{0,62}";

  public PipelineSpec {
    finetunes = List.copyOf(finetunes);
    Check check = new Check().name("name", name);
    check.that(!store.isBlank(), "store", "empty", "a folder or s3://bucket/prefix");
    if (base.isPresent()) {
      String why = "left out where base is given, for the base brings its own";
      check.that(corpus.isEmpty(), "corpus", "given", why);
      check.that(tokenizer.isEmpty(), "tokenizer", "given", why);
      check.that(model.isEmpty(), "model", "given", why);
      check.that(pretrain.isEmpty(), "pretrain", "given", why);
      check.that(
          base.get().matches(REGISTERED),
          "base",
          "\"" + base.get() + "\"",
          "NAME@ALIAS or NAME@VERSION");
      check.that(
          !finetunes.isEmpty(),
          "finetunes",
          "empty",
          "a list of at least one, for there is no base to grow");
    } else {
      check.that(corpus.isPresent(), "corpus", "missing", "given, unless base: NAME@ALIAS is");
    }
    if (pretrain.flatMap(PretrainChoice::from).isPresent()) {
      String why = "left out where pretrain.from is given, for a descendant keeps its ancestor's";
      check.that(tokenizer.isEmpty(), "tokenizer", "given", why);
      check.that(model.isEmpty(), "model", "given", why);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < finetunes.size(); i++) {
      String graft = finetunes.get(i).name();
      if (!names.add(graft)) {
        check.addAll(
            List.of(
                Problem.of(
                    "finetunes." + i + ".name",
                    "\"" + graft + "\"",
                    "another name than those before it")));
      }
    }
    check.done();
  }
}
