package dev.rootstock.preprocess.clean;

import static dev.rootstock.preprocess.clean.Sifted.DROPPED;
import static dev.rootstock.preprocess.clean.Sifted.KEPT;

import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/** Drops the documents that a rule of the recipe objects to. */
public final class DropPoorText extends PTransform<PCollection<Document>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  private final Rules rules;

  private DropPoorText(Rules rules) {
    this.rules = rules;
  }

  public static DropPoorText by(CleaningSpec spec) {
    return new DropPoorText(Rules.of(spec));
  }

  @Override
  public PCollectionTuple expand(PCollection<Document> documents) {
    return Sifted.coded(
        documents.apply(
            "Ask the rules",
            ParDo.of(new Ask(rules)).withOutputTags(KEPT, TupleTagList.of(DROPPED))));
  }

  private static final class Ask extends DoFn<Document, Document> {
    private static final long serialVersionUID = 1L;

    private final Rules rules;

    Ask(Rules rules) {
      this.rules = rules;
    }

    @ProcessElement
    public void process(@Element Document document, MultiOutputReceiver out) {
      Optional<Dropped> dropped = rules.dropped(document);
      if (dropped.isPresent()) {
        out.get(DROPPED).output(dropped.get());
      } else {
        out.get(KEPT).output(document);
      }
    }
  }
}
