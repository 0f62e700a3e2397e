package dev.rootstock.contract.pipeline;

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
 * @param tokens to train on; default {@code auto}: 20 a parameter (Hoffmann et al., 2022)
 * @param context tokens a sequence; default 256
 * @param batch sequences a step; default {@code auto}: as many as make 4,096 tokens, at least 4
 * @param rate peak learning rate; default {@code auto}: 0.003 · sqrt(256 / width), at most 0.01
 * @param warmup share of the steps; default 0.05
 * @param packing of documents into sequences; default {@code stream}
 * @param attention default {@code across-documents}
 * @param trainer another program than ours, by the name under which workers know it
 * @param save how often to save, measure and speak; decides nothing
 */
@Retired("shards")
public record PretrainChoice(
    Optional<Long> tokens,
    @Default("256") int context,
    Optional<Integer> batch,
    Optional<Double> rate,
    @Default("0.05") double warmup,
    @Default("{}") OptimizerSpec optimizer,
    @Default("1") long seed,
    @Default("{}") Numeric numeric,
    @Default("\"stream\"") TokensSpec.Packing packing,
    @Default("\"across-documents\"") PretrainSpec.Attention attention,
    Optional<TrainerSpec> trainer,
    @Default("{}") Cadence save) {
  public static final PretrainChoice DEFAULT =
      new PretrainChoice(
          Optional.empty(),
          256,
          Optional.empty(),
          Optional.empty(),
          0.05,
          OptimizerSpec.DEFAULT,
          1,
          Numeric.DEFAULT,
          TokensSpec.Packing.STREAM,
          PretrainSpec.Attention.ACROSS_DOCUMENTS,
          Optional.empty(),
          Cadence.DEFAULT);

  public PretrainChoice {
    Check check = new Check();
    tokens.ifPresent(value -> check.positive("tokens", value));
    batch.ifPresent(value -> check.positive("batch", value));
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
    new TokensSpec(context, packing);
  }

  public TokensSpec tokensSpec() {
    return new TokensSpec(context, packing);
  }

  /** Everything decided, for a model. */
  public PretrainSpec spec(ModelShape shape) {
    int rows = batch.orElse(Math.max(4, 4096 / context));
    long wanted = tokens.orElse(20 * shape.parameters());
    long steps = Math.max(1, (wanted + (long) rows * context - 1) / ((long) rows * context));
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
        trainer);
  }
}
