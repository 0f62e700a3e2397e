package dev.rootstock.preprocess.clean;

import static dev.rootstock.preprocess.clean.Sifted.DROPPED;
import static dev.rootstock.preprocess.clean.Sifted.KEPT;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/** Cleans documents, and drops those that a rule of the recipe objects to. */
public final class DropPoorText extends PTransform<PCollection<Document>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  private final String spec; // JSON, for records do not travel

  private DropPoorText(String spec) {
    this.spec = spec;
  }

  public static DropPoorText by(CleaningSpec spec) {
    return new DropPoorText(CanonicalJson.write(spec));
  }

  @Override
  public PCollectionTuple expand(PCollection<Document> documents) {
    return Sifted.coded(
        documents.apply(
            "Ask the rules",
            ParDo.of(new Ask(spec)).withOutputTags(KEPT, TupleTagList.of(DROPPED))));
  }

  private static final class Ask extends DoFn<Document, Document> {
    private static final long serialVersionUID = 1L;

    /** One a process and recipe: lists and models are large. */
    private static final ConcurrentMap<String, Cleaning> BUILT = new ConcurrentHashMap<>();

    private final String spec;
    private transient Cleaning cleaning;

    Ask(String spec) {
      this.spec = spec;
    }

    @Setup
    public void build() {
      cleaning =
          BUILT.computeIfAbsent(
              spec, json -> Cleaning.of(CanonicalJson.read(json, CleaningSpec.class)));
    }

    @ProcessElement
    public void process(@Element Document document, MultiOutputReceiver out) {
      Cleaned cleaned = cleaning.apply(document);
      Optional<Dropped> dropped = cleaned.dropped();
      if (dropped.isPresent()) {
        out.get(DROPPED).output(dropped.get());
      } else {
        out.get(KEPT).output(cleaned.document());
      }
    }
  }
}
