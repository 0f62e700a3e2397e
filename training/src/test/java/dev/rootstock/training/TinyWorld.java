package dev.rootstock.training;

import com.github.luben.zstd.Zstd;
import dev.rootstock.contract.Ancestor;
import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.FinetuneSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.LearningSchedule;
import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.PretrainSpec;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TaskSpec;
import dev.rootstock.contract.TokenizerRef;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.TokensRef;
import dev.rootstock.contract.TokensSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Cadence;
import dev.rootstock.contract.engine.FinetuneOrder;
import dev.rootstock.contract.engine.PretrainOrder;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.LocalStore;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A store with a byte tokenizer and a few hundred tokens of made-up text, and orders upon it. */
final class TinyWorld {
  static final int CONTEXT = 16;
  static final BytePairTokenizer TOKENIZER =
      BytePairTokenizer.learned(TokenizerSpec.PreTokenizer.GPT2, List.of());
  static final ModelShape LLAMA =
      new ModelShape(ModelShape.Family.LLAMA, 2, 16, 2, 1, 8, 32, 257, CONTEXT, 1e-5, 10_000, true);

  final Path folder;
  final LocalStore store;
  final TokenizerRef tokenizer;
  final TokensRef tokens;

  TinyWorld(Path folder) throws IOException {
    this.folder = folder;
    this.store = LocalStore.open(folder.toUri());
    this.tokenizer = tokenizer();
    this.tokens = tokens();
  }

  private TokenizerRef tokenizer() throws IOException {
    Map<String, Fingerprint> inputs = Map.of("documents", fingerprint("documents"));
    TokenizerSpec spec = new TokenizerSpec(257, TokenizerSpec.PreTokenizer.GPT2);
    TokenizerRef ref = new TokenizerRef(Fingerprint.of(Stage.TOKENIZER, inputs, spec), 257, 1.0);
    Map<String, byte[]> files =
        Map.of(
            "tokenizer.json", TOKENIZER.json().getBytes(StandardCharsets.UTF_8),
            "tokenizer_config.json", TOKENIZER.configuration().getBytes(StandardCharsets.UTF_8));
    commit(Stage.TOKENIZER, ref.fingerprint(), inputs, spec, files, ref);
    return ref;
  }

  private TokensRef tokens() throws IOException {
    Map<String, Fingerprint> inputs =
        Map.of("documents", fingerprint("documents"), "tokenizer", tokenizer.fingerprint());
    TokensSpec spec = new TokensSpec(CONTEXT);
    Fingerprint fingerprint = Fingerprint.of(Stage.TOKENS, inputs, spec);
    Map<String, byte[]> files = new LinkedHashMap<>();
    long rows = 0;
    for (int shard = 0; shard < 2; shard++) {
      List<int[]> packed = rows(text(shard + 1, 40));
      rows += packed.size();
      files.put("shard-0000" + shard + ".parquet", shard(packed, filled(text(shard + 1, 40))));
    }
    String heldOut = text(9, 8);
    files.put("validation-00000.parquet", shard(rows(heldOut), filled(heldOut)));
    long heldOutBytes = heldOut.length();
    TokensRef ref =
        new TokensRef(
            fingerprint,
            rows * CONTEXT,
            rows,
            rows(heldOut).size() * CONTEXT,
            heldOutBytes,
            CONTEXT);
    commit(Stage.TOKENS, fingerprint, inputs, spec, files, ref);
    return ref;
  }

  /** The same tokens and a shard that came later, as where a file was added to the corpus. */
  TokensRef moreTokens() throws IOException {
    Map<String, Fingerprint> inputs =
        Map.of("documents", fingerprint("more documents"), "tokenizer", tokenizer.fingerprint());
    TokensSpec spec = new TokensSpec(CONTEXT);
    Fingerprint fingerprint = Fingerprint.of(Stage.TOKENS, inputs, spec);
    String later = text(5, 30);
    String heldOut = text(11, 8);
    Map<String, byte[]> files =
        Map.of(
            "shard-00002.parquet", shard(rows(later), filled(later)),
            "validation-00001.parquet", shard(rows(heldOut), filled(heldOut)));
    long rows = rows(later).size();
    TokensRef ref =
        new TokensRef(
            fingerprint,
            tokens.tokens() + rows * CONTEXT,
            tokens.rows() + rows,
            tokens.validationTokens() + rows(heldOut).size() * CONTEXT,
            tokens.validationBytes() + heldOut.length(),
            CONTEXT);
    List<StoredFile> known =
        Artifacts.read(store, Stage.TOKENS.at(tokens.fingerprint())).orElseThrow().files().stream()
            .map(
                file ->
                    new StoredFile(
                        "/" + file.key(Stage.TOKENS.at(tokens.fingerprint())),
                        file.bytes(),
                        file.sha256()))
            .toList();
    commit(Stage.TOKENS, fingerprint, inputs, spec, files, known, ref);
    return ref;
  }

  private void commit(
      Stage stage,
      Fingerprint fingerprint,
      Map<String, Fingerprint> inputs,
      Record spec,
      Map<String, byte[]> files,
      Record result)
      throws IOException {
    commit(stage, fingerprint, inputs, spec, files, List.of(), result);
  }

  private void commit(
      Stage stage,
      Fingerprint fingerprint,
      Map<String, Fingerprint> inputs,
      Record spec,
      Map<String, byte[]> files,
      List<StoredFile> known,
      Record result)
      throws IOException {
    List<StoredFile> stored = new ArrayList<>(known);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path local = Files.createTempFile("tiny", ".file");
      Files.write(local, file.getValue());
      stored.add(Artifacts.add(store, stage.at(fingerprint), file.getKey(), local));
      Files.delete(local);
    }
    Artifacts.commit(
        store,
        stage.at(fingerprint),
        new Manifest(
            1,
            stage,
            fingerprint,
            Fingerprint.form(stage, inputs, spec),
            stored,
            PretrainSaves.tree(result),
            Spent.NOTHING,
            Map.of("run", "tiny"),
            Instant.EPOCH));
  }

  static Fingerprint fingerprint(String name) {
    return new Fingerprint(
        Fingerprint.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
  }

  /** Sentences that a tiny model can learn something of. */
  private static String text(long seed, int sentences) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> who = List.of("the cat", "a dog", "one bird");
    List<String> does = List.of("sees", "likes", "hears");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      text.append(who.get(random.nextInt(3)))
          .append(' ')
          .append(does.get(random.nextInt(3)))
          .append(' ');
      text.append(who.get(random.nextInt(3))).append(".\n");
    }
    return text.toString();
  }

  private static List<int[]> rows(String text) {
    int[] ids = TOKENIZER.encode(text);
    List<int[]> rows = new ArrayList<>();
    for (int from = 0;
        from < ids.length;
        from += CONTEXT) { // the end of text after the last id is predicted too
      int[] row = new int[CONTEXT + 1];
      for (int i = 0; i <= CONTEXT; i++) {
        row[i] = from + i < ids.length ? ids[from + i] : TOKENIZER.endOfText();
      }
      rows.add(row);
    }
    return rows;
  }

  private static int filled(String text) {
    int length = TOKENIZER.encode(text).length + 1;
    return rows(text).size() * CONTEXT + 1 - length;
  }

  /** As if each sentence were a document. */
  private static List<Integer> starts(int[] row) {
    return IntStream.range(1, row.length)
        .filter(i -> TOKENIZER.decode(new int[] {row[i - 1]}).equals("\n"))
        .boxed()
        .toList();
  }

  static byte[] shard(List<int[]> rows, int filled) throws IOException {
    return shard(rows, filled, 2048);
  }

  /**
   * A shard as the engine writes it.
   *
   * @param filled tokens of the last row that are filling
   * @param groupBytes of a row group before it is packed
   */
  static byte[] shard(List<int[]> rows, int filled, long groupBytes) throws IOException {
    int tokens = rows.get(0).length;
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message tokens { required fixed_len_byte_array("
                + 4 * tokens
                + ") tokens; "
                + "required group starts (LIST) { repeated group list { required int32 element; } } "
                + "required group resumes (LIST) { repeated group list { required int32 element; } } "
                + "required int32 length; required int64 first_document; }");
    Map<String, String> said =
        Map.of(
            "rootstock.vocabulary",
            "257",
            "rootstock.row_tokens",
            String.valueOf(tokens),
            "rootstock.end_of_text",
            String.valueOf(TOKENIZER.endOfText()));
    Path file = Files.createTempFile("tiny", ".parquet");
    Files.delete(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withExtraMetaData(said)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withCodecFactory(new Packer())
            .withDictionaryEncoding(false)
            .withRowGroupSize(groupBytes)
            .build()) {
      for (int i = 0; i < rows.size(); i++) {
        int[] row = rows.get(i);
        ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(row);
        Group group = new SimpleGroup(schema);
        group.add("tokens", Binary.fromConstantByteArray(bytes.array()));
        Group starts = group.addGroup("starts");
        for (int start : starts(row)) {
          starts.addGroup("list").add("element", start);
        }
        group.addGroup("resumes");
        group.add("length", i + 1 < rows.size() ? tokens : tokens - filled);
        group.add("first_document", 0L);
        writer.write(group);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private static final class Packer implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          return BytesInput.from(Zstd.compress(bytes.toInputStream().readAllBytes(), 3));
        }

        @Override
        public CompressionCodecName getCodecName() {
          return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new IllegalStateException("written only");
    }

    @Override
    public void release() {}
  }

  Attempt attempt(int number) {
    return new Attempt(folder.toUri().toString(), "tiny", number, 2);
  }

  static Cadence everySteps(long steps) {
    return new Cadence(Duration.ofHours(1), Optional.of(steps), 3, 2, Optional.of("the "), 3);
  }

  PretrainOrder pretrain(ModelShape shape, long steps, double rate, Cadence cadence) {
    return pretrain(
        new PretrainSpec(
            shape,
            steps,
            4,
            new LearningSchedule(rate, 2, steps, 0.1),
            OptimizerSpec.DEFAULT,
            7,
            Numeric.DEFAULT),
        cadence);
  }

  PretrainOrder pretrain(PretrainSpec spec, Cadence cadence) {
    PretrainOrder unnamed =
        new PretrainOrder(attempt(1), fingerprint("unnamed"), tokens, tokenizer, spec, cadence);
    Fingerprint name = Fingerprint.of(Stage.PRETRAIN, unnamed.inputs(), spec);
    return new PretrainOrder(attempt(1), name, tokens, tokenizer, spec, cadence);
  }

  /** An order that goes on from a base of {@link #LLAMA}'s shape on {@link #moreTokens}. */
  PretrainOrder descend(CheckpointRef from, long steps, double replay, Cadence cadence)
      throws IOException {
    PretrainSpec spec =
        new PretrainSpec(
            LLAMA,
            steps,
            4,
            new LearningSchedule(0.003, 2, steps, 0.1),
            OptimizerSpec.DEFAULT,
            7,
            Numeric.DEFAULT,
            PretrainSpec.Attention.ACROSS_DOCUMENTS,
            Optional.empty(),
            Optional.of(replay));
    Optional<Ancestor> ancestor = Optional.of(new Ancestor(from, Optional.of(tokens)));
    TokensRef more = moreTokens();
    PretrainOrder unnamed =
        new PretrainOrder(
            attempt(1), fingerprint("unnamed"), more, tokenizer, spec, cadence, ancestor);
    return new PretrainOrder(
        attempt(1),
        Fingerprint.of(Stage.PRETRAIN, unnamed.inputs(), spec),
        more,
        tokenizer,
        spec,
        cadence,
        ancestor);
  }

  FinetuneOrder finetune(
      Optional<CheckpointRef> base,
      TaskSpec task,
      List<PinnedFile> data,
      Optional<LoraSpec> lora,
      double rate,
      int epochs) {
    FinetuneSpec spec =
        new FinetuneSpec(
            task,
            lora.isPresent() ? FinetuneSpec.Method.LORA : FinetuneSpec.Method.FULL,
            lora,
            epochs,
            8,
            rate,
            5,
            10,
            OptimizerSpec.DEFAULT,
            3,
            Numeric.DEFAULT,
            base.isPresent() ? Optional.empty() : Optional.of(LLAMA));
    FinetuneOrder unnamed =
        new FinetuneOrder(
            attempt(1),
            fingerprint("unnamed"),
            base,
            tokenizer.fingerprint(),
            spec,
            data,
            List.of(),
            base.map(given -> tokens));
    Fingerprint name = Fingerprint.of(Stage.FINETUNE, FinetuneVerb.inputs(unnamed), spec);
    return new FinetuneOrder(
        attempt(1), name, base, tokenizer.fingerprint(), spec, data, List.of(), unnamed.heldOut());
  }

  /** A file of this world's folder, pinned. */
  PinnedFile pinned(String name, String text) {
    Path file = folder.resolveSibling(name);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new PinnedFile(file.toUri(), Fingerprint.sha256(bytes), bytes.length, Optional.empty());
  }

  CheckpointRef run(PretrainOrder order) throws IOException {
    return run(order, new Stop(), line -> {});
  }

  /** Runs a pretraining here and hands each progress line to {@code hearer}. */
  static CheckpointRef run(PretrainOrder order, Stop stop, Consumer<String> hearer)
      throws IOException {
    try (ProgressLog progress = log(hearer)) {
      return new PretrainVerb().carryOut(order, progress, stop);
    }
  }

  static ProgressLog log(Consumer<String> hearer) {
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(String line) {
            hearer.accept(line);
          }
        };
    return new ProgressLog(out, Duration.ofMillis(200));
  }

  /** Sums of the files that may not depend on how a training came to its end. */
  List<String> sums(CheckpointRef model) throws IOException {
    Manifest manifest = Artifacts.read(store, model.location()).orElseThrow();
    return manifest.files().stream()
        .filter(file -> !file.name().equals(Metrics.NAME))
        .map(file -> file.name() + " " + file.sha256())
        .sorted()
        .toList();
  }
}
