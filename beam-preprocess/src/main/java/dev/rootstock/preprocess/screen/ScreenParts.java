package dev.rootstock.preprocess.screen;

import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.Place;
import dev.rootstock.preprocess.Receipt;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/** Looks for test rows in parts of documents. Gives a receipt a part and task. */
public final class ScreenParts
    extends PTransform<PCollection<ScreenParts.Part>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Place place;
  private final String items;

  /** A part's key in the store and the sum of its file. */
  public record Part(String key, String sha256) implements Serializable {}

  private ScreenParts(Place place, String items) {
    this.place = place;
    this.items = items;
  }

  /**
   * @param items store key of the {@link dev.rootstock.contract.TestItems}
   */
  public static ScreenParts against(String items, Place place) {
    return new ScreenParts(place, items);
  }

  @Override
  public PCollection<String> expand(PCollection<Part> parts) {
    return parts
        .apply("Look for test rows", ParDo.of(new Look(place, items)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Look extends DoFn<Part, String> {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final String items;
    private transient @Nullable Screen screen;

    Look(Place place, String items) {
      this.place = place;
      this.items = items;
    }

    @Setup
    public void setup() throws IOException {
      screen = Screen.read(place, items);
    }

    @ProcessElement
    public void process(@Element Part part, OutputReceiver<String> out) throws IOException {
      Screen ready = Objects.requireNonNull(screen);
      try (ArtifactStore store = Stores.open(place.store())) {
        ready
            .search(store, part.sha256(), part.key())
            .forEach((task, hits) -> out.output(receipt(ready, task, hits).write()));
      }
    }

    private static Receipt receipt(Screen screen, String task, Hits hits) {
      TestPassages passages = Objects.requireNonNull(screen.tasks().get(task));
      Map<String, Object> more = new TreeMap<>();
      more.put("task", task);
      more.put("rows", (long) passages.count());
      more.put("invisible", (long) passages.invisible());
      more.put("documents", (long) hits.rows().size());
      more.put("found", hits.found());
      return Receipt.of("screened", List.of(), more);
    }
  }
}
