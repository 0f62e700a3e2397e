package dev.rootstock.contract;

import dev.rootstock.contract.engine.AdaptersBenchOrder;
import dev.rootstock.contract.engine.AdaptersBenchRun;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.DataBenchOrder;
import dev.rootstock.contract.engine.EvaluateOrder;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.Exported;
import dev.rootstock.contract.engine.Failure;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.FinetunesOrder;
import dev.rootstock.contract.engine.FinetunesResult;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import dev.rootstock.contract.engine.ImportOrder;
import dev.rootstock.contract.engine.Imported;
import dev.rootstock.contract.engine.LearnOrder;
import dev.rootstock.contract.engine.LookOrder;
import dev.rootstock.contract.engine.MeasureOrder;
import dev.rootstock.contract.engine.Measured;
import dev.rootstock.contract.engine.Piece;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.PublishOrder;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.TokenizeOrder;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.contract.engine.TrainBenchRun;
import dev.rootstock.contract.engine.WeighOrder;
import dev.rootstock.contract.engine.Weighed;
import dev.rootstock.contract.pipeline.EvaluateChoice;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.pipeline.JobsChoice;
import dev.rootstock.contract.pipeline.ModelChoice;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.pipeline.PretrainChoice;
import dev.rootstock.contract.pipeline.PromoteChoice;
import dev.rootstock.contract.pipeline.TokenizerChoice;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One or more of every record that is spelled in JSON, with all of its optional values given
 * somewhere.
 */
final class Samples {
  static final Fingerprint A = new Fingerprint("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
  static final Fingerprint B = new Fingerprint("b0b1b2b3b4b5b6b7b8b9babbbcbdbebf");
  static final Fingerprint C = new Fingerprint("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");
  static final String SUM = "0123456789abcdef".repeat(4);
  static final Instant AT = Instant.parse("2026-11-24T05:00:00Z");

  static final Content CONTENT = new Content(SUM, 12_345, Optional.empty());
  static final Content LABELLED = new Content(SUM.replace('0', '9'), 99, Optional.of("positive"));
  static final PinnedFile PINNED =
      new PinnedFile(URI.create("file:///corpus/a.txt"), SUM, 12_345, Optional.empty());
  static final CorpusContent CORPUS =
      new CorpusContent(
          List.of(
              new CorpusContent.SourceContent(
                  1, Optional.of("CC-BY-4.0"), CorpusSpec.Format.AUTO, "text", List.of(CONTENT)),
              new CorpusContent.SourceContent(
                  0.5,
                  Optional.empty(),
                  CorpusSpec.Format.JSONL,
                  "body",
                  List.of(CONTENT, LABELLED))));
  static final CleaningSpec CLEANING =
      new CleaningSpec(
          CleaningSpec.Recipe.BASIC,
          100,
          1_000_000,
          0.01,
          Optional.empty(),
          0.05,
          List.of(),
          0.5,
          Optional.empty(),
          CleaningSpec.Blocked.NONE,
          0.8,
          CleaningSpec.Repeats.KEEP,
          CleaningSpec.Decontaminate.DROP);
  static final TokenizerSpec TOKENIZER = new TokenizerSpec(8192, TokenizerSpec.PreTokenizer.GPT2);
  static final TokensSpec TOKENS = new TokensSpec(256);
  static final ModelShape LLAMA = ModelShape.ofDepth(ModelShape.Family.LLAMA, 4, 8192, 256);
  static final ModelShape GPT2 = ModelShape.ofDepth(ModelShape.Family.GPT2, 2, 512, 64);
  static final PretrainSpec PRETRAIN =
      new PretrainSpec(
          LLAMA,
          2000,
          16,
          new LearningSchedule(0.003, 100, 2000, 0.1),
          OptimizerSpec.DEFAULT,
          1,
          Numeric.DEFAULT);
  static final PretrainSpec DESCENDANT =
      new PretrainSpec(
          LLAMA,
          200,
          16,
          new LearningSchedule(0.003, 10, 200, 0.1),
          OptimizerSpec.DEFAULT,
          1,
          Numeric.DEFAULT,
          PretrainSpec.Attention.ACROSS_DOCUMENTS,
          Optional.empty(),
          Optional.of(0.05));
  static final TaskSpec TASK =
      new TaskSpec(
          TaskType.CLASSIFY,
          List.of(CONTENT, LABELLED),
          List.of(),
          new TaskSpec.Fields("review", "stars", "source", "target"),
          TaskSpec.Format.CSV,
          TaskSpec.Encoding.UTF_8,
          0.1,
          0.2,
          Optional.of(1000));
  static final FinetuneSpec LORA =
      new FinetuneSpec(
          TASK,
          FinetuneSpec.Method.LORA,
          Optional.of(new LoraSpec(16, 32)),
          4,
          16,
          0.002,
          5,
          10,
          OptimizerSpec.DEFAULT,
          1,
          Numeric.DEFAULT,
          Optional.empty());
  static final FinetuneSpec SCRATCH =
      new FinetuneSpec(
          TASK,
          FinetuneSpec.Method.FULL,
          Optional.empty(),
          4,
          16,
          0.0005,
          5,
          10,
          OptimizerSpec.DEFAULT,
          1,
          new Numeric(Numeric.Dtype.FLOAT64, Numeric.Device.CPU),
          Optional.of(GPT2));

  static final CheckpointRef CHECKPOINT =
      new CheckpointRef(
          A, Stage.PRETRAIN.at(A) + "/step-00002000", 2000, LLAMA, B, Optional.empty());
  static final CheckpointRef ADAPTER =
      new CheckpointRef(
          C,
          Stage.FINETUNE.at(C) + "/step-00000400",
          400,
          LLAMA,
          B,
          Optional.of(CHECKPOINT.location()));
  static final DocumentsRef DOCUMENTS_REF = new DocumentsRef(A, 900, 100, 5_000_000_000L);
  static final TokenizerRef TOKENIZER_REF = new TokenizerRef(B, 8192, 3.7);
  static final TokensRef TOKENS_REF = new TokensRef(C, 4_000_000, 15_625, 200_000, 740_000, 256);
  static final CorpusRef CORPUS_REF =
      new CorpusRef(A, Stage.CORPUS.at(A) + "/listings/000001.json", 3, 99);
  static final Scores SCORES = new Scores(Map.of("accuracy", 0.91, "macro-f1", 1.0 / 3), 200);
  static final Spent SPENT = new Spent(1234.5, 1.5e18, 4_000_000);
  static final Attempt ATTEMPT = new Attempt("s3://acme-models/rootstock", "run-7", 2, 8);
  static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(90), Optional.of(50L), 3, 4, Optional.of("Once upon"), 5);

  private Samples() {}

  static List<Record> all() {
    return List.of(
        A,
        new CorpusSpec(
            List.of(
                new CorpusSpec.Source(
                    "a/**/*.md", 2, Optional.of("MIT"), CorpusSpec.Format.MARKDOWN, "text"),
                new CorpusSpec.Source(
                    "s3://raw/x.jsonl", 1, Optional.empty(), CorpusSpec.Format.JSONL, "body")),
            CLEANING),
        CORPUS,
        new CorpusListing(
            List.of(
                new CorpusListing.ListedSource(
                    "a/*.txt",
                    1,
                    Optional.of("MIT"),
                    CorpusSpec.Format.TEXT,
                    "text",
                    List.of(PINNED)))),
        CLEANING,
        TOKENIZER,
        new TokenizerSpec(
            259,
            TokenizerSpec.PreTokenizer.LLAMA3,
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")),
        TOKENS,
        LLAMA,
        GPT2,
        ModelShape.ofDepth(ModelShape.Family.QWEN2, 2, 512, 64),
        new ModelShape(
            ModelShape.Family.QWEN3,
            2,
            40,
            3,
            1,
            16,
            64,
            512,
            64,
            1e-6,
            1e6,
            false,
            Optional.of(new ModelShape.RopeScaling(8, 1, 4, 32))),
        PRETRAIN,
        new PretrainSpec(
            LLAMA,
            2000,
            16,
            new LearningSchedule(0.003, 100, 2000, 0.1),
            OptimizerSpec.DEFAULT,
            1,
            Numeric.DEFAULT,
            PretrainSpec.Attention.WITHIN_DOCUMENTS,
            Optional.of(new TrainerSpec("torch-llama", 2)),
            Optional.empty()),
        DESCENDANT,
        new Ancestor(CHECKPOINT, Optional.of(TOKENS_REF)),
        new Ancestor(CHECKPOINT, Optional.empty()),
        new TrainerSpec("torch-llama", 2),
        OptimizerSpec.DEFAULT,
        Numeric.DEFAULT,
        new LoraSpec(8, 16.5),
        new FreezeSpec(true, 1, List.of("*.mlp.*")),
        new StoppingSpec(Optional.of(Metric.ACCURACY), 0.01, 20),
        TASK,
        LORA,
        SCRATCH,
        RunnerSpec.LOCAL,
        RunnerSpec.flink("host:8081", Optional.of(4)),
        new RunnerSpec(
            Optional.empty(),
            Optional.of(new RunnerSpec.Spark("spark://host:7077", Map.of("bundleSize", "1000"))),
            Optional.empty(),
            Optional.empty()),
        new RunnerSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new RunnerSpec.Dataflow("project", "europe-west4", "gs://bucket/temp", Map.of())),
            Optional.empty()),
        new RunnerSpec(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new RunnerSpec.Direct(Optional.of(2)))),
        CONTENT,
        LABELLED,
        PINNED,
        CORPUS_REF,
        DOCUMENTS_REF,
        TOKENIZER_REF,
        TOKENS_REF,
        new DatasetRef(DOCUMENTS_REF, TOKENIZER_REF, TOKENS_REF),
        CHECKPOINT,
        ADAPTER,
        new ModelRef("support", 3, ADAPTER),
        new ReportRef("runs/run-7/report.md", "runs/run-7/report.html"),
        SCORES,
        SPENT,
        new FinetuneResult(
            ADAPTER,
            SCORES,
            Optional.of(SCORES),
            Optional.of(1.25),
            Optional.of(1.5),
            700,
            175,
            98_304,
            SPENT,
            Optional.of("\"good\" → positive")),
        ATTEMPT,
        CADENCE,
        new CleanOrder(
            ATTEMPT,
            A,
            CORPUS_REF,
            CLEANING,
            RunnerSpec.LOCAL,
            Optional.of(new TestItemsRef(B, "items/" + B.hex() + "/000001.json"))),
        new TestItemsRef(B, "items/" + B.hex() + "/000001.json"),
        new ScreenOrder(
            ATTEMPT,
            A,
            DOCUMENTS_REF,
            new TestItemsRef(B, "items/" + B.hex() + "/000002.json"),
            RunnerSpec.LOCAL),
        new TrainBenchOrder(
            2,
            Optional.of("nd4j"),
            PRETRAIN.shape(),
            8,
            20,
            3,
            PRETRAIN.schedule(),
            OptimizerSpec.DEFAULT,
            Numeric.DEFAULT,
            1,
            Optional.of("bench/exchange"),
            Optional.of(new TrainBenchOrder.Text(List.of("a.txt"), Optional.empty())),
            true),
        new TrainBenchRun(
            "nd4j, 2 threads",
            2,
            1_000,
            List.of(6.25, 6.0),
            List.of(0.5),
            1 << 20,
            Map.of("product", 0.25),
            List.of(new TrainBenchRun.Product("head", 512, 8192, 384, 1e9, 5e10)),
            Optional.of(new TrainBenchRun.HeldOut(12.5, 10, 40))),
        new DataBenchOrder(
            ATTEMPT,
            DataBenchOrder.Side.LOOP,
            "bench",
            List.of("bench/a.jsonl"),
            1 << 20,
            RunnerSpec.LOCAL,
            CLEANING,
            TOKENIZER,
            TOKENS),
        new LookOrder(
            ATTEMPT,
            Optional.of(A),
            Optional.empty(),
            true,
            Optional.of("DUPLICATE"),
            Optional.empty(),
            Optional.of("news"),
            5,
            Optional.of(7L),
            80),
        new PublishOrder(ATTEMPT, A, CORPUS_REF, "clean"),
        new LearnOrder(ATTEMPT, B, DOCUMENTS_REF, TOKENIZER, RunnerSpec.LOCAL),
        new TokenizeOrder(
            ATTEMPT, C, CORPUS_REF, DOCUMENTS_REF, TOKENIZER_REF, TOKENS, RunnerSpec.LOCAL),
        new PretrainOrder(ATTEMPT, A, TOKENS_REF, TOKENIZER_REF, PRETRAIN, CADENCE),
        new PretrainOrder(
            ATTEMPT,
            A,
            TOKENS_REF,
            TOKENIZER_REF,
            DESCENDANT,
            CADENCE,
            Optional.of(new Ancestor(CHECKPOINT, Optional.of(TOKENS_REF)))),
        new FinetuneOrder(
            ATTEMPT,
            C,
            Optional.of(CHECKPOINT),
            B,
            LORA,
            List.of(PINNED),
            List.of(),
            Optional.of(TOKENS_REF)),
        new FinetunesOrder(
            ATTEMPT,
            List.of(
                new FinetuneOrder(
                    ATTEMPT,
                    C,
                    Optional.of(CHECKPOINT),
                    B,
                    LORA,
                    List.of(PINNED),
                    List.of(),
                    Optional.of(TOKENS_REF)))),
        new FinetunesResult(
            List.of(
                new FinetunesResult.Job(
                    C, Optional.empty(), Optional.of(new Failure("Diverged", "x", List.of()))))),
        new AdaptersBenchOrder(
            new TrainBenchOrder(
                2,
                Optional.of("nd4j"),
                PRETRAIN.shape(),
                8,
                20,
                3,
                PRETRAIN.schedule(),
                OptimizerSpec.DEFAULT,
                Numeric.DEFAULT,
                1,
                Optional.of("bench/exchange"),
                Optional.of(new TrainBenchOrder.Text(List.of("a.txt"), Optional.empty())),
                true),
            new LoraSpec(8, 16),
            48,
            2,
            List.of(0, 1)),
        new AdaptersBenchRun("cpu", List.of(List.of(1.5)), List.of(SUM), 0.5, 2.5, 3.5, 8, 1 << 20),
        new EvaluateOrder(ATTEMPT, ADAPTER, TASK, List.of(PINNED), List.of(PINNED)),
        new MeasureOrder(ATTEMPT, ADAPTER, PINNED, Optional.of(256), Optional.empty()),
        new Measured(100, 2.5, 1.25, 288, 256, 256),
        new WeighOrder(
            ATTEMPT,
            List.of(
                new WeighOrder.Training(
                    CHECKPOINT.shape(),
                    Numeric.DEFAULT,
                    Optional.of(new LoraSpec(4, 8)),
                    Optional.empty(),
                    1,
                    7))),
        new Weighed(List.of(1_000_000L), 2_000_000_000),
        new ImportOrder(ATTEMPT, "model"),
        new ImportOrder(ATTEMPT, "adapter", Optional.of(CHECKPOINT)),
        new Imported(CHECKPOINT, List.of("config.json"), List.of("a note"), Optional.of("mit")),
        new ImportSpec(Map.of("config.json", "0".repeat(64))),
        new GenerateOrder(ATTEMPT, ADAPTER, List.of("Once upon", "\n\t\"🌱\""), 64, 0.8, 0.95, -1),
        new GenerateOrder(
            ATTEMPT,
            ADAPTER,
            List.of(),
            64,
            0,
            1,
            -1,
            40,
            1.1,
            List.of("\n\n", "</s>"),
            GenerateOrder.Form.CHAT),
        new Piece("à"),
        new ExportOrder(ATTEMPT, ADAPTER, "out/model"),
        new ExportOrder(
            ATTEMPT, ADAPTER, "out", Optional.of(ExportOrder.Dtype.BFLOAT16), 1_000_000),
        new ExportOrder(ATTEMPT, ADAPTER, "out", Optional.empty(), 1, ExportOrder.Content.ADAPTER),
        new Exported(List.of("config.json", "model.safetensors")),
        new Generated(List.of(new Generated.Answer("a time", List.of(257, 1052)))),
        new Failure(
            "InvalidConfig",
            "x",
            List.of(Problem.of("a.b", 1, "2"), Problem.of("", "x", "y", "Do z."))),
        Progress.of("pretrain", 1200, 20_000, "steps"),
        new Claim("run-7", "host", 4711, 2, 500, AT),
        new StoredFile("dropped/part-00000.parquet", 1 << 20, SUM),
        new Manifest(
            1,
            Stage.TOKENS,
            C,
            Fingerprint.form(Stage.TOKENS, Map.of("documents", A, "tokenizer", B), TOKENS),
            List.of(new StoredFile("shard-00000.parquet", 77, SUM)),
            Map.of("tokens", 4_000_000L, "nested", Map.of("list", List.of(1L, "x", true))),
            SPENT,
            Map.of("run", "run-7", "threads", 8L),
            AT),
        new PipelineSpec(
            "support",
            "rootstock-store",
            Optional.empty(),
            Optional.of(
                new CorpusSpec(
                    List.of(
                        new CorpusSpec.Source(
                            "a.txt", 1, Optional.empty(), CorpusSpec.Format.AUTO, "text")),
                    CLEANING)),
            Optional.of(
                new TokenizerChoice(
                    Optional.of(512),
                    TokenizerSpec.PreTokenizer.LLAMA3,
                    TokenizerSpec.END_ALONE,
                    Optional.empty())),
            Optional.of(ModelChoice.DEFAULT),
            Optional.of(PretrainChoice.DEFAULT),
            List.of(
                CanonicalJson.read(
                    "{\"name\":\"sentiment\",\"task\":\"classify\",\"data\":\"r.csv\",\"rate\":0.001,\"limit\":10}",
                    FinetuneChoice.class)),
            new EvaluateChoice(List.of(EvaluateChoice.Rival.BASE)),
            Optional.of(new PromoteChoice("production", "accuracy > 0.9")),
            RunnerSpec.LOCAL,
            Optional.of(
                new JobsChoice("jobs.jsonl", Map.of("task", "classify"), Optional.of("/garden")))));
  }
}
