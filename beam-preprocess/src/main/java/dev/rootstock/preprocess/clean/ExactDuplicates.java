package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Reason;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Of documents with equal text all but the least by source, file and record, whichever arrives
 * first. Compares ids, never text.
 */
public final class ExactDuplicates
    extends PTransform<PCollection<SiftedBundle>, PCollection<KV<Integer, TakeOut>>> {
  private static final long serialVersionUID = 1L;
  private static final String RULE = "exact/duplicate/1";

  private final Place place;

  private ExactDuplicates(Place place) {
    this.place = place;
  }

  public static ExactDuplicates in(Place place) {
    return new ExactDuplicates(place);
  }

  private record Twin(int bundle, Document.Origin origin) implements Serializable {}

  @Override
  public PCollection<KV<Integer, TakeOut>> expand(PCollection<SiftedBundle> sifted) {
    return sifted
        .apply("Read ids", ParDo.of(new Read(place)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(Twin.class)))
        .apply("Gather twins", GroupByKey.create())
        .apply("Keep the least", ParDo.of(new KeepLeast()))
        .setCoder(KvCoder.of(VarIntCoder.of(), SerializableCoder.of(TakeOut.class)));
  }

  private static final class Read extends DoFn<SiftedBundle, KV<String, Twin>> {
    private static final long serialVersionUID = 1L;

    private final Place place;

    Read(Place place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element SiftedBundle sifted, OutputReceiver<KV<String, Twin>> out)
        throws IOException {
      try (ArtifactStore store = Stores.open(place.store())) {
        DocumentRows.readKeys(
            new StoreInput(store, sifted.kept()),
            (id, origin) ->
                out.output(
                    KV.of(
                        id,
                        new Twin(sifted.bundle(), Document.Origin.of(sifted.source(), origin)))));
      }
    }
  }

  private static final class KeepLeast
      extends DoFn<KV<String, Iterable<Twin>>, KV<Integer, TakeOut>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Twin>> twins, OutputReceiver<KV<Integer, TakeOut>> out) {
      List<Twin> sorted = new ArrayList<>();
      twins.getValue().forEach(sorted::add);
      sorted.sort(Comparator.comparing(Twin::origin));
      String detail = "same text as " + twins.getKey() + " from " + sorted.get(0).origin();
      for (Twin twin : sorted.subList(1, sorted.size())) {
        out.output(
            KV.of(twin.bundle(), new TakeOut(twin.origin(), Reason.DUPLICATE, RULE, detail)));
      }
    }
  }
}
