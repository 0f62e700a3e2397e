package dev.rootstock.activities.request;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Series;
import dev.rootstock.workflows.LaterItems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Of which test rows the documents of a corpus are kept free: of those that are known when they are
 * first made. A finetune that comes later does not make a base anew.
 */
public record ItemsPin(ArtifactStore store, CorpusRef corpus, CleaningSpec cleaning) {
  /**
   * The rows decided on.
   *
   * @param screened what the documents are kept free of
   * @param later tasks of the request that came after the documents
   */
  public record Choice(TestItems screened, List<TestItems.Task> later) {}

  /** Decides by what the store holds; nothing is written. */
  Choice choose(TestItems wanted) throws IOException {
    if (cleaning.decontaminate() == CleaningSpec.Decontaminate.KEEP) {
      return new Choice(TestItems.NONE, List.of());
    }
    if (cleaning.decontaminate() == CleaningSpec.Decontaminate.STRICT) {
      return new Choice(wanted, List.of());
    }
    List<TestItems> known = new ArrayList<>();
    for (Series.Entry<TestItems> entry : choices().all()) {
      known.add(entry.value());
    }
    Collections.reverse(known);
    for (TestItems items : known) {
      if (items.names().containsAll(wanted.names())) {
        return new Choice(items, List.of());
      }
    }
    for (TestItems items : known) {
      if (Artifacts.find(store, Stage.DOCUMENTS, documents(Optional.of(ref(items, 1))))
          .isPresent()) {
        Set<String> covered = Set.copyOf(items.names());
        return new Choice(
            items,
            wanted.tasks().stream()
                .filter(task -> !covered.contains(task.fingerprint().hex()))
                .toList());
      }
    }
    boolean unscreened =
        Artifacts.find(store, Stage.DOCUMENTS, documents(Optional.empty())).isPresent();
    return unscreened ? new Choice(TestItems.NONE, wanted.tasks()) : new Choice(wanted, List.of());
  }

  /** What {@link #pin} would return; nothing is written. */
  Optional<TestItemsRef> ref(TestItems items) throws IOException {
    if (items.tasks().isEmpty()) {
      return Optional.empty();
    }
    Optional<Series.Entry<TestItems>> latest = listings(store, items).latest();
    long last = latest.map(Series.Entry::number).orElse(0L);
    boolean same = latest.isPresent() && latest.get().value().equals(items);
    return Optional.of(ref(items, same ? last : last + 1));
  }

  /** Keeps where the rows lie, and that the documents are kept free of them. */
  Optional<TestItemsRef> pin(TestItems items) throws IOException {
    if (items.tasks().isEmpty()) {
      return Optional.empty();
    }
    boolean known = false;
    for (Series.Entry<TestItems> entry : choices().all()) {
      known |= entry.value().fingerprint().equals(items.fingerprint());
    }
    if (!known) {
      choices().append(items);
    }
    return Optional.of(keep(store, items));
  }

  /** The search with its rows' places kept. */
  static LaterItems listed(ArtifactStore store, LaterItems later, List<TestItems.Task> tasks)
      throws IOException {
    TestItemsRef items = keep(store, new TestItems(tasks));
    boolean few = later.tasks().size() <= LaterItems.MOST;
    return new LaterItems(
        few ? later.tasks() : List.of(),
        items,
        later.screening(),
        later.documents(),
        later.runner());
  }

  /** A listing where the rows lie elsewhere than before. */
  private static TestItemsRef keep(ArtifactStore store, TestItems items) throws IOException {
    Series<TestItems> listings = listings(store, items);
    Optional<Series.Entry<TestItems>> latest = listings.latest();
    boolean same = latest.isPresent() && latest.get().value().equals(items);
    return ref(items, same ? latest.get().number() : listings.append(items));
  }

  private Fingerprint documents(Optional<TestItemsRef> items) {
    return Fingerprint.of(Stage.DOCUMENTS, CleanOrder.inputs(corpus, items), cleaning);
  }

  private static TestItemsRef ref(TestItems items, long number) {
    return new TestItemsRef(
        items.fingerprint(),
        String.format(Locale.ROOT, "items/%s/%06d.json", items.fingerprint().hex(), number));
  }

  private static Series<TestItems> listings(ArtifactStore store, TestItems items) {
    return new Series<>(store, "items/" + items.fingerprint().hex(), TestItems.class);
  }

  /** What was decided for this corpus and this cleaning. */
  private Series<TestItems> choices() {
    String spec =
        Fingerprint.sha256(
                Json.canonical(CanonicalJson.tree(cleaning)).getBytes(StandardCharsets.UTF_8))
            .substring(0, 12);
    return new Series<>(
        store, Stage.CORPUS.at(corpus.fingerprint()) + "/screened-" + spec, TestItems.class);
  }
}
