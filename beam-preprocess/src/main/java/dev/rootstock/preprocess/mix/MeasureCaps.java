package dev.rootstock.preprocess.mix;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Receipt;
import dev.rootstock.preprocess.clean.HeldOut;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.StoreInput;
import dev.rootstock.preprocess.tokenize.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptors;

/** Reads the parts of capped sources once, and gives a receipt of the threshold of each. */
public final class MeasureCaps extends PTransform<PCollection<Part>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final String KIND = "cap";
  private static final String THRESHOLD = "threshold";

  private final String store;
  private final TreeMap<Integer, Long> asked;

  private MeasureCaps(String store, Map<Integer, Long> asked) {
    this.store = store;
    this.asked = new TreeMap<>(asked);
  }

  /**
   * @param store URI
   * @param asked bytes by source
   */
  public static MeasureCaps in(String store, Map<Integer, Long> asked) {
    return new MeasureCaps(store, asked);
  }

  @Override
  public PCollection<String> expand(PCollection<Part> parts) {
    PCollection<String> thresholds =
        parts
            .apply("Sketch", ParDo.of(new Sketch(store)))
            .setCoder(CapSources.sketches())
            .apply("Cap", CapSources.at(asked))
            .apply(
                "Receipts",
                MapElements.into(TypeDescriptors.strings())
                    .via(cap -> receipt(cap.getKey(), cap.getValue())));
    PCollection<String> none =
        parts
            .getPipeline()
            .apply(
                "At least one",
                Create.of(Receipt.of(KIND, List.of(), Map.of()).write())
                    .withCoder(StringUtf8Coder.of()));
    return PCollectionList.of(thresholds.setCoder(StringUtf8Coder.of()))
        .and(none)
        .apply("All receipts", Flatten.pCollections());
  }

  private static String receipt(int source, long threshold) {
    return new Receipt(KIND, 0, source, List.of(), Map.of(THRESHOLD, threshold)).write();
  }

  /** The thresholds that receipts tell. */
  public static Caps of(List<Receipt> receipts) {
    Map<Integer, Long> thresholds = new TreeMap<>();
    receipts.stream()
        .filter(receipt -> receipt.more().containsKey(THRESHOLD))
        .forEach(receipt -> thresholds.put(receipt.source(), receipt.count(THRESHOLD)));
    return new Caps(thresholds);
  }

  private static final class Sketch extends DoFn<Part, KV<Integer, KV<Long, Long>>> {
    private static final long serialVersionUID = 1L;

    private final String store;

    Sketch(String store) {
      this.store = store;
    }

    @ProcessElement
    public void process(@Element Part part, OutputReceiver<KV<Integer, KV<Long, Long>>> out)
        throws IOException {
      try (ArtifactStore opened = Stores.open(store)) {
        DocumentRows.read(
            new StoreInput(opened, part.key()),
            document -> {
              if (document.split().equals(HeldOut.TRAIN)) {
                long bytes = document.text().getBytes(StandardCharsets.UTF_8).length;
                out.output(KV.of(part.source(), KV.of(CapHash.of(document.id()), bytes)));
              }
            });
      }
    }
  }
}
