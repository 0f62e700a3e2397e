package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that came from elsewhere. Files are taken by name, and only regular ones that lie in it;
 * links are followed within it, and from a snapshot of Hugging Face's cache to the blobs beside it.
 */
public final class ForeignFolder implements ShardedTensors.Folder {
  private static final long LARGEST_JSON = 1 << 28; // bytes; the largest tokenizers have 3e7
  private static final long LARGEST_CARD = 1 << 20;
  private static final Pattern LICENCE =
      Pattern.compile("(?m)^license:[ \t]*[\"']?([A-Za-z0-9][A-Za-z0-9.+-]{0,63})[\"']?[ \t]*$");

  private final Path folder;
  private final Path blobs;

  /**
   * @throws InvalidConfig if there is no such folder
   */
  public ForeignFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InvalidConfig(
          Problem.of(
              "folder",
              "\"" + folder + "\", which is no folder",
              "a folder that transformers saved",
              "Models of the hub are downloaded first."));
    }
    this.folder = folder.toRealPath();
    Path snapshots = this.folder.getParent();
    blobs =
        snapshots != null && snapshots.endsWith("snapshots")
            ? snapshots.resolveSibling("blobs")
            : this.folder;
  }

  /**
   * Where a file lies; empty if there is none of that name.
   *
   * @throws InvalidConfig if it is something else, or a link out of the folder
   */
  public Optional<Path> find(String name) throws IOException {
    Path path = folder.resolve(name);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Path real = path.toRealPath();
    boolean inside = real.startsWith(folder) || real.startsWith(blobs);
    if (!inside || !Files.isRegularFile(real)) {
      throw new InvalidConfig(
          Problem.of(
              name,
              inside ? "no regular file" : "a link out of its folder",
              "a file of the folder",
              "Copy it there."));
    }
    return Optional.of(real);
  }

  /** The bytes of a small file. */
  public Optional<byte[]> bytes(String name) throws IOException {
    Optional<Path> file = find(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    long size = Files.size(file.get());
    if (size > LARGEST_JSON) {
      throw new InvalidConfig(
          Problem.of(name, size + " bytes long", "at most " + LARGEST_JSON + " bytes long"));
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return Optional.of(in.readNBytes((int) LARGEST_JSON));
    }
  }

  /** A small file as an object. */
  public Optional<Map<?, ?>> json(String name) throws IOException {
    Optional<byte[]> bytes = bytes(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Json.parse(new String(bytes.get(), StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
        return Optional.of(map);
      }
      throw new InvalidConfig(Problem.of(name, "something else", "a JSON object"));
    } catch (IllegalArgumentException notJson) {
      throw new InvalidConfig(
          Problem.of(name, "wrong (" + notJson.getMessage() + ")", "a JSON object"));
    }
  }

  /** The licence that the front matter of the folder's card names. */
  public Optional<String> licence() throws IOException {
    Optional<Path> card = find("README.md");
    if (card.isEmpty() || Files.size(card.get()) > LARGEST_CARD) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(card.get()), StandardCharsets.UTF_8);
    int end = text.indexOf("\n---", 3);
    if (!text.startsWith("---") || end < 0) {
      return Optional.empty();
    }
    Matcher matcher = LICENCE.matcher(text.substring(0, end));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public OptionalLong size(String file) throws IOException {
    Optional<Path> path = find(file);
    return path.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Files.size(path.get()));
  }

  @Override
  public InputStream open(String file) throws IOException {
    return Files.newInputStream(find(file).orElseThrow());
  }
}
