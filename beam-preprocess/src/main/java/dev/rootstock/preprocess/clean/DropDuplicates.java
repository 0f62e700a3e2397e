package dev.rootstock.preprocess.clean;

import static dev.rootstock.preprocess.clean.Sifted.DROPPED;
import static dev.rootstock.preprocess.clean.Sifted.KEPT;

import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Of documents with equal text keeps the least by source, file and record, whichever arrives first.
 */
public final class DropDuplicates extends PTransform<PCollection<Document>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;
  private static final String RULE = "exact/duplicate/1";

  public static DropDuplicates exact() {
    return new DropDuplicates();
  }

  @Override
  public PCollectionTuple expand(PCollection<Document> documents) {
    return Sifted.coded(
        documents
            .apply("By id", WithKeys.of(Document::id).withKeyType(TypeDescriptors.strings()))
            .apply("Gather twins", GroupByKey.create())
            .apply(
                "Keep the least",
                ParDo.of(new KeepLeast()).withOutputTags(KEPT, TupleTagList.of(DROPPED))));
  }

  private static final class KeepLeast extends DoFn<KV<String, Iterable<Document>>, Document> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<String, Iterable<Document>> twins, MultiOutputReceiver out) {
      List<Document> sorted = new ArrayList<>();
      twins.getValue().forEach(sorted::add);
      sorted.sort(Document.BY_ORIGIN);
      Document kept = sorted.get(0);
      out.get(KEPT).output(kept);
      for (Document twin : sorted.subList(1, sorted.size())) {
        String detail = "same text as " + kept.id() + " from " + kept.origin();
        out.get(DROPPED).output(new Dropped(twin, Reason.DUPLICATE, RULE, detail));
      }
    }
  }
}
