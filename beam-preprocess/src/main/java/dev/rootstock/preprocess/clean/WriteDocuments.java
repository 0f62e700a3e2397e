package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.store.StoredFile;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.Scratch;
import dev.rootstock.preprocess.clean.HeldOut.Ends;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.statistics.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * Writes kept documents to {@code part-*.parquet}, sorted by id, each with its split. Gives a
 * receipt a part.
 */
public final class WriteDocuments extends PTransform<PCollection<Document>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final Parts parts;
  private final HeldOut heldOut;

  private WriteDocuments(Place place, Parts parts, HeldOut heldOut) {
    this.place = place;
    this.parts = parts;
    this.heldOut = heldOut;
  }

  public static WriteDocuments to(Place place, Parts parts, CleaningSpec spec) {
    return new WriteDocuments(place, parts, new HeldOut(spec.validation()));
  }

  @Override
  public PCollection<String> expand(PCollection<Document> documents) {
    PCollectionView<Ends> ends =
        documents
            .apply("Ids", MapElements.into(TypeDescriptors.strings()).via(Document::id))
            .apply("Least and greatest hash", Combine.globally(new FindEnds()).asSingletonView());
    return documents
        .apply("By part", WithKeys.of(parts::of).withKeyType(TypeDescriptors.integers()))
        .apply("Gather a part", GroupByKey.create())
        .apply("Write a part", ParDo.of(new Write(place, heldOut, ends)).withSideInputs(ends))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<Document>>, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final HeldOut heldOut;
    private final PCollectionView<Ends> ends;

    Write(Place place, HeldOut heldOut, PCollectionView<Ends> ends) {
      this.place = place;
      this.heldOut = heldOut;
      this.ends = ends;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      int part = context.element().getKey();
      List<Document> documents = new ArrayList<>();
      context.element().getValue().forEach(documents::add);
      documents.sort(Comparator.comparing(Document::id).thenComparing(Document.BY_ORIGIN));
      Counts counts = new Counts();
      long bytes = 0;
      Path file = Scratch.file(".parquet");
      try {
        try (ParquetWriter<Group> writer = DocumentRows.kept(file)) {
          for (Document document : documents) {
            String split = heldOut.splitOf(document.id(), context.sideInput(ends));
            writer.write(DocumentRows.row(document, split));
            bytes += document.bytes();
            counts.kept(document, split);
          }
        }
        StoredFile stored = place.add(String.format(Locale.ROOT, "part-%05d.parquet", part), file);
        context.output(
            Receipt.of("part", part, stored, documents.size(), bytes, counts.tree()).write());
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }
}
