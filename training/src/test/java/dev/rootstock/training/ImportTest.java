package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.CheckpointRef;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.ModelShape.Family;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ImportOrder;
import dev.rootstock.contract.engine.Imported;
import dev.rootstock.contract.engine.MeasureOrder;
import dev.rootstock.contract.engine.Measured;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.checkpoint.ExportFolder;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class ImportTest {
  private static final String TEXT = "the root of the stock, the stock of the root";

  @TempDir private static Path home;
  private static TinyWorld world;
  private static ModelTokenizer tokenizer;
  @TempDir private Path temporary;
  private Path folder;

  @BeforeAll
  static void aStore() throws IOException {
    world = new TinyWorld(home.resolve("store"));
    tokenizer = ModelTokenizer.read(world.store, world.tokenizer.fingerprint());
  }

  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("model"));
    save(shape(tokenizer.tokenizer().vocabulary() + 7), 9_000);
  }

  private static ModelShape shape(int vocabulary) {
    return new ModelShape(Family.QWEN3, 2, 20, 3, 1, 8, 32, vocabulary, 24, 1e-6, 10_000, false);
  }

  private void save(ModelShape shape, long shard) throws IOException {
    try (Backend model = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 1)) {
      Nd4j.getRandom().setSeed(5);
      for (TensorLayout tensor : model.layout()) {
        long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        model.write(
            tensor.name(), Backend.Kind.WEIGHT, Nd4j.randn(DataType.FLOAT, measures).muli(0.3));
      }
      ExportFolder.write(
          folder,
          shape,
          model,
          tokenizer.files(),
          tokenizer.endOfText(),
          Map.of(),
          ExportOrder.Dtype.BFLOAT16,
          shard);
    }
  }

  private static <O extends Record, R extends Record> R run(Verb<O> verb, O order, Class<R> type) {
    try (ProgressLog progress = TinyWorld.log(line -> {})) {
      return type.cast(verb.carryOut(order, progress, new Stop()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (RuntimeException told) {
      throw told;
    } catch (Exception other) {
      throw new IllegalStateException(other);
    }
  }

  private Imported imported() {
    return run(
        new ImportVerb(), new ImportOrder(world.attempt(1), folder.toString()), Imported.class);
  }

  private void config(Consumer<Map<String, Object>> change) throws IOException {
    Path file = folder.resolve("config.json");
    Map<String, Object> config = new LinkedHashMap<>();
    ((Map<?, ?>) Json.parse(Files.readString(file)))
        .forEach((key, value) -> config.put((String) key, value));
    change.accept(config);
    Files.writeString(file, Json.pretty(config));
  }

  @Test
  void takesAFolderOverOnceWithItsNotesAndItsLicence() throws IOException {
    Files.writeString(
        folder.resolve("README.md"), "---\ntags: [x]\nlicense: apache-2.0\n---\nlicense: other\n");
    config(config -> config.put("attention_dropout", 0.1));

    Imported first = imported();
    Imported second = imported();

    assertThat(second).isEqualTo(first);
    assertThat(first.licence()).contains("apache-2.0");
    assertThat(first.notes())
        .hasSize(2)
        .anyMatch(note -> note.startsWith("attention_dropout is 0.1"))
        .anyMatch(note -> note.contains("7 ids that its tokenizer never gives"));
    assertThat(first.files()).contains("config.json", "model.safetensors.index.json");
    assertThat(first.checkpoint().step()).isZero();
    assertThat(Artifacts.faults(world.store, first.checkpoint().location())).isEmpty();
  }

  @Test
  void anotherWeightIsAnotherModel() throws IOException {
    CheckpointRef first = imported().checkpoint();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    save(shape(tokenizer.tokenizer().vocabulary()), Long.MAX_VALUE);

    CheckpointRef second = imported().checkpoint();

    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(second.tokenizer()).isEqualTo(first.tokenizer());
  }

  @Test
  void whatGoesOutAgainIsWhatCameInInItsDtypeOrAsAsked() throws IOException {
    CheckpointRef model = imported().checkpoint();
    Path out = temporary.resolve("out");
    run(
        new ExportVerb(),
        new ExportOrder(world.attempt(1), model, out.toString(), Optional.empty(), 9_000),
        Record.class);

    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().contains("model")).toList()) {
        assertThat(out.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(Json.parse(Files.readString(out.resolve("config.json"))))
        .isEqualTo(Json.parse(Files.readString(folder.resolve("config.json"))));
    Path wide = temporary.resolve("wide");
    run(
        new ExportVerb(),
        new ExportOrder(
            world.attempt(1),
            model,
            wide.toString(),
            Optional.of(ExportOrder.Dtype.FLOAT32),
            Long.MAX_VALUE),
        Record.class);
    assertThat(Files.size(wide.resolve("model.safetensors")))
        .isGreaterThan(4 * model.shape().parameters());
  }

  @Test
  void measuresATextWithoutMarkersEachTokenButTheFirstOnce() throws IOException {
    CheckpointRef model = imported().checkpoint();
    int[] ids = tokenizer.tokenizer().encode(TEXT);
    Measured whole = measure(model, Optional.empty(), Optional.empty());
    Measured strided = measure(model, Optional.of(10), Optional.of(4));
    Measured windows = measure(model, Optional.of(10), Optional.empty());

    assertThat(whole.tokens()).isEqualTo(ids.length - 1);
    assertThat(whole.window()).isEqualTo(24);
    assertThat(whole.bytes()).isEqualTo(TEXT.length());
    assertThat(whole.bitsPerByte())
        .isCloseTo(whole.loss() * whole.tokens() / Math.log(2) / TEXT.length(), within(1e-12));
    try (Backend backend = StoredModel.open(world.store, model, Numeric.DEFAULT, 1)) {
      assertThat(windows.loss()).isCloseTo(byHand(backend, ids, 10, 10), within(1e-6));
      assertThat(strided.loss()).isCloseTo(byHand(backend, ids, 10, 4), within(1e-6));
    }
    assertThat(strided.loss()).isNotEqualTo(windows.loss());
    assertThatThrownBy(() -> measure(model, Optional.of(25), Optional.empty()))
        .hasMessageContaining("window is 25; it must be at most the context, 24");
    assertThatThrownBy(() -> measure(model, Optional.of(8), Optional.of(9)))
        .hasMessageContaining("stride is 9");
  }

  /** One window after the other, the logits by generation and not by scoring. */
  private static double byHand(Backend model, int[] ids, int window, int stride) {
    double nats = 0;
    int done = 1;
    for (int from = 0; done < ids.length; from += stride) {
      int end = Math.min(ids.length - 1, from + window);
      for (int next = done; next <= end; next++) {
        float[] logits = model.begin(Arrays.copyOfRange(ids, from, next));
        double sum = 0;
        for (float logit : logits) {
          sum += Math.exp(logit);
        }
        nats += Math.log(sum) - logits[ids[next]];
      }
      done = end + 1;
    }
    return nats / (ids.length - 1);
  }

  private Measured measure(CheckpointRef model, Optional<Integer> window, Optional<Integer> stride)
      throws IOException {
    Path text = Files.writeString(temporary.resolve("text.txt"), TEXT);
    PinnedFile pinned =
        new PinnedFile(text.toUri(), Artifacts.sum(text), Files.size(text), Optional.empty());
    return run(
        new MeasureVerb(),
        new MeasureOrder(world.attempt(1), model, pinned, window, stride),
        Measured.class);
  }

  @Test
  void aWindowNeverTakesMoreThanItsShareOfMemory() {
    assertThat(MeasureVerb.window(shape(300))).isEqualTo(24);
    assertThat(
            MeasureVerb.window(
                new ModelShape(
                    Family.LLAMA, 16, 2048, 32, 8, 64, 8192, 128256, 131072, 1e-5, 5e5, true)))
        .isEqualTo(2048);
  }

  @Test
  void generatesFromWhatWasImported() {
    CheckpointRef model = imported().checkpoint();
    GenerateOrder order =
        new GenerateOrder(world.attempt(1), model, List.of("the root"), 5, 0, 1, 1);

    assertThat(run(new GenerateVerb(), order, Record.class))
        .isEqualTo(run(new GenerateVerb(), order, Record.class));
  }

  @Test
  void listsEveryTensorThatDoesNotFitInOneMessage() throws IOException {
    List<String> before = world.store.list("checkpoints/");
    config(
        config -> {
          config.put("num_hidden_layers", 3L);
          config.put("intermediate_size", 40L);
          config.put("tie_word_embeddings", true);
        });

    assertThatThrownBy(this::imported)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("model.layers.2.mlp.down_proj.weight is missing")
        .hasMessageContaining("model.layers.2.self_attn.q_norm.weight is missing")
        .hasMessageContaining("model.layers.0.mlp.gate_proj.weight has shape [32, 20]")
        .hasMessageContaining("this model needs [40, 20]");
    assertThat(world.store.list("checkpoints/")).isEqualTo(before);
  }

  /** The files of a folder in which the tensors' names are others, and more of them stand. */
  private void rewrite(
      UnaryOperator<String> rename, Map<String, Map.Entry<String, List<Long>>> more)
      throws IOException {
    Path file = folder.resolve("model.safetensors");
    ByteBuffer old = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[(int) old.getLong()];
    old.get(json);
    Map<String, Object> header = new LinkedHashMap<>();
    ((Map<?, ?>) Json.parse(new String(json, StandardCharsets.UTF_8)))
        .forEach((name, entry) -> header.put(rename.apply((String) name), entry));
    long at = old.remaining();
    for (Map.Entry<String, Map.Entry<String, List<Long>>> tensor : more.entrySet()) {
      String dtype = tensor.getValue().getKey();
      long wide = dtype.equals("BOOL") ? 1 : dtype.equals("F16") ? 2 : dtype.equals("I64") ? 8 : 4;
      long bytes = wide * tensor.getValue().getValue().stream().reduce(1L, (a, b) -> a * b);
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype",
              dtype,
              "shape",
              tensor.getValue().getValue(),
              "data_offsets",
              List.of(at, at + bytes)));
      at += bytes;
    }
    byte[] fresh = Json.line(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(8 + fresh.length + (int) at);
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(fresh.length).put(fresh).put(old);
    Files.write(file, out.array()); // what is added is zero
  }

  private float[] logits() throws IOException {
    CheckpointRef model = imported().checkpoint();
    try (Backend backend = StoredModel.open(world.store, model, Numeric.DEFAULT, 1)) {
      return backend.begin(tokenizer.tokenizer().encode(TEXT.substring(0, 20)));
    }
  }

  private void again(ModelShape shape) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    save(shape, Long.MAX_VALUE);
  }

  @Test
  void oldFoldersOfGpt2HaveMasksOfBooleansAHeadOfTheirOwnAndShorterNames() throws IOException {
    int vocabulary = tokenizer.tokenizer().vocabulary();
    again(new ModelShape(Family.GPT2, 2, 20, 2, 2, 10, 32, vocabulary, 24, 1e-5, 10_000, true));
    float[] plain = logits();

    Map<String, Map.Entry<String, List<Long>>> more = new LinkedHashMap<>();
    for (int layer = 0; layer < 2; layer++) {
      String attention = "h." + layer + ".attn.";
      more.put(attention + "bias", Map.entry("BOOL", List.of(1L, 1L, 24L, 24L)));
      more.put(attention + "masked_bias", Map.entry("F32", List.of()));
    }
    more.put("lm_head.weight", Map.entry("F16", List.of((long) vocabulary, 20L)));
    rewrite(name -> name.replaceFirst("^transformer\\.", ""), more);
    config(
        config -> {
          config.put("n_ctx", 24L);
          config.put("n_inner", 32L);
          config.remove("tie_word_embeddings");
          config.put("task_specific_params", Map.of("text-generation", Map.of("max_length", 50L)));
        });

    assertThat(logits()).containsExactly(plain);
    rewrite(name -> name, Map.of("h.0.mlp.extra", Map.entry("I64", List.of(1L))));
    assertThatThrownBy(this::imported).hasMessageContaining("h.0.mlp.extra has dtype I64");
  }

  @Test
  void foldersOfLlamaOldAndNewSayTheSameInTheirOwnWords() throws IOException {
    int vocabulary = tokenizer.tokenizer().vocabulary();
    again(new ModelShape(Family.LLAMA, 2, 20, 2, 1, 10, 32, vocabulary, 24, 1e-5, 500_000, true));
    float[] plain = logits();

    rewrite(
        name -> name,
        Map.of(
            "model.layers.0.self_attn.rotary_emb.inv_freq", Map.entry("F32", List.of(5L)),
            "model.rotary_emb.inv_freq", Map.entry("F32", List.of(5L)),
            "lm_head.weight", Map.entry("F16", List.of((long) vocabulary, 20L))));
    assertThat(imported().notes()).anyMatch(note -> note.contains("lm_head.weight is left out"));
    config(
        config -> {
          config.put("dtype", config.remove("torch_dtype"));
          config.remove("rope_theta");
          config.remove("rope_scaling");
          config.put("rope_parameters", Map.of("rope_theta", 500_000.0, "rope_type", "default"));
          config.put("pretraining_tp", 1L);
          config.put("layer_types", List.of("full_attention", "full_attention"));
        });
    assertThat(logits()).containsExactly(plain);

    config(
        config ->
            config.put(
                "rope_parameters",
                Map.of(
                    "rope_theta", 500_000.0, "rope_type", "yarn", "partial_rotary_factor", 0.5)));
    assertThatThrownBy(this::imported)
        .hasMessageContaining("rope_parameters is yarn")
        .hasMessageContaining("partial_rotary_factor is 0.5");
  }

  @Test
  void aDtypeThatDoesNotHoldAWeightIsToldApartFromABrokenStore() throws IOException {
    again(shape(tokenizer.tokenizer().vocabulary()));
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 0x47; // the last weight is 2^17 * 1.5, as bfloat16
    bytes[bytes.length - 2] = (byte) 0xc0;
    Files.write(file, bytes);
    CheckpointRef model = imported().checkpoint();
    Path out = temporary.resolve("narrow");

    assertThatThrownBy(() -> export(model, out, Optional.of(ExportOrder.Dtype.FLOAT16)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("dtype is float16, too narrow")
        .hasMessageContaining("beyond float16");
    Path stored = home.resolve("store").resolve(model.location()).resolve("model.safetensors");
    Files.delete(stored);
    assertThatThrownBy(() -> export(model, temporary.resolve("lost"), Optional.empty()))
        .isInstanceOf(Hopeless.class)
        .hasMessageContaining(model.location())
        .hasMessageNotContaining("dtype");
  }

  private void export(CheckpointRef model, Path out, Optional<ExportOrder.Dtype> dtype) {
    run(
        new ExportVerb(),
        new ExportOrder(world.attempt(1), model, out.toString(), dtype, Long.MAX_VALUE),
        Record.class);
  }

  @Test
  void refusesATokenizerThatKnowsMoreThanTheModel() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    save(shape(tokenizer.tokenizer().vocabulary() - 1), Long.MAX_VALUE);

    assertThatThrownBy(this::imported)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("tokenizer.json is for " + tokenizer.tokenizer().vocabulary());
  }

  @Test
  void refusesLinksOutOfTheFolderAndFollowsThoseIntoTheCachesBlobs() throws IOException {
    Path cache = Files.createDirectories(temporary.resolve("hub/snapshots"));
    Path blobs = Files.createDirectory(temporary.resolve("hub/blobs"));
    Path snapshot = Files.createDirectory(cache.resolve("main"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Path blob = blobs.resolve("blob-" + file.getFileName());
        Files.move(file, blob);
        Files.createSymbolicLink(snapshot.resolve(file.getFileName()), blob);
      }
    }
    folder = snapshot;
    Imported fine = imported();
    assertThat(fine.files()).contains("config.json");
    Path elsewhere = Files.move(blobs.resolve("blob-config.json"), temporary.resolve("secret"));
    Files.delete(snapshot.resolve("config.json"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), elsewhere);

    assertThatThrownBy(this::imported)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("config.json is a link out of its folder");
  }

  @Test
  void refusesAnIndexThatLies() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    String truth = Files.readString(index);
    Files.writeString(
        index, truth.replaceFirst("\"model-00001-of-0000\\d\\.safetensors\"", "\"../secret\""));
    assertThatThrownBy(this::imported).hasMessageContaining("no file's name");
    String first = truth.replaceAll("(?s).*(model-00001-of-0000\\d\\.safetensors).*", "$1");
    String second = first.replace("00001-of", "00002-of");
    Files.writeString(index, truth.replaceFirst(first, second));
    assertThatThrownBy(this::imported).hasMessageContaining(second + " lacks lm_head.weight");
    Files.writeString(index, truth.replaceFirst(second, first));
    assertThatThrownBy(this::imported)
        .hasMessageContaining(first + " lacks model.embed_tokens.weight");
    Files.writeString(index, truth);
    Files.delete(folder.resolve(first));
    assertThatThrownBy(this::imported)
        .hasMessageContaining("names " + first + ", which is missing");
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.filter(each -> each.toString().contains("00001-of")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 0x7f; // the last weight, as bfloat16
    bytes[bytes.length - 2] = (byte) 0x80;
    Files.write(file, bytes);

    assertThatThrownBy(this::imported)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("not finite");
  }

  @Test
  void saysWhatIsMissingFromAFolder() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    assertThatThrownBy(this::imported)
        .hasMessageContaining("tokenizer.json is missing")
        .hasMessageContaining("save_pretrained");
    Files.delete(folder.resolve("config.json"));
    assertThatThrownBy(this::imported).hasMessageContaining("config.json is missing");
    folder = temporary.resolve("nowhere");
    assertThatThrownBy(this::imported).hasMessageContaining("which is no folder");
  }

  @Test
  void refusesPickles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().contains("safetensors")).toList()) {
        Files.delete(file);
      }
    }
    Files.writeString(folder.resolve("pytorch_model.bin"), "x");

    assertThatThrownBy(this::imported).hasMessageContaining("A pickle can run code");
  }

  @Test
  void aFinetuneOfAnImportedModelMayHaveSpareIds() {
    CheckpointRef model = imported().checkpoint();
    assertThat(model.shape().vocabulary()).isGreaterThan(tokenizer.tokenizer().vocabulary());
    try (Backend backend = StoredModel.open(world.store, model, Numeric.DEFAULT, 1)) {
      int spare = model.shape().vocabulary() - 1;
      assertThat(backend.score(new Batch(new int[] {spare}, new int[] {spare}, 1, 1))).hasSize(1);
      assertThat(tokenizer.tokenizer().decode(new int[] {spare})).isEmpty();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
