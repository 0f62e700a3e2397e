package dev.rootstock.contract.store;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The checkpoints of one training in a store, and who may add to them.
 *
 * <p>A folder is named {@code step-00000500}, or {@code step-00000500-c000003} where another
 * attempt has taken the plain name with other bytes; its manifest's {@code madeBy.claim} says whose
 * it is. A checkpoint of claim k counts if k is the newest claim, or if its step is at most {@code
 * resumeFrom} of every later claim: what a fenced attempt writes late is never seen.
 */
public record Checkpoints(ArtifactStore store, Fingerprint fingerprint) {
  private static final Pattern FOLDER =
      Pattern.compile("step-(\\d{8,})(-c\\d{6,})?/" + Pattern.quote(Manifest.NAME));

  /** A whole checkpoint: its folder's key, its step, and the claim that wrote it. */
  public record Saved(String folder, long step, long claim, Manifest manifest) {}

  /** {@code checkpoints/<fp>}. */
  public String home() {
    return Stage.PRETRAIN.at(fingerprint);
  }

  public Series<Claim> claims() {
    return new Series<>(store, home() + "/claims", Claim.class);
  }

  /** The plain name of a step's folder. */
  public static String folderOf(long step) {
    return String.format(Locale.ROOT, "step-%08d", step);
  }

  /** The step of a folder, by its key or name. */
  public static long stepOf(String folder) {
    Matcher name =
        FOLDER.matcher(folder.substring(folder.lastIndexOf('/') + 1) + "/" + Manifest.NAME);
    if (!name.matches()) {
      throw new IllegalArgumentException(folder + " is not named as a checkpoint's folder");
    }
    return Long.parseLong(name.group(1));
  }

  /** The name for a step whose plain folder is taken by other bytes. */
  public static String folderOf(long step, long claim) {
    return folderOf(step) + String.format(Locale.ROOT, "-c%06d", claim);
  }

  /**
   * Checkpoints that count and whose files have the sizes their manifests name, newest first. Sums
   * are not checked.
   */
  public List<Saved> whole() throws IOException {
    List<Series.Entry<Claim>> claims = claims().all();
    List<Saved> saved = new ArrayList<>();
    for (String key : store.list(home() + "/step-")) {
      Matcher name = FOLDER.matcher(key.substring(home().length() + 1));
      if (name.matches()) {
        String folder = key.substring(0, key.length() - Manifest.NAME.length() - 1);
        Optional<Manifest> manifest = Artifacts.find(store, folder);
        if (manifest.isPresent()) {
          long claim = ((Number) manifest.get().madeBy().getOrDefault("claim", 0L)).longValue();
          long step = Long.parseLong(name.group(1));
          if (counts(step, claim, claims)) {
            saved.add(new Saved(folder, step, claim, manifest.get()));
          }
        }
      }
    }
    saved.sort(Comparator.comparingLong(Saved::step).thenComparingLong(Saved::claim).reversed());
    return saved;
  }

  /**
   * What is wrong with folders of checkpoints that are there and not whole, a sentence each: no
   * manifest, one that is not as it was written, files missing or of another size.
   */
  public List<String> faults() throws IOException {
    List<String> faults = new ArrayList<>();
    for (String folder : folders()) {
      Optional<Manifest> manifest = Artifacts.read(store, folder);
      if (manifest.isEmpty()) {
        boolean there = store.size(folder + "/" + Manifest.NAME).isPresent();
        faults.add(
            folder
                + (there
                    ? " has a " + Manifest.NAME + " that is not as it was written"
                    : " has no " + Manifest.NAME + ": its writing did not end"));
      } else if (Artifacts.find(store, folder).isEmpty()) {
        for (StoredFile file : manifest.get().files()) {
          OptionalLong size = store.size(file.key(folder));
          if (size.isEmpty() || size.getAsLong() != file.bytes()) {
            faults.add(
                file.key(folder)
                    + (size.isEmpty() ? " is missing" : " has " + size.getAsLong() + " bytes")
                    + "; its manifest says "
                    + file.bytes());
          }
        }
      }
    }
    return faults;
  }

  /** Keys of all folders that are named as a checkpoint's, whole or not. */
  public Set<String> folders() throws IOException {
    Set<String> folders = new TreeSet<>();
    for (String key : store.list(home() + "/step-")) {
      String inside = key.substring(home().length() + 1);
      int end = inside.indexOf('/');
      if (end > 0 && FOLDER.matcher(inside.substring(0, end + 1) + Manifest.NAME).matches()) {
        folders.add(home() + "/" + inside.substring(0, end));
      }
    }
    return folders;
  }

  private static boolean counts(long step, long claim, List<Series.Entry<Claim>> claims) {
    return claims.stream()
        .noneMatch(later -> later.number() > claim && step > later.value().resumeFrom());
  }
}
