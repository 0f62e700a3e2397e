package dev.rootstock.training;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.checkpoint.HuggingFaceFolder.EndOfText;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tokenizer, and its files as they are copied into every model's folder.
 *
 * @param files by name
 */
record ModelTokenizer(BytePairTokenizer tokenizer, Map<String, byte[]> files) {
  private static final String FILE = "tokenizer.json";
  private static final String CONFIGURATION = "tokenizer_config.json";

  /** Reads a tokenizer's own artifact. */
  static ModelTokenizer read(ArtifactStore store, Fingerprint fingerprint) throws IOException {
    String folder = Stage.TOKENIZER.at(fingerprint);
    Manifest manifest =
        Artifacts.find(store, folder)
            .orElseThrow(
                () ->
                    new Hopeless(
                        "CorruptStore", folder + " is not whole; delete it and run again"));
    Map<String, byte[]> files = new TreeMap<>();
    for (StoredFile file : manifest.files()) {
      files.put(file.name(), store.read(folder + "/" + file.path()));
    }
    if (!files.containsKey(FILE)) {
      throw new Hopeless("CorruptStore", folder + " has no " + FILE + "; delete it and run again");
    }
    byte[] configuration = files.get(CONFIGURATION);
    return new ModelTokenizer(
        configuration == null
            ? BytePairTokenizer.read(files.get(FILE))
            : BytePairTokenizer.read(files.get(FILE), configuration),
        files);
  }

  EndOfText endOfText() {
    int id = tokenizer.endOfText();
    return new EndOfText(tokenizer.decode(new int[] {id}), id);
  }
}
