package dev.rootstock.contract.store;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  private static boolean counts(long step, long claim, List<Series.Entry<Claim>> claims) {
    return claims.stream()
        .noneMatch(later -> later.number() > claim && step > later.value().resumeFrom());
  }
}
