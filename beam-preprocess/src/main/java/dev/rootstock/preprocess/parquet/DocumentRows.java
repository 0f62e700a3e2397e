package dev.rootstock.preprocess.parquet;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.statistics.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;

/** Documents, kept and dropped, as rows; FORMATS.md tells the columns. */
public final class DocumentRows {
  private static final long ROW_GROUP = 32L << 20; // bytes; read whole by one worker
  private static final int CHECK_EVERY = 16; // rows
  private static final String COLUMNS =
      "required binary id (STRING); required binary text (STRING); required binary source (STRING);"
          + " optional binary url (STRING); optional binary language (STRING); optional binary licence (STRING);"
          + " required group scores (MAP) { repeated group key_value { required binary key (STRING); required double value; } }";
  private static final MessageType KEPT =
      MessageTypeParser.parseMessageType(
          "message document {" + COLUMNS + " required binary split (STRING); }");
  private static final MessageType KEYS =
      MessageTypeParser.parseMessageType(
          "message document { required binary id (STRING); required binary source (STRING); }");
  private static final String SMALL =
      "required binary id (STRING); required binary source (STRING); optional binary language (STRING);";
  private static final MessageType SMALL_KEPT =
      MessageTypeParser.parseMessageType("message document {" + SMALL + " }");
  private static final MessageType SMALL_DROPPED =
      MessageTypeParser.parseMessageType(
          "message dropped {" + SMALL + " required binary reason (STRING); }");
  private static final MessageType SIFTED =
      MessageTypeParser.parseMessageType("message document {" + COLUMNS + " }");
  private static final MessageType DROPPED =
      MessageTypeParser.parseMessageType(
          "message dropped {"
              + COLUMNS
              + " required binary reason (STRING); required binary rule (STRING); required binary detail (STRING); }");

  /**
   * What is read of a kept document.
   *
   * @param split {@code train} or {@code validation}
   */
  public record Row(String id, String text, String split) {}

  private DocumentRows() {}

  /** Hands every kept document of a part, in order, to {@code taker}. */
  public static void read(InputFile part, Taker<Row> taker) throws IOException {
    ParquetFiles.read(
        part,
        row ->
            taker.take(
                new Row(
                    row.getString("id", 0), row.getString("text", 0), row.getString("split", 0))));
  }

  /**
   * Hands every document of {@link #sifted}, in order, to {@code taker}.
   *
   * @param source index of their source in the corpus
   */
  public static void readSifted(InputFile file, int source, Taker<Document> taker)
      throws IOException {
    ParquetFiles.read(
        file,
        row ->
            taker.take(
                new Document(
                    row.getString("id", 0),
                    row.getString("text", 0),
                    Document.Origin.of(source, row.getString("source", 0)),
                    optional(row, "url"),
                    optional(row, "language"),
                    optional(row, "licence"),
                    null,
                    scores(row))));
  }

  /** Hands the keys of every document of {@link #sifted}, in order, to {@code taker}. */
  public static void readKeys(InputFile file, KeyTaker taker) throws IOException {
    ParquetFiles.read(
        file, KEYS, row -> taker.take(row.getString("id", 0), row.getString("source", 0)));
  }

  /** Takes a document's id and the place it comes from, {@code FILE#RECORD}. */
  public interface KeyTaker {
    void take(String id, String origin) throws IOException;
  }

  /** Takes a row. */
  public interface Taker<T> {
    void take(T row) throws IOException;
  }

  /** The column {@code scores} of a row. */
  public static SortedMap<String, Double> scores(Group row) {
    Group map = row.getGroup("scores", 0);
    SortedMap<String, Double> scores = new TreeMap<>();
    for (int i = 0; i < map.getFieldRepetitionCount("key_value"); i++) {
      Group entry = map.getGroup("key_value", i);
      scores.put(entry.getString("key", 0), entry.getDouble("value", 0));
    }
    return scores;
  }

  private static @Nullable String optional(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0 ? null : row.getString(column, 0);
  }

  /** A writer of documents that passed the rules and are yet to be compared. The caller closes. */
  public static ParquetWriter<Group> sifted(Path file) throws IOException {
    return ParquetFiles.passing(file, SIFTED, Map.of(), ROW_GROUP, CHECK_EVERY);
  }

  /** A row of {@link #sifted}. */
  public static Group row(Document document) {
    return common(new SimpleGroup(SIFTED), document);
  }

  /** A writer of kept documents. The caller closes. */
  public static ParquetWriter<Group> kept(Path file) throws IOException {
    return ParquetFiles.writer(file, KEPT, Map.of(), ROW_GROUP, CHECK_EVERY);
  }

  /** A writer of dropped documents. The caller closes. */
  public static ParquetWriter<Group> dropped(Path file) throws IOException {
    return ParquetFiles.writer(file, DROPPED, Map.of(), ROW_GROUP, CHECK_EVERY);
  }

  /** A row of {@link #kept}. */
  public static Group row(Document document, String split) {
    return common(new SimpleGroup(KEPT), document).append("split", split);
  }

  /** A row of {@link #dropped}. */
  public static Group row(Dropped dropped) {
    return common(new SimpleGroup(DROPPED), dropped.document())
        .append("reason", dropped.reason().name())
        .append("rule", dropped.rule())
        .append("detail", dropped.detail());
  }

  /** A row as it was read, its origins told by the names of files. */
  public static Group named(Group row, FileNames names, int source) {
    SimpleGroup copy = new SimpleGroup(row.getType());
    for (int field = 0; field < row.getType().getFieldCount(); field++) {
      if (row.getFieldRepetitionCount(field) == 0) {
        continue;
      }
      switch (row.getType().getFieldName(field)) {
        case "source" -> copy.add(field, names.of(source, row.getString(field, 0)));
        case "detail" -> copy.add(field, names.inWords(row.getString(field, 0)));
        case "scores" -> copy.add(field, row.getGroup(field, 0));
        default -> copy.add(field, row.getBinary(field, 0));
      }
    }
    return copy;
  }

  /** Hands every row, the small columns alone, to {@code taker}. */
  public static void readSmall(InputFile file, boolean dropped, ParquetFiles.RowTaker taker)
      throws IOException {
    ParquetFiles.read(file, dropped ? SMALL_DROPPED : SMALL_KEPT, taker);
  }

  private static Group common(Group row, Document document) {
    row.append("id", document.id())
        .append("text", document.text())
        .append("source", document.origin().toString());
    append(row, "url", document.url());
    append(row, "language", document.language());
    append(row, "licence", document.licence());
    Group scores = row.addGroup("scores");
    document
        .scores()
        .forEach(
            (name, value) ->
                scores.addGroup("key_value").append("key", name).append("value", value));
    return row;
  }

  private static void append(Group row, String column, @Nullable String value) {
    if (value != null) {
      row.append(column, value);
    }
  }
}
