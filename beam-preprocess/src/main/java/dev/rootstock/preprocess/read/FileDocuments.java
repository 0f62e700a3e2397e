package dev.rootstock.preprocess.read;

import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.preprocess.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/** The documents of one file, in the order of its records. Not thread-safe. */
public final class FileDocuments {
  private final CorpusFile file;
  private final CorpusSpec.Format format;
  private final Consumer<Document> taker;
  private long records;

  private FileDocuments(CorpusFile file, Consumer<Document> taker) {
    this.file = file;
    this.format = file.format();
    this.taker = taker;
  }

  /**
   * Hands every document of {@code file} to {@code taker}; what can not be read comes with its
   * fault.
   *
   * @return number of documents
   * @throws Hopeless {@code BadCorpus} if the file is not what was pinned, or not the gzip it
   *     claims to be
   */
  public static long read(CorpusFile file, Consumer<Document> taker) throws IOException {
    FileDocuments documents = new FileDocuments(file, taker);
    try (FileBytes bytes = FileBytes.pinned(file)) {
      Records.Survey survey = new Records.Survey();
      if (documents.format == CorpusSpec.Format.AUTO) {
        try (InputStream text = bytes.open()) {
          survey = Records.Survey.of(text);
        }
      }
      try (InputStream text = bytes.open()) {
        Records.read(text, survey.parting(documents.format), documents::take);
      }
    } catch (ZipException | java.io.EOFException broken) {
      throw new Hopeless(
          "BadCorpus", file.uri() + " begins like gzip but is broken: " + broken.getMessage());
    }
    return documents.records;
  }

  private void take(byte[] record) {
    String text;
    Document.Origin origin = new Document.Origin(file.source(), file.brief(), records++);
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException notUtf8) {
      String readable = Normal.of(new String(record, StandardCharsets.UTF_8));
      taker.accept(
          Document.unreadable(
              readable, origin, file.licence(), "not UTF-8: " + notUtf8.getMessage()));
      return;
    }
    if (format == CorpusSpec.Format.JSONL) {
      takeJson(text, origin);
    } else {
      String normal = Normal.of(text);
      boolean markdown = format == CorpusSpec.Format.MARKDOWN;
      taker.accept(
          Document.of(
              markdown ? Markdown.text(normal) : normal, origin, null, null, file.licence()));
    }
  }

  private void takeJson(String line, Document.Origin origin) {
    Object value;
    try {
      value = Json.parse(line.strip());
    } catch (IllegalArgumentException notJson) {
      taker.accept(
          Document.unreadable(Normal.of(line), origin, file.licence(), notJson.getMessage()));
      return;
    }
    if (value instanceof Map<?, ?> object && object.get(file.text()) instanceof String text) {
      taker.accept(
          Document.of(
              Normal.of(text),
              origin,
              word(object, "url"),
              word(object, "language"),
              file.licence()));
    } else {
      String fault =
          value instanceof Map<?, ?>
              ? "no text under the key \"" + file.text() + "\""
              : "the line is not a JSON object";
      taker.accept(Document.unreadable(Normal.of(line), origin, file.licence(), fault));
    }
  }

  private static @org.jspecify.annotations.Nullable String word(Map<?, ?> object, String key) {
    return object.get(key) instanceof String word && !word.isBlank() ? Normal.of(word) : null;
  }
}
