package dev.rootstock.contract.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * A folder as a store. An object is written beside its place, forced to the disk and linked to its
 * name, which fails if the name is taken: whole or absent, also when the power fails. Thread- and
 * process-safe.
 */
public final class LocalStore implements ArtifactStore {
  private static final String PARTIAL =
      ".partial-"; // begins with a dot, so that no key can name one

  private final Path folder;

  private LocalStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens, and creates if need be, the folder of a {@code file:} URI.
   *
   * @throws InvalidConfig if it can not be created or written to
   */
  public static LocalStore open(URI root) {
    Path folder = Path.of(root).toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, PARTIAL, ""));
    } catch (IOException refused) {
      throw new InvalidConfig(
          Problem.of(
              "store", "\"" + folder + "\" (" + refused + ")", "a folder that can be written to"));
    }
    return new LocalStore(folder);
  }

  @Override
  public URI root() {
    return folder.toUri();
  }

  @Override
  public void publish(Path file, String key) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      publish(bytes, key);
    }
  }

  @Override
  public void publish(byte[] bytes, String key) throws IOException {
    publish(new ByteArrayInputStream(bytes), key);
  }

  private void publish(InputStream bytes, String key) throws IOException {
    Path place = place(key);
    if (Files.exists(place)) {
      throw new FileAlreadyExistsException(key);
    }
    Files.createDirectories(place.getParent());
    Path partial = place.resolveSibling(PARTIAL + UUID.randomUUID());
    try {
      Files.copy(bytes, partial, StandardCopyOption.REPLACE_EXISTING);
      force(partial);
      link(partial, place, key);
      force(place.getParent());
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static void link(Path partial, Path place, String key) throws IOException {
    try {
      Files.createLink(place, partial);
    } catch (FileAlreadyExistsException taken) {
      throw new FileAlreadyExistsException(key);
    } catch (UnsupportedOperationException noHardLinks) {
      throw new IOException(
          "the file system of "
              + place.getParent()
              + " has no hard links, which make an object appear "
              + "whole or not at all; put the store on another file system or use s3://",
          noHardLinks);
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public byte[] read(String key) throws IOException {
    try {
      return Files.readAllBytes(file(key));
    } catch (NoSuchFileException absent) {
      throw new NoSuchFileException(key);
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file(key))) {
      int there = (int) Math.max(0, Math.min(length, channel.size() - offset));
      ByteBuffer bytes = ByteBuffer.allocate(there);
      channel.position(offset);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        continue;
      }
      return bytes.array();
    } catch (NoSuchFileException absent) {
      throw new NoSuchFileException(key);
    }
  }

  @Override
  public InputStream open(String key) throws IOException {
    try {
      return Files.newInputStream(file(key));
    } catch (NoSuchFileException absent) {
      throw new NoSuchFileException(key);
    }
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    Path place = place(key);
    try {
      return Files.isRegularFile(place) ? OptionalLong.of(Files.size(place)) : OptionalLong.empty();
    } catch (NoSuchFileException absent) {
      return OptionalLong.empty();
    }
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    Keys.soundPrefix(prefix);
    Path start = folder.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    List<String> keys = new ArrayList<>();
    Files.walkFileTree(
        start,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            String key = folder.relativize(path).toString().replace('\\', '/');
            if (attributes.isRegularFile()
                && !path.getFileName().toString().startsWith(".")
                && key.startsWith(prefix)) {
              keys.add(key);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException fault) throws IOException {
            if (fault instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // another writer's partial file, published meanwhile
            }
            throw fault;
          }
        });
    Collections.sort(keys);
    return keys;
  }

  @Override
  public void delete(String key) throws IOException {
    Path place = place(key);
    if (!Files.isDirectory(place)) {
      Files.deleteIfExists(place);
    }
  }

  @Override
  public void close() {
    // holds nothing open
  }

  private Path file(String key) throws NoSuchFileException {
    Path place = place(key);
    if (Files.isDirectory(place)) {
      throw new NoSuchFileException(key);
    }
    return place;
  }

  private Path place(String key) {
    return folder.resolve(Keys.sound(key));
  }
}
