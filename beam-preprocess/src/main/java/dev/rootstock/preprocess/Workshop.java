package dev.rootstock.preprocess;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.contract.engine.PeakMemory;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;

/**
 * Where one artifact is made: looks whether it is there already, runs a pipeline for it, commits
 * it.
 */
final class Workshop implements AutoCloseable {
  private final Attempt attempt;
  private final Stage stage;
  private final Fingerprint fingerprint;
  private final Map<String, Object> form;
  private final ProgressLog progress;
  private final Stop stop;
  private final ArtifactStore store;
  private final long started = System.nanoTime();

  /**
   * Opens the attempt's store.
   *
   * @param inputs fingerprints by role, as FORMATS.md names them
   * @throws Hopeless {@code FingerprintMismatch} if whoever ordered fingerprints otherwise than
   *     this engine
   */
  Workshop(
      Attempt attempt,
      Stage stage,
      Fingerprint fingerprint,
      Map<String, Fingerprint> inputs,
      Record spec,
      ProgressLog progress,
      Stop stop)
      throws IOException {
    this(attempt, stage, fingerprint, Fingerprint.form(stage, inputs, spec), progress, stop);
  }

  /** The same of a form that is already made. */
  Workshop(
      Attempt attempt,
      Stage stage,
      Fingerprint fingerprint,
      Map<String, Object> form,
      ProgressLog progress,
      Stop stop)
      throws IOException {
    this.attempt = attempt;
    this.stage = stage;
    this.fingerprint = fingerprint;
    this.form = form;
    this.progress = progress;
    this.stop = stop;
    if (!Fingerprint.ofForm(form).equals(fingerprint)) {
      throw new Hopeless(
          "FingerprintMismatch",
          "the order's fingerprint is "
              + fingerprint
              + "; this engine comes to "
              + Fingerprint.ofForm(form)
              + ". Platform and engine are of different versions; build both anew");
    }
    this.store = Stores.open(attempt.store());
    Scratch.adopt();
  }

  ArtifactStore store() {
    return store;
  }

  /** The answer of an earlier attempt, if the artifact exists. */
  <T> Optional<T> find(Class<T> type) throws IOException {
    Optional<Manifest> made = Artifacts.find(store, stage, fingerprint);
    made.ifPresent(
        manifest ->
            progress.tell(
                stage.at(fingerprint)
                    + " exists, made by run "
                    + manifest.run()
                    + "; nothing to do"));
    return made.map(manifest -> manifest.result(type));
  }

  /** The manifest of an input. */
  Manifest input(Stage of, Fingerprint input) throws IOException {
    return Artifacts.find(store, of, input)
        .orElseThrow(
            () ->
                new Hopeless(
                    "CorruptStore",
                    of.at(input)
                        + " is not whole in "
                        + store.root()
                        + "; delete that folder and run again"));
  }

  /** Store keys of the parts of documents, in their order. */
  List<String> documentParts(Fingerprint documents) throws IOException {
    return partList(documents).parts().stream().map(part -> part.key(documents)).toList();
  }

  /** The list of the parts of documents. */
  PartList partList(Fingerprint documents) throws IOException {
    StoredFile list =
        input(Stage.DOCUMENTS, documents).files().stream()
            .filter(file -> file.name().equals(PartList.NAME))
            .findFirst()
            .orElseThrow();
    byte[] json = store.read(list.key(Stage.DOCUMENTS.at(documents)));
    return CanonicalJson.read(new String(json, StandardCharsets.UTF_8), PartList.class);
  }

  /** Where the files of a corpus were seen. */
  CorpusListing listing(CorpusRef corpus) throws IOException {
    return CanonicalJson.read(
        new String(store.read(corpus.listing()), StandardCharsets.UTF_8), CorpusListing.class);
  }

  /** Where this attempt's workers write. */
  Place place() {
    return new Place(store.root().toString(), stage.at(fingerprint), UUID.randomUUID().toString());
  }

  /**
   * Runs a pipeline to its end.
   *
   * @param total what {@link Pulse} will have counted at the end, in {@code unit}; 0 if unknown
   * @param build adds transforms, {@link KeepReceipts} among them
   * @return the receipts
   * @throws Stopped if asked to leave; nothing is saved, since an artifact is whole or absent
   */
  List<Receipt> run(
      RunnerSpec runner, Place place, long total, String unit, Consumer<Pipeline> build)
      throws Exception {
    new PipelineRun(runner, job(place), attempt.cores(), store.root(), progress, stop)
        .toItsEnd(CanonicalJson.word(stage), total, unit, build);
    return KeepReceipts.take(store, place);
  }

  private String job(Place place) {
    return "rootstock-"
        + CanonicalJson.word(stage)
        + "-"
        + fingerprint.brief()
        + "-"
        + place.attempt().substring(0, 8);
  }

  /** Commits the artifact and gives the answer that holds. */
  <T extends Record> T commit(List<StoredFile> files, T result, RunnerSpec runner)
      throws IOException {
    double seconds = (System.nanoTime() - started) / 1e9;
    Map<String, Object> madeBy = new LinkedHashMap<>();
    madeBy.put("run", attempt.run());
    madeBy.put("host", InetAddress.getLocalHost().getHostName());
    madeBy.put("rootstock", version());
    madeBy.put("java", System.getProperty("java.version"));
    madeBy.put("runner", runner.name());
    madeBy.put("threads", (long) attempt.cores());
    Manifest manifest =
        new Manifest(
            1,
            stage,
            fingerprint,
            form,
            files,
            CanonicalJson.map(result),
            new Spent(seconds, 0, 0),
            madeBy,
            Instant.now());
    Manifest holds = Artifacts.commit(store, stage.at(fingerprint), manifest);
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) result.getClass();
    return holds.result(type);
  }

  private static String version() {
    String version = Workshop.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public void close() throws IOException {
    System.err.printf(
        Locale.ROOT,
        "%s: %.1f s, most memory held %.0f MB%n",
        stage.at(fingerprint),
        (System.nanoTime() - started) / 1e9,
        PeakMemory.bytes() / 1e6);
    Scratch.clear();
    store.close();
  }
}
