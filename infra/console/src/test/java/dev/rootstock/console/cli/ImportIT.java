package dev.rootstock.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.activities.engine.JdkChoice;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.TokenizerSpec.PreTokenizer;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model from elsewhere, on the command line: taken over, measured, asked, finetuned, given out.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ImportIT {
  private static final int VOCABULARY = 257;
  private static final int WIDTH = 8;
  private static final int CONTEXT = 32;

  @TempDir private Path folder;

  @BeforeEach
  void aModelFromElsewhere() throws IOException {
    CommandLineProcess.assumeEnginesAreBuilt();
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(
        model.resolve("config.json"),
        """
        {"model_type":"gpt2","architectures":["GPT2LMHeadModel"],"n_layer":1,"n_head":2,
         "n_embd":8,"n_positions":32,"vocab_size":257,"eos_token_id":0,"bos_token_id":0}
        """);
    BytePairTokenizer tokenizer = BytePairTokenizer.learned(PreTokenizer.GPT2, List.of());
    Files.writeString(model.resolve("tokenizer.json"), tokenizer.json());
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("wte.weight", new int[] {VOCABULARY, WIDTH});
    shapes.put("wpe.weight", new int[] {CONTEXT, WIDTH});
    for (String norm : List.of("h.0.ln_1", "h.0.ln_2", "ln_f")) {
      shapes.put(norm + ".weight", new int[] {WIDTH});
      shapes.put(norm + ".bias", new int[] {WIDTH});
    }
    linear(shapes, "h.0.attn.c_attn", WIDTH, 3 * WIDTH);
    linear(shapes, "h.0.attn.c_proj", WIDTH, WIDTH);
    linear(shapes, "h.0.mlp.c_fc", WIDTH, 4 * WIDTH);
    linear(shapes, "h.0.mlp.c_proj", 4 * WIDTH, WIDTH);
    write(model.resolve("model.safetensors"), shapes);
    StringBuilder rows = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 2 == 0 ? "it grows " : "it withers ").append(i);
      rows.append(i % 2 == 0 ? ",good\n" : ",bad\n");
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    Files.writeString(folder.resolve("text.txt"), "the root of the stock, the stock of the root");
    Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: graft
        store: store
        base: foreign@imported
        finetunes: [{ name: mood, task: classify, data: rows.csv, epochs: 1, batch: 16 }]
        """);
  }

  private static void linear(Map<String, int[]> shapes, String name, int in, int out) {
    shapes.put(name + ".weight", new int[] {in, out});
    shapes.put(name + ".bias", new int[] {out});
  }

  private static void write(Path file, Map<String, int[]> shapes) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
      int[] measures = shape.getValue();
      long bytes = 4L * measures[0] * (measures.length == 1 ? 1 : measures[1]);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", "F32");
      entry.put(
          "shape",
          measures.length == 1
              ? List.of((long) measures[0])
              : List.of((long) measures[0], (long) measures[1]));
      entry.put("data_offsets", List.of(at, at + bytes));
      header.put(shape.getKey(), entry);
      at += bytes;
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(8 + json.length + (int) at);
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    SplittableRandom random = new SplittableRandom(3);
    while (out.hasRemaining()) {
      out.putFloat((float) (random.nextDouble() - 0.5));
    }
    Files.write(file, out.array());
  }

  private CommandLineProcess.Ended rootstock(String... arguments) throws Exception {
    return CommandLineProcess.run(folder, arguments);
  }

  private Map<?, ?> json(String... arguments) throws Exception {
    CommandLineProcess.Ended ended = rootstock(arguments);
    assertThat(ended.exit()).as(ended.err()).isZero();
    return (Map<?, ?>) Json.parse(ended.out());
  }

  @Test
  void anImportedModelIsABaseLikeAnyOther() throws Exception {
    Map<?, ?> first =
        json("import", "model", "--name", "foreign", "--store", "store", "-o", "json");
    Map<?, ?> again =
        json("import", "model", "--name", "foreign", "--store", "store", "-o", "json");
    assertThat(first.get("model")).isEqualTo("foreign@1");
    assertThat(again).isEqualTo(first);

    Map<?, ?> measured =
        json("eval", "foreign@imported", "--text", "text.txt", "--store", "store", "-o", "json");
    assertThat(measured.get("tokens")).isEqualTo(43L);
    double loss = ((Number) measured.get("loss")).doubleValue();
    assertThat(((Number) measured.get("bits_per_byte")).doubleValue())
        .isEqualTo(loss * 43 / Math.log(2) / 44, within(1e-9));

    Map<?, ?> said =
        json(
            "generate",
            "foreign",
            "--prompt",
            "the root",
            "--max-tokens",
            "5",
            "--temperature",
            "0",
            "--store",
            "store",
            "-o",
            "json");
    assertThat(said.get("text")).isInstanceOf(String.class);
    assertThat((List<?>) said.get("ids")).hasSizeBetween(1, 5);

    assertThat(rootstock("run", "pipeline.yaml").exit()).isZero();
    assertThat(rootstock("models", "lineage", "graft-mood", "--store", "store").out())
        .contains("foreign@1")
        .contains("imported");
    assertThat(
            rootstock("export", "graft-mood", "out", "--store", "store", "--dtype", "bfloat16")
                .exit())
        .isZero();
    assertThat(Files.readString(folder.resolve("out/config.json"))).contains("\"bfloat16\"");
  }

  /** A LoRA adapter of rank 2 on c_attn, as PEFT saves one. */
  private void anAdapterFromElsewhere(int inputs) throws IOException {
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(
        adapter.resolve("adapter_config.json"),
        """
        {"peft_type":"LORA","task_type":"CAUSAL_LM","r":2,"lora_alpha":4,"bias":"none",
         "base_model_name_or_path":"someone/foreign","target_modules":["c_attn"],
         "fan_in_fan_out":true}
        """);
    Map<String, int[]> shapes = new LinkedHashMap<>();
    String module = "base_model.model.transformer.h.0.attn.c_attn.";
    shapes.put(module + "lora_A.weight", new int[] {2, inputs});
    shapes.put(module + "lora_B.weight", new int[] {3 * WIDTH, 2});
    write(adapter.resolve("adapter_model.safetensors"), shapes);
  }

  @Test
  void anAdapterComesInOverItsBaseAndGoesOutAloneOrMerged() throws Exception {
    json("import", "model", "--name", "foreign", "--store", "store", "-o", "json");
    anAdapterFromElsewhere(WIDTH);

    CommandLineProcess.Ended baseless =
        rootstock("import", "adapter", "--name", "mood", "--store", "store");
    assertThat(baseless.exit()).isEqualTo(Exit.WRONG_USE);
    assertThat(baseless.err()).contains("--base is missing").contains("someone/foreign");
    Map<?, ?> adapter =
        json(
            "import", "adapter", "--name", "mood", "--base", "foreign", "--store", "store", "-o",
            "json");
    assertThat(adapter.get("base")).isEqualTo("foreign@1");

    String[] eval = {"eval", "", "--text", "text.txt", "--store", "store", "-o", "json"};
    eval[1] = "foreign";
    Object before = json(eval).get("loss");
    eval[1] = "mood@imported";
    Object after = json(eval).get("loss");
    assertThat(after).isNotEqualTo(before);
    assertThat(rootstock("generate", "mood", "the root", "--store", "store").exit()).isZero();
    assertThat(rootstock("models", "lineage", "mood", "--store", "store").out())
        .contains("mood@1")
        .contains("foreign@1");
    assertThat(rootstock("export", "mood", "alone", "--adapter", "--store", "store").exit())
        .isZero();
    for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
      assertThat(folder.resolve("alone").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("adapter").resolve(file));
    }
    assertThat(rootstock("export", "mood", "merged", "--store", "store").exit()).isZero();
    json("import", "merged", "--name", "whole", "--store", "store", "-o", "json");
    eval[1] = "whole";
    assertThat(((Number) json(eval).get("loss")).doubleValue())
        .isCloseTo(((Number) after).doubleValue(), within(1e-6));

    anAdapterFromElsewhere(WIDTH + 1);
    CommandLineProcess.Ended misfit =
        rootstock("import", "adapter", "--name", "other", "--base", "foreign", "--store", "store");
    assertThat(misfit.exit()).isEqualTo(Exit.WRONG_USE);
    assertThat(misfit.err()).contains("lora_A.weight has shape [2, 9]").contains("[2, 8]");
  }

  @Test
  void aFinetuneHasTheSameBytesOnEitherJdk() throws Exception {
    JdkChoice newer = JdkChoice.training();
    assumeTrue(newer.version().startsWith("25"), "skipped: no JDK 25 is found here");
    assumeTrue(Runtime.version().feature() < 25, "skipped: the tests themselves run on JDK 25");
    Map<String, String> older =
        Map.of("ROOTSTOCK_TRAINING_JAVA_HOME", System.getProperty("java.home"));
    Map<String, Map<String, String>> stores =
        Map.of("newer", Map.of(), "older", older); // without the variable it is found
    List<byte[]> adapters = new ArrayList<>();
    for (String store : List.of("newer", "older")) {
      json("import", "model", "--name", "foreign", "--store", store, "-o", "json");
      CommandLineProcess.Ended ended =
          CommandLineProcess.start(
                  folder, stores.get(store), List.of("run", "pipeline.yaml", "store=" + store))
              .end();
      assertThat(ended.exit()).as(ended.err()).isZero();
      Path manifest = only(folder.resolve(store), "adapter_model.safetensors", "manifest.json");
      String version = store.equals("newer") ? newer.version() : System.getProperty("java.version");
      assertThat(Files.readString(manifest)).contains("\"java\": \"" + version);
      adapters.add(Files.readAllBytes(manifest.resolveSibling("adapter_model.safetensors")));
    }

    assertThat(adapters.get(0)).isEqualTo(adapters.get(1));
    assertThat(rootstock("doctor").out()).contains(newer.version() + ", " + newer.reason());
    assertThat(CommandLineProcess.start(folder, older, List.of("doctor")).end().out())
        .contains(System.getProperty("java.version") + ", ROOTSTOCK_TRAINING_JAVA_HOME");
  }

  /** A file beside the only one of a name. */
  private static Path only(Path store, String name, String beside) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      assertThat(found).hasSize(1);
      return found.get(0).resolveSibling(beside);
    }
  }

  @Test
  void aFolderThatDoesNotFitIsRefusedInWords() throws Exception {
    Path config = folder.resolve("model/config.json");
    Files.writeString(config, Files.readString(config).replace("\"n_layer\":1", "\"n_layer\":2"));

    CommandLineProcess.Ended ended =
        rootstock("import", "model", "--name", "foreign", "--store", "store");

    assertThat(ended.exit()).isEqualTo(Exit.WRONG_USE);
    assertThat(ended.err())
        .contains("transformer.h.1.attn.c_attn.weight is missing")
        .contains("transformer.h.1.ln_2.bias is missing");
    assertThat(rootstock("models", "list", "--store", "store").out()).isEmpty();
  }
}
