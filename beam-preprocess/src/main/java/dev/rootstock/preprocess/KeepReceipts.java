package dev.rootstock.preprocess;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Writes all receipts, a line each, to one object of the store, where whoever started the pipeline
 * reads them.
 */
final class KeepReceipts extends PTransform<PCollectionList<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final Place place;

  private KeepReceipts(Place place) {
    this.place = place;
  }

  static KeepReceipts at(Place place) {
    return new KeepReceipts(place);
  }

  @Override
  public PDone expand(PCollectionList<String> receipts) {
    receipts
        .apply("Gather receipts", Flatten.pCollections())
        .apply("As one", WithKeys.<Integer, String>of(0).withKeyType(TypeDescriptors.integers()))
        .apply("On one worker", GroupByKey.create())
        .apply("Write receipts", ParDo.of(new Write(place)));
    return PDone.in(receipts.getPipeline());
  }

  static List<Receipt> take(ArtifactStore store, Place place) throws IOException {
    String lines = new String(store.read(place.receipts()), StandardCharsets.UTF_8);
    store.delete(place.receipts());
    return lines.lines().map(Receipt::read).toList();
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;

    private final Place place;

    Write(Place place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<String>> receipts) throws IOException {
      List<String> lines = new ArrayList<>();
      receipts.getValue().forEach(lines::add);
      Collections.sort(lines);
      try (ArtifactStore store = Stores.open(place.store())) {
        store.publish(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), place.receipts());
      } catch (FileAlreadyExistsException retried) {
        // a bundle that runs again has the same receipts
      }
    }
  }
}
