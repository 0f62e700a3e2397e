package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Checkpoints;
import dev.rootstock.contract.store.Claim;
import dev.rootstock.contract.store.Manifest;
import dev.rootstock.contract.store.Series;
import dev.rootstock.contract.store.StoredFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One attempt's hold on the checkpoints of a training: it claims them, adds to them while no later
 * attempt has claimed them, and drops old ones once a newer one is sound. Not thread-safe.
 */
public final class TrainingCheckpoints {
  private final ArtifactStore store;
  private final Checkpoints checkpoints;
  private long claim;

  public TrainingCheckpoints(ArtifactStore store, Fingerprint fingerprint) {
    this.store = store;
    this.checkpoints = new Checkpoints(store, fingerprint);
  }

  /** Takes a checkpoint whose sums are right. */
  @FunctionalInterface
  public interface Restorer {
    void restore(Checkpoints.Saved saved) throws IOException;
  }

  /**
   * Restores the newest checkpoint that is sound, and says of each that is not what is wrong with
   * it.
   *
   * @param restorer may throw {@link BadTensors}: the checkpoint before is then tried
   * @param teller is told of each that is not used, and why
   * @return what was restored; empty if there is nothing sound
   */
  public Optional<Checkpoints.Saved> restoreNewest(Restorer restorer, Consumer<String> teller)
      throws IOException {
    for (String fault : checkpoints.faults()) {
      teller.accept("A checkpoint is not used: " + fault);
    }
    for (Checkpoints.Saved saved : checkpoints.whole()) {
      List<String> faults = Artifacts.faults(store, saved.folder());
      if (faults.isEmpty()) {
        try {
          restorer.restore(saved);
          return Optional.of(saved);
        } catch (BadTensors bad) {
          faults = List.of(bad.getMessage());
        }
      }
      teller.accept(
          saved.folder() + " is not sound, the one before is used: " + String.join("; ", faults));
    }
    return Optional.empty();
  }

  /** Claims the training from a step on; every earlier attempt is fenced from now on. */
  public long claim(Attempt attempt, long resumeFrom) throws IOException {
    claim =
        checkpoints
            .claims()
            .append(
                new Claim(
                    attempt.run(),
                    host(),
                    ProcessHandle.current().pid(),
                    attempt.number(),
                    resumeFrom,
                    Instant.now()));
    return claim;
  }

  /**
   * Makes sure that no later attempt has claimed the training.
   *
   * @throws Stopped if one has
   */
  public void hold() throws IOException {
    Optional<Series.Entry<Claim>> latest = checkpoints.claims().latest();
    if (latest.isPresent() && latest.get().number() > claim) {
      throw new Stopped(
          "Fenced: claim "
              + latest.get().number()
              + " of run "
              + latest.get().value().run()
              + " on "
              + latest.get().value().host()
              + " goes on with "
              + checkpoints.home()
              + "; claim "
              + claim
              + " leaves without saving");
    }
  }

  /**
   * Adds a checkpoint.
   *
   * @param files a local folder of all its files
   * @param sums sha256 of those files of which it is known, by name
   * @param manifest made of the folder's key and its files
   * @return the folder's key
   * @throws Stopped if a later attempt has claimed the training
   */
  public String save(
      long step,
      Path files,
      Map<String, String> sums,
      BiFunction<String, List<StoredFile>, Manifest> manifest)
      throws IOException {
    String plain = checkpoints.home() + "/" + Checkpoints.folderOf(step);
    boolean taken = store.size(plain + "/" + Manifest.NAME).isPresent(); // sound or not
    String folder = taken ? checkpoints.home() + "/" + Checkpoints.folderOf(step, claim) : plain;
    if (!commit(folder, files, sums, manifest)) { // an attempt that is fenced by now came first
      folder = checkpoints.home() + "/" + Checkpoints.folderOf(step, claim);
      commit(folder, files, sums, manifest);
    }
    return folder;
  }

  private boolean commit(
      String folder,
      Path files,
      Map<String, String> sums,
      BiFunction<String, List<StoredFile>, Manifest> manifest)
      throws IOException {
    List<StoredFile> stored = new ArrayList<>();
    try (Stream<Path> list = Files.list(files)) {
      for (Path file : list.sorted().toList()) {
        String name = file.getFileName().toString();
        String sum = sums.containsKey(name) ? sums.get(name) : Artifacts.sum(file);
        stored.add(Artifacts.add(store, folder, name, file, sum));
      }
    }
    hold();
    Manifest holds = Artifacts.commit(store, folder, manifest.apply(folder, stored));
    return holds.madeBy().get("claim") instanceof Number number && number.longValue() == claim;
  }

  /**
   * Drops the checkpoints that need not stay, if the newest is sound, and what attempts that were
   * killed while writing left behind it.
   */
  public void keep(Keeping keeping) throws IOException {
    List<Checkpoints.Saved> saved = checkpoints.whole();
    List<String> dropped = new ArrayList<>();
    keeping.dropped(saved).forEach(old -> dropped.add(old.folder()));
    if (!saved.isEmpty()) {
      dropped.addAll(unfinished(saved.get(0).folder()));
    }
    if (dropped.isEmpty() || !Artifacts.faults(store, saved.get(0).folder()).isEmpty()) {
      return;
    }
    hold(); // after the listing: what a later attempt writes is not in it
    for (String folder : dropped) {
      store.delete(folder + "/" + Manifest.NAME);
      for (String key : store.list(folder + "/")) {
        store.delete(key);
      }
    }
  }

  /** Folders without a manifest, of steps before the newest checkpoint's. */
  private List<String> unfinished(String newest) throws IOException {
    List<String> unfinished = new ArrayList<>();
    for (String folder : checkpoints.folders()) {
      if (Checkpoints.stepOf(folder) < Checkpoints.stepOf(newest)
          && store.size(folder + "/" + Manifest.NAME).isEmpty()) {
        unfinished.add(folder);
      }
    }
    return unfinished;
  }

  /** Name of this machine, for people. */
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }

  public long claim() {
    return claim;
  }
}
