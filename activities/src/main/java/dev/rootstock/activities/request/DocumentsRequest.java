package dev.rootstock.activities.request;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusRef;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.TestItemsRef;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.pipeline.FinetuneChoice;
import dev.rootstock.contract.store.ArtifactStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A corpus to be cleaned for its own sake, without a pipeline around it. It is named as a pipeline
 * would name it, so that either finds what the other made. Thread-safe.
 */
public final class DocumentsRequest {
  private final FileFinder files;
  private final CorpusFinder corpora;
  private final TaskFinder tasks;

  public DocumentsRequest(OpenStores stores) {
    files = new FileFinder(stores);
    corpora = new CorpusFinder(files);
    tasks = new TaskFinder(files);
  }

  /**
   * The test rows of finetunes, of which documents are to hold none.
   *
   * @param check hears what is wrong, by paths like {@code finetunes.0.data}
   */
  public TestItems items(List<FinetuneChoice> finetunes, Check check) throws IOException {
    List<FinetuneChoice> sound = new ArrayList<>();
    List<TaskFinder.Found> found = new ArrayList<>();
    for (int i = 0; i < finetunes.size(); i++) {
      Optional<TaskFinder.Found> task = tasks.find("finetunes." + i, finetunes.get(i), check);
      if (task.isPresent()) {
        sound.add(finetunes.get(i));
        found.add(task.get());
      }
    }
    return TaskFinder.items(sound, found);
  }

  /**
   * The files as they lie now, each with its sum; nothing is written.
   *
   * @param check hears what is wrong, by paths like {@code corpus.sources.0.path}
   */
  public CorpusListing find(CorpusSpec corpus, Check check) throws IOException {
    return corpora.find(corpus, check);
  }

  /**
   * The cleaning with its block lists as they are now; nothing is written.
   *
   * @param check hears what is wrong, by paths like {@code corpus.clean.blocked.files.sites.0}
   */
  public BlockLists lists(CleaningSpec cleaning, Check check) throws IOException {
    return BlockLists.find(files, cleaning, check);
  }

  /** Keeps the corpus in a store and says what to make of it. */
  public static CleanOrder pin(
      ArtifactStore store,
      CorpusListing found,
      BlockLists lists,
      TestItems items,
      Attempt attempt,
      RunnerSpec runner)
      throws IOException {
    CorpusRef pinned = CorpusPin.pin(store, found, attempt.run());
    lists.keep(store);
    CleaningSpec cleaning = lists.cleaning();
    boolean keeps = cleaning.decontaminate() == CleaningSpec.Decontaminate.KEEP;
    Optional<TestItemsRef> screened =
        new ItemsPin(store, pinned, cleaning).pin(keeps ? TestItems.NONE : items);
    Fingerprint documents =
        Fingerprint.of(Stage.DOCUMENTS, CleanOrder.inputs(pinned, screened), cleaning);
    return new CleanOrder(attempt, documents, pinned, cleaning, runner, screened);
  }
}
