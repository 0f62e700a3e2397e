package dev.rootstock.preprocess.read;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.DocumentCoder;
import dev.rootstock.preprocess.Pulse;
import dev.rootstock.preprocess.Receipt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** Reads the files of a corpus, one file on one worker, into normalised documents. */
public final class ReadCorpus extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<Document> DOCUMENTS =
      new TupleTag<>("documents") {
        private static final long serialVersionUID = 1L;
      };

  /** One a file. */
  public static final TupleTag<String> RECEIPTS =
      new TupleTag<>("receipts") {
        private static final long serialVersionUID = 1L;
      };

  private final transient List<CorpusFile> files;

  private ReadCorpus(List<CorpusFile> files) {
    this.files = files;
  }

  public static ReadCorpus from(List<CorpusFile> files) {
    return new ReadCorpus(files);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollection<CorpusFile> listed =
        begin.apply(
            "List files", Create.of(files).withCoder(SerializableCoder.of(CorpusFile.class)));
    PCollection<CorpusFile> spread =
        files.size() > 1 ? listed.apply("Spread files", Reshuffle.viaRandomKey()) : listed;
    PCollectionTuple read =
        spread.apply(
            "Read files",
            ParDo.of(new ReadFile()).withOutputTags(DOCUMENTS, TupleTagList.of(RECEIPTS)));
    read.get(DOCUMENTS).setCoder(DocumentCoder.of());
    read.get(RECEIPTS).setCoder(StringUtf8Coder.of());
    return read;
  }

  private static final class ReadFile extends DoFn<CorpusFile, Document> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element CorpusFile file, MultiOutputReceiver out) throws IOException {
      long[] bytes = {0};
      Outcome outcome =
          FileDocuments.read(
              file,
              document -> {
                bytes[0] += document.bytes();
                out.get(DOCUMENTS).output(document);
              });
      Pulse.beat(file.bytes());
      out.get(RECEIPTS)
          .output(
              Receipt.of("read", file.source(), outcome.documents(), bytes[0])
                  .with(new TreeMap<>(outcome.skipped()))
                  .write());
      outcome
          .broken()
          .map(
              broken ->
                  Receipt.of("broken", file.source(), 0, 0)
                      .with(Map.of("file", broken.uri().toString(), "why", broken.reason())))
          .ifPresent(broken -> out.get(RECEIPTS).output(broken.write()));
    }
  }
}
