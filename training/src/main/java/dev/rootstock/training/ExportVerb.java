package dev.rootstock.training;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.ExportOrder;
import dev.rootstock.contract.engine.Exported;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.BadTensors;
import dev.rootstock.training.checkpoint.ExportFolder;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import dev.rootstock.training.checkpoint.StoredFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model of the store as a Hugging Face folder: whole, an adapter merged into its base; or the
 * adapter alone.
 */
final class ExportVerb implements Verb<ExportOrder> {
  @Override
  public Class<ExportOrder> order() {
    return ExportOrder.class;
  }

  @Override
  public Exported carryOut(ExportOrder order, ProgressLog progress, Stop stop) throws IOException {
    Path folder = Path.of(order.folder());
    if (order.content() == ExportOrder.Content.ADAPTER) {
      return adapter(order, folder);
    }
    prepare(folder);
    try (ArtifactStore store = Stores.open(order.attempt().store());
        Backend model =
            StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
      ModelTokenizer tokenizer = ModelTokenizer.read(store, order.model().tokenizer());
      Map<String, byte[]> origin;
      ExportOrder.Dtype dtype;
      try {
        origin =
            StoredModel.folder(store, order.model())
                .small(HuggingFaceFolder.CONFIG, HuggingFaceFolder.GENERATION);
        dtype =
            order.dtype().isPresent()
                ? order.dtype().get()
                : ExportFolder.dtype(StoredModel.whole(store, order.model()));
      } catch (BadTensors broken) {
        throw new Hopeless(
            "CorruptStore", order.model().location() + " can not be read: " + broken.getMessage());
      }
      try {
        ExportFolder.write(
            folder,
            order.model().shape(),
            model,
            tokenizer.files(),
            tokenizer.endOfText(),
            origin,
            dtype,
            order.shardBytes());
      } catch (BadTensors beyond) { // only a weight that the dtype does not hold
        throw new InvalidConfig(
            Problem.of(
                "dtype",
                CanonicalJson.word(dtype) + ", too narrow: " + beyond.getMessage(),
                "one that holds every weight"));
      }
    }
    return listed(folder);
  }

  /** An adapter's own files, byte for byte; those of its base stay where they are. */
  private static Exported adapter(ExportOrder order, Path folder) throws IOException {
    new Check()
        .that(
            order.model().base().isPresent(),
            "content",
            "adapter, of a model that is whole",
            "merged, or the name of an adapter")
        .done();
    prepare(folder);
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      StoredFolder own = StoredModel.folder(store, order.model());
      for (StoredFile file : own.files()) {
        if (!file.name().equals(Metrics.NAME)) {
          try (InputStream in = own.open(file.name())) {
            Files.copy(in, folder.resolve(file.name()));
          }
        }
      }
    }
    return listed(folder);
  }

  private static Exported listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new Exported(files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static void prepare(Path folder) {
    String found = "\"" + folder + "\"";
    try {
      Files.createDirectories(folder);
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw new InvalidConfig(
              Problem.of(
                  "folder",
                  found + ", which is not empty",
                  "a new or empty folder",
                  "Name another"));
        }
      }
    } catch (IOException refused) {
      throw new InvalidConfig(
          Problem.of("folder", found + " (" + refused + ")", "a folder that can be written to"));
    }
  }
}
