package dev.rootstock.contract.pipeline;

import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Retired;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.TrainerSpec;
import dev.rootstock.contract.engine.Cadence;
import java.util.Optional;

/**
 * How a base is grown.
 *
 * @param tokens to train on; default {@code auto}: 20 a parameter (Hoffmann et al., 2022), 2 where
 *     {@code from} is given
 * @param context tokens a sequence; default 256, or that of {@code from}
 * @param batch sequences a step; default {@code auto}: as many as make 4,096 tokens, at least 4
 * @param rate peak learning rate; default {@code auto}: 0.003 · sqrt(256 / width), at most 0.01
 * @param warmup share of the steps; default 0.05
 * @param packing of documents into sequences; default {@code stream}
 * @param attention default {@code across-documents}
 * @param trainer another program than ours, by the name under which workers know it
 * @param from {@code NAME@ALIAS} or {@code NAME@3}: go on from a registered base of the same store,
 *     whose tokenizer, shape and context hold; what it has not seen yet of the corpus is learned
 * @param replay share of rows that are repeated from what {@code from} was grown on, against
 *     forgetting; default 0.05 (Ibrahim et al., 2024: 5 % where the text is much alike, up to 50 %
 *     where it is another language)
 * @param save how often to save, measure and speak; decides nothing
 */
@Retired("shards")
public record PretrainChoice(
    Optional<Long> tokens,
    Optional<Integer> context,
    Optional<Integer> batch,
    Optional<Double> rate,
    @Default("0.05") double warmup,
    @Default("{}") OptimizerSpec optimizer,
    @Default("1") long seed,
    @Default("{}") Numeric numeric,
    @Default("\"stream\"") TokensSpec.Packing packing,
    @Default("\"across-documents\"") PretrainSpec.Attention attention,
    Optional<TrainerSpec> trainer,
    Optional<String> from,
    Optional<Double> replay,
    @Default("{}") Cadence save) {
  private static final int CONTEXT = 256; // tokens
  private static final double REPLAY = 0.05;
  private static final long TOKENS_A_PARAMETER = 20;
  private static final long MORE_TOKENS_A_PARAMETER = 2;

  public static final PretrainChoice DEFAULT =
      new PretrainChoice(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0.05,
          OptimizerSpec.DEFAULT,
          1,
          Numeric.DEFAULT,
          TokensSpec.Packing.STREAM,
          PretrainSpec.Attention.ACROSS_DOCUMENTS,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Cadence.DEFAULT);

  public PretrainChoice {
    Check check = new Check();
    tokens.ifPresent(value -> check.positive("tokens", value));
    batch.ifPresent(value -> check.positive("batch", value));
    from.ifPresent(
        base ->
            check
                .that(
                    base.matches(PipelineSpec.REGISTERED),
                    "from",
                    "\"" + base + "\"",
                    "NAME@ALIAS or NAME@VERSION")
                .that(
                    trainer.isEmpty(),
                    "trainer",
                    "given",
                    "left out where from is: it is Rootstock's own that goes on"));
    replay.ifPresent(
        share ->
            check
                .that(from.isPresent(), "replay", share, "left out, or given with from: NAME@ALIAS")
                .that(share >= 0 && share < 1, "replay", share, "0 to below 1"));
    rate.ifPresent(
        value -> check.that(value > 0 && value < 1, "rate", value, "above 0 and below 1"));
    check
        .share("warmup", warmup)
        .that(
            numeric.device() == Numeric.Device.CPU,
            "numeric.device",
            "cuda",
            "cpu; ND4J's CUDA 11.6 has no code for GPUs above compute capability 8.9, and this version trains on the CPU");
    check.done();
    new TokensSpec(context.orElse(CONTEXT), packing);
  }

  /**
   * How tokens are cut into rows.
   *
   * @param otherwise context where none is chosen
   */
  public TokensSpec tokensSpec(int otherwise) {
    return new TokensSpec(context.orElse(otherwise), packing);
  }

  /** The same for a base that begins with first weights. */
  public TokensSpec tokensSpec() {
    return tokensSpec(CONTEXT);
  }

  /** Everything decided, for a model that begins with first weights. */
  public PretrainSpec spec(ModelShape shape) {
    return spec(shape, TOKENS_A_PARAMETER, Optional.empty());
  }

  /** Everything decided, for a model that goes on from another. */
  public PretrainSpec spec(Ancestor ancestor) {
    double share = replay.orElse(ancestor.tokens().isPresent() ? REPLAY : 0);
    return spec(ancestor.checkpoint().shape(), MORE_TOKENS_A_PARAMETER, Optional.of(share));
  }

  private PretrainSpec spec(ModelShape shape, long perParameter, Optional<Double> share) {
    int rows = batch.orElse(Math.max(4, 4096 / shape.context()));
    long wanted = tokens.orElse(perParameter * shape.parameters());
    long atOnce = (long) rows * shape.context();
    long steps = Math.max(1, (wanted + atOnce - 1) / atOnce);
    double peak = rate.orElse(Math.min(0.01, 0.003 * StrictMath.sqrt(256.0 / shape.width())));
    return new PretrainSpec(
        shape,
        steps,
        rows,
        new LearningSchedule(peak, Math.round(steps * warmup), steps, 0.1),
        optimizer,
        seed,
        numeric,
        attention,
        trainer,
        share);
  }
}
