package dev.rootstock.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.engine.ExportOrder.Dtype;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.checkpoint.ExportFolder;
import dev.rootstock.training.checkpoint.ForeignFolder;
import dev.rootstock.training.checkpoint.ForeignModel;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.evaluate.Sampler;
import dev.rootstock.training.evaluate.Writer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models and tokenizers that Python made of a seed, against what Python makes of them; then what we
 * write, read by Python. ROOTSTOCK_PYTHON names an interpreter that has the libraries.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ForeignModelsIT {
  private static final String SEED = System.getProperty("rootstock.seed", "7");

  @TempDir private static Path folder;
  private static Path script;
  private static Map<?, ?> expected;

  @BeforeAll
  static void pythonSavesItsModels() throws Exception {
    String python = System.getenv("ROOTSTOCK_PYTHON");
    assumeTrue(python != null, "skipped: ROOTSTOCK_PYTHON names no interpreter");
    Process probe =
        new ProcessBuilder(python, "-c", "import torch, transformers, tokenizers")
            .redirectErrorStream(true)
            .start();
    probe.getInputStream().readAllBytes();
    assumeTrue(probe.waitFor() == 0, "skipped: " + python + " lacks torch or transformers");
    script = folder.resolve("foreign_models.py");
    try (InputStream in = ForeignModelsIT.class.getResourceAsStream("foreign_models.py")) {
      Files.copy(in, script);
    }
    python("save", folder.toString(), SEED);
    expected = (Map<?, ?>) Json.parse(Files.readString(folder.resolve("expected.json")));
  }

  private static Object python(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(System.getenv("ROOTSTOCK_PYTHON"), script.toString()));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("python.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("HF_HUB_OFFLINE", "1");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    return Json.parse(out.strip());
  }

  private static int[] ints(Object list) {
    return ((List<?>) list).stream().mapToInt(id -> ((Number) id).intValue()).toArray();
  }

  private static List<String> names() {
    return ((Map<?, ?>) expected.get("models")).keySet().stream().map(String::valueOf).toList();
  }

  private static ForeignModel model(String name) throws IOException {
    return ForeignModel.open(new ForeignFolder(folder.resolve(name)));
  }

  private static Backend loaded(ForeignModel model) throws IOException {
    Backend backend = Backends.open(model.shape(), Optional.empty(), Numeric.DEFAULT, 1);
    HuggingFaceFolder.readWeights(model.folder(), backend);
    return backend;
  }

  private static void compare(String name, Backend model, Object logits, double tolerance) {
    int[] ids = ints(expected.get("ids"));
    float[] ours = model.begin(new int[] {ids[0]});
    for (int t = 0; t < ids.length; t++) {
      List<?> theirs = (List<?>) ((List<?>) logits).get(t);
      for (int id = 0; id < ours.length; id++) {
        assertThat((double) ours[id])
            .as("%s, seed %s, position %s, id %s", name, SEED, t, id)
            .isCloseTo(((Number) theirs.get(id)).doubleValue(), within(tolerance));
      }
      ours = t + 1 < ids.length ? model.next(ids[t + 1]) : ours;
    }
  }

  @Test
  void foldersOfEveryFamilyGiveTheLogitsAndTheTextThatTransformersGives() throws Exception {
    for (String name : names()) {
      Map<?, ?> theirs = (Map<?, ?>) ((Map<?, ?>) expected.get("models")).get(name);
      ForeignModel foreign = model(name);
      foreign.verify(read -> {});
      try (Backend model = loaded(foreign)) {
        compare(name, model, theirs.get("logits"), 1e-4);
        int[] prompt = Arrays.copyOf(ints(expected.get("ids")), 9);
        Writer writer = new Writer(model, foreign.shape().context(), 0, Set.copyOf(foreign.ends()));
        int[] written = writer.write(prompt, 20, Sampler.greedy());
        int[] wanted = ints(theirs.get("written"));
        assertThat(written).as(name).isEqualTo(Arrays.copyOf(wanted, written.length));
        assertThat(
                wanted.length == written.length || foreign.ends().contains(wanted[written.length]))
            .as("%s ends where transformers does, its last id left out", name)
            .isTrue();
      }
    }
  }

  @Test
  void transformersComputesTheSameFromFoldersThatWeWrite() throws Exception {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.copy(folder.resolve("expected.json"), out.resolve("expected.json"));
    for (String name : names()) {
      try (Backend model = loaded(model(name))) {
        for (Dtype dtype : List.of(Dtype.FLOAT32, ExportFolder.dtype(model(name).folder()))) {
          Path place = out.resolve(name + dtype);
          if (!Files.exists(place)) {
            ExportFolder.write(
                Files.createDirectory(place),
                model(name).shape(),
                model,
                Map.of(),
                new HuggingFaceFolder.EndOfText("", 1),
                Map.of(),
                dtype,
                40_000);
            assertThat(place.resolve("model.safetensors.index.json")).exists();
          }
        }
      }
    }
    Map<?, ?> logits = (Map<?, ?>) python("load", out.toString());
    assertThat(logits).hasSize(names().size() + 2); // bf16 and fp16 keep every bit
    for (Map.Entry<?, ?> written : logits.entrySet()) {
      String name = String.valueOf(written.getKey()).replaceAll("[A-Z].*", "");
      try (Backend model = loaded(model(name))) {
        compare(name, model, written.getValue(), 1e-4);
      }
    }
  }

  @Test
  void foreignTokenizersGiveTheIdsThatPythonGives() throws Exception {
    Map<?, ?> kinds = (Map<?, ?>) expected.get("tokenizers");
    assertThat(kinds).hasSize(3);
    for (Object kind : kinds.values()) {
      Map<?, ?> one = (Map<?, ?>) kind;
      Path place = folder.resolve(String.valueOf(one.get("model")));
      BytePairTokenizer tokenizer =
          BytePairTokenizer.read(
              Files.readAllBytes(place.resolve("tokenizer.json")),
              Files.readAllBytes(place.resolve("tokenizer_config.json")));
      BytePairTokenizer again = BytePairTokenizer.read(tokenizer.json());
      for (Object row : (List<?>) one.get("rows")) {
        String text = (String) ((List<?>) row).get(0);
        int[] marked = ints(((List<?>) row).get(1));
        assertThat(tokenizer.encodeMarked(text)).as("\"%s\" marked", text).isEqualTo(marked);
        assertThat(again.encodeMarked(text)).as("\"%s\" marked", text).isEqualTo(marked);
        assertThat(tokenizer.encode(text))
            .as("\"%s\"", text)
            .isEqualTo(ints(((List<?>) row).get(2)));
      }
    }
  }
}
