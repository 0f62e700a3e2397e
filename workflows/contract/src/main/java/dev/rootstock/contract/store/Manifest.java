package dev.rootstock.contract.store;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Default;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.HandedOn;
import dev.rootstock.contract.Spent;
import dev.rootstock.contract.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an artifact says of itself. It is written last: without it the artifact does not exist.
 *
 * @param format version of this record's layout: 1, or 2 where {@code madeBy.manifestSum} sums the
 *     manifest itself
 * @param form the canonical form ({@link Fingerprint#form}) whose sum is the fingerprint: inputs
 *     and settings
 * @param files all files, sorted by path
 * @param result the stage's own answer as a tree: a {@code …Ref} or {@code …Result}
 * @param spent what making it took
 * @param madeBy run, host, versions of Rootstock, JDK and backend; decides nothing
 */
public record Manifest(
    @Default("1") int format,
    Stage stage,
    Fingerprint fingerprint,
    Map<String, Object> form,
    List<StoredFile> files,
    Map<String, Object> result,
    @Default("{}") Spent spent,
    @Default("{}") Map<String, Object> madeBy,
    Instant madeAt)
    implements HandedOn {
  public static final String NAME = "manifest.json";

  public Manifest {
    files = List.copyOf(files);
  }

  /** The stage's answer as its record. */
  public <T> T result(Class<T> type) {
    return CanonicalJson.fromTree(result, type);
  }

  /** The run that made it, or "unknown". */
  public String run() {
    return String.valueOf(madeBy.getOrDefault("run", "unknown"));
  }
}
