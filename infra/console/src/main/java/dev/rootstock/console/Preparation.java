package dev.rootstock.console;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.activities.request.BlockLists;
import dev.rootstock.activities.request.DocumentsRequest;
import dev.rootstock.console.data.StatisticsPage;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.CorpusSpec;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.TestItems;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.PublishOrder;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Artifacts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cleans a corpus into a folder that others read: documents, what was dropped, statistics. What the
 * store has already is not made again. Thread-safe.
 */
public final class Preparation {
  private final Platform platform;
  private final OpenStores stores;

  Preparation(Platform platform, OpenStores stores) {
    this.platform = platform;
    this.stores = stores;
  }

  /**
   * What came of it.
   *
   * @param reused whether the store had the documents
   * @param files of the corpus, and their {@code bytes}
   * @param seconds that cleaning took
   * @param statistics as {@code statistics.json} has them
   */
  public record Prepared(
      Path folder,
      DocumentsRef documents,
      boolean reused,
      long files,
      long bytes,
      double seconds,
      Map<String, Object> statistics) {}

  /**
   * Prepares a corpus.
   *
   * @param screens pipeline or task files: no document may hold a passage of their test rows
   * @param out appears whole or not at all
   * @param listener hears of both engines
   * @throws InvalidConfig with all that is wrong, by the names of options
   */
  public Prepared prepare(
      CorpusArguments arguments,
      List<Path> screens,
      String place,
      Path out,
      Consumer<Progress> listener)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    Optional<CorpusSpec> corpus = arguments.read(problems);
    PreparedFolder folder = new PreparedFolder(out);
    problems.addAll(folder.problems());
    Optional<ArtifactStore> store = store(place, problems);
    Optional<CorpusListing> found = find(corpus, folder, problems);
    Optional<BlockLists> lists = lists(corpus, problems);
    TestItems items = items(screens, problems);
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems.stream().distinct().toList());
    }
    Attempt attempt = Engines.attempt(store.orElseThrow().root().toString());
    CleanOrder order =
        DocumentsRequest.pin(
            store.get(),
            found.orElseThrow(),
            lists.orElseThrow(),
            items,
            attempt,
            RunnerSpec.LOCAL);
    return prepare(order, store.get(), folder, listener);
  }

  private TestItems items(List<Path> screens, List<Problem> problems) throws IOException {
    List<TestItems.Task> tasks = new ArrayList<>();
    for (Path screen : screens) {
      String option = "--screen " + screen;
      try {
        Check check = new Check();
        PipelineSpec read = PipelineFile.readFinetunes(screen);
        tasks.addAll(
            new DocumentsRequest(stores).items(read.finetunes(), read.jobs(), check).tasks());
        check.problems().forEach(problem -> problems.add(problem.under(option)));
      } catch (WrongFile wrong) {
        for (WrongFile.Fault fault : wrong.faults()) {
          problems.add(
              Problem.of(
                  option, "wrong (" + fault + ")", "a pipeline file, or one with finetunes"));
        }
      }
    }
    return new TestItems(tasks);
  }

  private Optional<BlockLists> lists(Optional<CorpusSpec> corpus, List<Problem> problems)
      throws IOException {
    if (corpus.isEmpty()) {
      return Optional.empty();
    }
    Check check = new Check();
    BlockLists lists = new DocumentsRequest(stores).lists(corpus.get().clean(), check);
    check.problems().forEach(problem -> problems.add(CorpusArguments.asOption(problem)));
    return Optional.of(lists);
  }

  private Optional<CorpusListing> find(
      Optional<CorpusSpec> corpus, PreparedFolder folder, List<Problem> problems)
      throws IOException {
    if (corpus.isEmpty()) {
      return Optional.empty();
    }
    Check check = new Check();
    CorpusListing found = new DocumentsRequest(stores).find(corpus.get(), check);
    check.problems().forEach(problem -> problems.add(CorpusArguments.asOption(problem)));
    List<URI> own =
        found.sources().stream()
            .flatMap(source -> source.files().stream())
            .map(PinnedFile::uri)
            .filter(folder::holds)
            .toList();
    if (!own.isEmpty()) {
      problems.add(
          Problem.of(
              "--out",
              "a folder that --source reads from (" + own.get(0) + ")",
              "a folder outside of the corpus"));
    }
    return Optional.of(found);
  }

  private Optional<ArtifactStore> store(String place, List<Problem> problems) {
    try {
      return Optional.of(platform.store(place));
    } catch (InvalidConfig refused) {
      refused.problems().stream()
          .map(p -> new Problem("--store", p.found(), p.wanted(), p.remedy()))
          .forEach(problems::add);
    } catch (Refused unreachable) {
      problems.add(
          Problem.of("--store", unreachable.getMessage(), "a place that can be written to"));
    }
    return Optional.empty();
  }

  private Prepared prepare(
      CleanOrder order, ArtifactStore store, PreparedFolder folder, Consumer<Progress> listener)
      throws IOException {
    boolean reused = Artifacts.find(store, Stage.DOCUMENTS, order.fingerprint()).isPresent();
    long began = System.nanoTime();
    DocumentsRef documents = platform.engines().clean(order, listener);
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, Object> statistics = new LinkedHashMap<>();
    folder.fill(
        partial -> {
          platform
              .engines()
              .publish(
                  new PublishOrder(
                      order.attempt(), documents.fingerprint(), order.corpus(), partial.toString()),
                  listener);
          Path file = partial.resolve(PreparedFolder.STATISTICS);
          statistics.putAll(tree(Files.readString(file)));
          Map<String, Object> prepared = new LinkedHashMap<>();
          prepared.put("documents", documents.fingerprint().hex());
          prepared.put("corpus", order.corpus().fingerprint().hex());
          order.items().ifPresent(items -> prepared.put("items", items.fingerprint().hex()));
          prepared.put("cleaning", CanonicalJson.tree(order.cleaning()));
          statistics.put(PreparedFolder.MARK, prepared);
          Files.writeString(file, Json.pretty(statistics));
          Files.writeString(
              partial.resolve(PreparedFolder.PAGE), StatisticsPage.of(folder.name(), statistics));
        });
    return new Prepared(
        folder.place(),
        documents,
        reused,
        order.corpus().files(),
        order.corpus().bytes(),
        seconds,
        statistics);
  }

  @SuppressWarnings("unchecked") // an object's tree is a map
  static Map<String, Object> tree(String json) {
    return (Map<String, Object>) Json.parse(json);
  }
}
