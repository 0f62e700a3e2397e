package dev.rootstock.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file that a person wrote. */
final class TextFile {
  private static final long LARGEST = 8 << 20; // bytes; more is data given by mistake

  private TextFile() {}

  /**
   * Reads UTF-8 text, without a byte order mark.
   *
   * @throws IOException whose message is for people: missing, a folder, unreadable, too large, not
   *     UTF-8
   */
  static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("is a folder; it must be a file");
    }
    if (!Files.exists(file)) {
      throw new IOException(
          "there is no such file"
              + (file.isAbsolute() ? "" : " in " + Path.of("").toAbsolutePath())
              + nearby(file));
    }
    if (Files.size(file) > LARGEST) {
      throw new IOException("has " + Files.size(file) + " bytes; it must be at most " + LARGEST);
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (AccessDeniedException denied) {
      throw new IOException("may not be read; change its permissions", denied);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(buffer)
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException malformed) {
      throw new IOException(
          "is not UTF-8 text (at byte " + buffer.position() + "); save it as UTF-8", malformed);
    }
  }

  private static String nearby(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
          .sorted()
          .limit(5)
          .reduce((a, b) -> a + ", " + b)
          .map(names -> "; there are " + names)
          .orElse("");
    }
  }
}
