package dev.rootstock.contract.store;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Artifacts in a store: found whole by their manifest, made whole by writing it last. Thread-safe.
 */
public final class Artifacts {
  private static final int BUFFER = 1 << 16; // bytes

  private Artifacts() {}

  /**
   * The manifest of what {@code stage} made under {@code fingerprint}, if its files are there in
   * the sizes it names. Sums are not checked; {@link #faults} does that.
   */
  public static Optional<Manifest> find(ArtifactStore store, Stage stage, Fingerprint fingerprint)
      throws IOException {
    return find(store, stage.at(fingerprint));
  }

  /** The same for any folder that holds a manifest, a checkpoint's for example. */
  public static Optional<Manifest> find(ArtifactStore store, String folder) throws IOException {
    Optional<Manifest> manifest = read(store, folder);
    if (manifest.isEmpty()) {
      return Optional.empty();
    }
    for (StoredFile file : manifest.get().files()) {
      OptionalLong size = store.size(file.key(folder));
      if (size.isEmpty() || size.getAsLong() != file.bytes()) {
        return Optional.empty();
      }
    }
    return manifest;
  }

  /**
   * The manifest of a folder, whether or not its files are whole; empty if there is none that can
   * be read, or it has a sum of itself and is not as it was written.
   */
  public static Optional<Manifest> read(ArtifactStore store, String folder) throws IOException {
    try {
      String text = new String(store.read(folder + "/" + Manifest.NAME), StandardCharsets.UTF_8);
      Manifest manifest = CanonicalJson.read(text, Manifest.class);
      return ManifestSum.holds(text, manifest.format()) ? Optional.of(manifest) : Optional.empty();
    } catch (NoSuchFileException | InvalidConfig absentOrBroken) {
      return Optional.empty();
    }
  }

  /**
   * What is wrong with an artifact's bytes, a sentence a fault; reads every file. Empty if it is as
   * its manifest says.
   */
  public static List<String> faults(ArtifactStore store, String folder) throws IOException {
    Optional<Manifest> manifest = read(store, folder);
    if (manifest.isEmpty()) {
      return List.of(folder + " has no readable " + Manifest.NAME);
    }
    List<String> faults = new ArrayList<>();
    for (StoredFile file : manifest.get().files()) {
      String key = file.key(folder);
      OptionalLong size = store.size(key);
      if (size.isEmpty()) {
        faults.add(key + " is missing");
      } else if (size.getAsLong() != file.bytes()) {
        faults.add(key + " has " + size.getAsLong() + " bytes; its manifest says " + file.bytes());
      } else if (!sum(store, key).equals(file.sha256())) {
        faults.add(key + " does not have the sha256 that its manifest names");
      }
    }
    return faults;
  }

  /**
   * Adds a file to an artifact that has no manifest yet. A file that an earlier attempt left is
   * kept if its bytes are equal; if not, the new one goes to a folder of its own beside it, and the
   * manifest will name that.
   *
   * @param folder the artifact's folder
   * @param path the wished path within it
   * @return what the manifest must list
   */
  public static StoredFile add(ArtifactStore store, String folder, String path, Path file)
      throws IOException {
    return add(store, folder, path, file, sum(file));
  }

  /** The same for a file whose sha256 is known, which is then not read for it. */
  public static StoredFile add(
      ArtifactStore store, String folder, String path, Path file, String sum) throws IOException {
    for (int attempt = 1; ; attempt++) {
      String placed = attempt == 1 ? path : "again-" + attempt + "/" + path;
      String key = folder + "/" + placed;
      try {
        store.publish(file, key);
      } catch (FileAlreadyExistsException taken) {
        if (!sum(store, key).equals(sum)) {
          continue;
        }
      }
      return new StoredFile(placed, Files.size(file), sum);
    }
  }

  /**
   * Makes an artifact exist. If another attempt made it first, theirs stands and is returned.
   *
   * @return the manifest that holds
   */
  public static Manifest commit(ArtifactStore store, String folder, Manifest manifest)
      throws IOException {
    Manifest sorted =
        new Manifest(
            manifest.format(),
            manifest.stage(),
            manifest.fingerprint(),
            manifest.form(),
            manifest.files().stream().sorted(Comparator.comparing(StoredFile::path)).toList(),
            manifest.result(),
            manifest.spent(),
            ManifestSum.room(manifest.format(), manifest.madeBy()),
            manifest.madeAt());
    try {
      String text = ManifestSum.stamp(CanonicalJson.pretty(sorted));
      store.publish(text.getBytes(StandardCharsets.UTF_8), folder + "/" + Manifest.NAME);
      return sorted.format() == 1 ? sorted : CanonicalJson.read(text, Manifest.class);
    } catch (FileAlreadyExistsException first) {
      return find(store, folder)
          .orElseThrow(
              () ->
                  new IOException(
                      folder
                          + " has a manifest but is not whole; look with `rootstock models verify`, then delete the folder"));
    }
  }

  /** SHA-256 of a stored object. */
  public static String sum(ArtifactStore store, String key) throws IOException {
    try (InputStream bytes = store.open(key)) {
      return sum(bytes);
    }
  }

  /** SHA-256 of a local file. */
  public static String sum(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return sum(bytes);
    }
  }

  private static String sum(InputStream bytes) throws IOException {
    MessageDigest digest = Fingerprint.digest();
    try (DigestInputStream summed = new DigestInputStream(bytes, digest)) {
      byte[] buffer = new byte[BUFFER];
      while (summed.read(buffer) >= 0) {
        continue;
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
