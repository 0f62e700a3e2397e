package dev.rootstock.contract.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Finds the store of a URI by its scheme. */
public final class Stores {
  private Stores() {}

  /**
   * A folder's path, or a URI, as the URI of a store: {@code ./rootstock-store}, {@code
   * file:///data}, {@code s3://b/p}.
   */
  public static URI locate(String place) {
    if (place.matches("s3:(/{0,2}|///.*)")) {
      throw new InvalidConfig(
          Problem.of("store", "\"" + place + "\", without a bucket", "s3://bucket/prefix"));
    }
    if (place.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      try {
        return URI.create(place.endsWith("/") ? place.substring(0, place.length() - 1) : place);
      } catch (IllegalArgumentException malformed) {
        throw new InvalidConfig(
            Problem.of("store", "\"" + place + "\"", "a folder or an s3:// URI"));
      }
    }
    return Path.of(place).toAbsolutePath().normalize().toUri();
  }

  /**
   * Opens the store at {@code root}.
   *
   * @throws InvalidConfig if no store of that scheme is on the class path, or the place is unfit
   */
  public static ArtifactStore open(URI root) throws IOException {
    String scheme = String.valueOf(root.getScheme());
    if (scheme.equals("file")) {
      return LocalStore.open(root);
    }
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      if (provider.scheme().equals(scheme)) {
        return provider.open(root);
      }
    }
    throw new InvalidConfig(Problem.of("store", "\"" + root + "\"", "a folder, file: or s3: URI"));
  }

  /** Opens the store at a place as a person writes it; see {@link #locate}. */
  public static ArtifactStore open(String place) throws IOException {
    return open(locate(place));
  }
}
