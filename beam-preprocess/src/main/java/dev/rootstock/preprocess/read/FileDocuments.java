package dev.rootstock.preprocess.read;

import com.github.luben.zstd.ZstdIOException;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.engine.Hopeless;
import dev.rootstock.preprocess.Document;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The documents of a file or of a range of it, in the order of its records. Thread-safe. */
public final class FileDocuments {
  private FileDocuments() {}

  /**
   * Hands every document of {@code file} to {@code taker}, in order. A record that can not be read
   * comes as a document with its fault, and reading goes on; a file that can not be read on is told
   * in the outcome, after its documents so far.
   *
   * @throws Hopeless {@code BadCorpus} if the file is gone, or no longer what was pinned
   * @throws IOException if the disk or the store fails, which another attempt may mend
   */
  public static Outcome read(CorpusFile file, Consumer<Document> taker) throws IOException {
    Delivery delivery = new Delivery(file, taker);
    try (FileBytes bytes = FileBytes.pinned(file)) {
      if (file.format() == CorpusSpec.Format.PARQUET) {
        ParquetDocuments.read(bytes.input(), delivery);
      } else if (file.whole()) {
        try (InputStream text = unpacked(bytes, file.format())) {
          read(text, delivery);
        }
      } else {
        readRange(bytes, delivery);
      }
    } catch (Utf16 foreign) {
      if (file.from() == 0) {
        delivery.fault(0, foreign.head(), foreign.getMessage());
      }
    } catch (BrokenFormat broken) {
      return delivery.outcome(String.valueOf(broken.getMessage()));
    } catch (ZstdIOException broken) {
      return delivery.outcome("the Zstandard file is broken: " + broken.getMessage());
    }
    return delivery.outcome(null);
  }

  /**
   * A file in consecutive ranges of about {@code bytes}, whose documents are, one range after
   * another, those of the whole; the file itself where its format or its compression forbids that,
   * or where it is no larger. Looks at the file's first bytes.
   *
   * @param bytes best a multiple of 1 MiB
   */
  public static List<CorpusFile> ranges(CorpusFile file, long bytes) throws IOException {
    boolean parts =
        switch (file.format()) {
          case JSONL, PARAGRAPHS, AUTO, PARQUET -> true;
          default -> false;
        };
    if (!parts || file.bytes() <= bytes) {
      return List.of(file);
    }
    try (FileBytes opened = FileBytes.open(file.range(0, file.bytes()))) {
      if (opened.packed()) {
        return List.of(file);
      }
    } catch (NoSuchFileException | FileNotFoundException gone) {
      return List.of(file); // whoever reads it says so
    }
    List<CorpusFile> ranges = new ArrayList<>();
    for (long from = 0; from < file.bytes(); from += bytes) {
      ranges.add(file.range(from, Math.min(from + bytes, file.bytes())));
    }
    return ranges;
  }

  private static InputStream unpacked(FileBytes bytes, CorpusSpec.Format format)
      throws IOException {
    return switch (format) {
      case WARC, WET -> bytes.unpacked(WarcRecords.VERSION);
      default -> bytes.unpacked();
    };
  }

  private static void read(InputStream text, Delivery delivery) throws IOException {
    CorpusFile file = delivery.file();
    switch (file.format()) {
      case HTML -> page(text.readNBytes(Limits.PAGE + 1), delivery);
      case WARC, WET -> new WarcDocuments(text, delivery).read();
      case CSV, TSV -> new TableDocuments(text, delivery).read();
      default -> {
        Ahead ahead = new Ahead(text, Records.STRETCH);
        Records.read(ahead, parting(file.format(), ahead.head()), file, taker(delivery));
      }
    }
  }

  private static void readRange(FileBytes bytes, Delivery delivery) throws IOException {
    CorpusFile file = delivery.file();
    if (bytes.packed()) {
      throw new IllegalArgumentException(file.uri() + " is compressed: it has no ranges");
    }
    Records.Parting parting;
    try (InputStream text = bytes.raw(0)) {
      parting = parting(file.format(), text.readNBytes(Records.STRETCH));
    }
    try (InputStream text = bytes.raw(parting.readFrom(file.from()))) {
      Records.read(text, parting, file, taker(delivery));
    }
  }

  private static Records.Parting parting(CorpusSpec.Format format, byte[] head) throws IOException {
    Utf8.refuseUtf16(head);
    return Records.parting(format, head);
  }

  private static Records.Taker taker(Delivery delivery) {
    if (delivery.file().format() == CorpusSpec.Format.JSONL) {
      return new JsonDocuments(delivery);
    }
    UnaryOperator<String> plain =
        delivery.file().format() == CorpusSpec.Format.MARKDOWN
            ? text -> Markdown.text(Normal.of(text))
            : UnaryOperator.identity();
    return (start, bytes, length) -> delivery.text(start, bytes, length, plain);
  }

  private static void page(byte[] html, Delivery delivery) {
    if (html.length > Limits.PAGE) {
      delivery.fault(0, html, Limits.exceeded(Limits.PAGE));
    } else {
      delivery.page(0, html, null, null, null);
    }
  }
}
