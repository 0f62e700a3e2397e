package dev.rootstock.preprocess.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Document.Origin;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

/** A few documents on Beam's direct runner. */
class CompareSketchesTest {
  private static final String STORY =
      "Once there was a miller who left no more estate to his three sons. He had only a mill, an ass and"
          + " a cat! The partition was soon made. Neither the clerk nor the attorney was sent for. They would"
          + " soon have eaten up all the poor patrimony. The eldest had the mill, the second the ass. The"
          + " youngest nothing but the cat, and was quite comfortless at having so poor a lot. My brothers,"
          + " said he, may get their living handsomely enough by joining their stocks together.";
  private static final String OTHER =
      "Quite another text begins here and says nothing of millers. It has its own sentences. Nobody has"
          + " read them before! They go on for a while. They stop when there are enough of them. Enough is"
          + " fifty words, of which this text has a few more than that, so it stays when something is cut.";
  private static final String SHARED =
      " The same three sentences stand in both. They are the second of them. That is all there is.";

  private static Document document(int record, String text) {
    return Document.of(text, new Origin(0, "0123456789ab", record), null, null, null);
  }

  /** Runs the comparison, checks it against what is expected, and hands that on. */
  private static void expect(String spec, List<Document> documents, TakeOut... expected) {
    CleaningSpec cleaning = CanonicalJson.read(spec, CleaningSpec.class);
    Sketcher sketcher = Sketcher.of(cleaning);
    List<Sketch> sketches = documents.stream().map(d -> sketcher.sketch(d, 3)).toList();
    Pipeline pipeline = Pipeline.create();
    List<KV<Integer, TakeOut>> all = new ArrayList<>();
    for (TakeOut out : expected) {
      all.add(KV.of(3, out));
    }
    PAssert.that(
            pipeline
                .apply(Create.of(sketches).withCoder(SketchCoder.of()))
                .apply(CompareSketches.by(cleaning, sketches.size())))
        .containsInAnyOrder(all);
    pipeline.run().waitUntilFinish();
  }

  private static TakeOut twin(Document gone, Document kept) {
    return new TakeOut(
        gone.origin(), kept.id(), kept.origin(), gone.id().equals(kept.id()), List.of());
  }

  @Test
  void theFirstOfACrowdIsKeptAndTheRestSayWhich() {
    Document first = document(1, STORY.replace("three sons", "four sons"));
    List<Document> documents =
        List.of(
            document(5, STORY),
            document(4, STORY.toUpperCase()),
            document(3, STORY),
            first,
            document(2, OTHER),
            document(6, OTHER + " Not"),
            document(7, "too short for it"),
            document(8, "too short for it"),
            document(9, "too short for It"));

    expect(
        "{}",
        documents,
        twin(documents.get(0), first),
        twin(documents.get(1), first),
        twin(documents.get(2), first),
        twin(documents.get(5), documents.get(4)),
        twin(documents.get(7), documents.get(6)));
    expect(
        "{\"deduplicate\":\"exact\"}",
        documents,
        twin(documents.get(0), documents.get(2)),
        twin(documents.get(7), documents.get(6)));
    expect("{\"deduplicate\":\"none\"}", documents);
    expect("{}", List.of());
  }

  @Test
  void generatedWordsWithDigitsAreDifferentWords() {
    List<Document> documents = new ArrayList<>();
    for (int record = 0; record < 20; record++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 120; i++) {
        text.append('w').append(record * 7919 + i * i).append(i % 12 == 11 ? ". " : " ");
      }
      documents.add(document(record, text.toString()));
    }

    expect("{\"repeats\":\"spans\"}", documents);
  }

  @Test
  void aSpanIsCutWhereverItStandsAgainInADocumentThatStays() {
    Document gone = document(1, OTHER + SHARED);
    Document kept = document(0, OTHER + SHARED);
    Document cut = document(2, STORY + SHARED);
    Range range = new Range(STORY.length() + 1, STORY.length() + SHARED.length());

    expect(
        "{\"repeats\":\"spans\"}",
        List.of(cut, gone, kept),
        twin(gone, kept),
        TakeOut.passages(cut.origin(), List.of(range)));
    assertThat(TakeOut.passages(cut.origin(), List.of(range)).left(cut)).isEqualTo(STORY);
    expect(
        "{\"repeats\":\"spans\",\"deduplicate\":\"none\"}",
        List.of(cut, kept),
        TakeOut.passages(cut.origin(), List.of(range)));
  }

  @Test
  void aLineIsCutWhereverItStandsAgainEvenInItsOwnDocument() {
    Document one = document(1, "Menu\n" + STORY + "\nMENU!");
    Document two = document(2, "menu\n" + OTHER);

    expect(
        "{\"repeats\":\"lines\"}",
        List.of(two, one),
        TakeOut.passages(one.origin(), List.of(new Range(STORY.length() + 6, STORY.length() + 11))),
        TakeOut.passages(two.origin(), List.of(new Range(0, 5))));
  }

  @Test
  void whatIsTakenOutBecomesADropWithItsReason() {
    Document document = document(1, STORY + SHARED);
    Document kept = document(0, STORY);
    Map<Reason, String> details = new TreeMap<>();
    List<TakeOut> outs =
        List.of(
            new TakeOut(document.origin(), kept.id(), kept.origin(), true, List.of()),
            new TakeOut(document.origin(), kept.id(), kept.origin(), false, List.of()),
            TakeOut.passages(document.origin(), List.of(new Range(0, STORY.length()))));
    for (TakeOut out : outs) {
      Dropped dropped = out.dropped(document).orElseThrow();
      details.put(dropped.reason(), dropped.detail());
    }

    assertThat(details)
        .containsEntry(Reason.DUPLICATE, "same text as " + kept.id() + " from 0123456789ab#0")
        .containsEntry(
            Reason.NEAR_DUPLICATE, "much the same text as " + kept.id() + " from 0123456789ab#0")
        .containsEntry(Reason.DUPLICATE_SPANS, "18 words left, below 50");
    Range end = new Range(STORY.length(), STORY.length() + SHARED.length());
    assertThat(TakeOut.passages(document.origin(), List.of(end)).dropped(document)).isEmpty();
  }
}
