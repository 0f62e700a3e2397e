package dev.rootstock.activities.request;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.PinnedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file outside the store that a request names.
 *
 * @param name its path below what was asked for; files are sorted by it
 */
record SourceFile(URI uri, String name, Opener opener) {
  private static final int BUFFER = 1 << 16; // bytes

  /** It alone, as a person would name it. */
  String place() {
    return "file".equals(uri.getScheme()) ? Path.of(uri).toString() : uri.toString();
  }

  /** Opens it; the caller closes. */
  interface Opener {
    InputStream open() throws IOException;
  }

  /** Reads it whole, for its sum. */
  PinnedFile pin(Optional<String> label) throws IOException {
    MessageDigest digest = Fingerprint.digest();
    long bytes = 0;
    try (InputStream in = new DigestInputStream(opener.open(), digest)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return new PinnedFile(uri, HexFormat.of().formatHex(digest.digest()), bytes, label);
  }

  /** The last part of its path. */
  String lastName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
