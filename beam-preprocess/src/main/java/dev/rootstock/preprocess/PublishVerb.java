package dev.rootstock.preprocess;

import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.DocumentsRef;
import dev.rootstock.contract.Json;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.PublishOrder;
import dev.rootstock.contract.engine.Published;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.preprocess.parquet.DocumentRows;
import dev.rootstock.preprocess.parquet.ParquetFiles;
import dev.rootstock.preprocess.statistics.FileNames;
import dev.rootstock.preprocess.statistics.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * {@code publish}: documents to a folder, their sources told by the names of files. Without Beam:
 * one part is one thread's.
 */
final class PublishVerb implements Verb<PublishOrder> {
  @Override
  public Class<PublishOrder> order() {
    return PublishOrder.class;
  }

  @Override
  public Published carryOut(PublishOrder order, ProgressLog progress, Stop stop) throws Exception {
    try {
      return publish(order, progress, stop);
    } catch (Exception unfinished) {
      Scratch.removeAll(Path.of(order.folder())); // whoever asked may be gone
      throw unfinished;
    }
  }

  private static Published publish(PublishOrder order, ProgressLog progress, Stop stop)
      throws Exception {
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      ArtifactParts artifact = ArtifactParts.of(store, order.documents());
      CorpusListing corpus = artifact.listing(order.corpus().listing());
      FileNames names = FileNames.of(corpus);
      Path folder = Path.of(order.folder());
      AtomicLong done = new AtomicLong();
      List<Callable<String>> writings = new ArrayList<>();
      for (boolean dropped : new boolean[] {false, true}) {
        String into = dropped ? "dropped" : "documents";
        Files.createDirectories(folder.resolve(into));
        List<ArtifactParts.Input> parts = artifact.parts(dropped);
        for (int i = 0; i < Math.max(1, parts.size()); i++) {
          List<ArtifactParts.Input> part = parts.isEmpty() ? List.of() : List.of(parts.get(i));
          String path = String.format(Locale.ROOT, "%s/part-%05d.parquet", into, i);
          writings.add(
              () -> {
                write(part, folder.resolve(path), dropped, names, stop);
                done.incrementAndGet();
                return path;
              });
        }
      }
      List<String> files = new ArrayList<>(all(order, writings, done, progress, stop));
      Files.writeString(
          folder.resolve("statistics.json"),
          Json.pretty(Statistics.named(artifact.statistics(), corpus, names)));
      files.add("statistics.json");
      DocumentsRef ref = artifact.manifest().result(DocumentsRef.class);
      return new Published(ref.documents(), ref.dropped(), files);
    }
  }

  private static List<String> all(
      PublishOrder order,
      List<Callable<String>> writings,
      AtomicLong done,
      ProgressLog progress,
      Stop stop)
      throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(order.attempt().cores());
    try {
      List<Future<String>> running = new ArrayList<>();
      writings.forEach(writing -> running.add(workers.submit(writing)));
      List<String> written = new ArrayList<>();
      for (Future<String> one : running) {
        written.add(one.get());
        progress.at(Progress.of("publish", done.get(), writings.size(), "files"));
      }
      return written;
    } catch (ExecutionException failed) {
      if (stop.asked()) {
        throw new Stopped("asked to leave; what was written is of no use");
      }
      throw Faults.cause(failed.getCause());
    } finally {
      workers.shutdownNow();
      // a writer that lives on would fill the folder while it is removed
      workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  /** Writes a part, or a file without rows where there is none: a reader's glob wants one. */
  private static void write(
      List<ArtifactParts.Input> part, Path file, boolean dropped, FileNames names, Stop stop)
      throws IOException {
    try (ParquetWriter<Group> writer =
        dropped ? DocumentRows.dropped(file) : DocumentRows.kept(file)) {
      for (ArtifactParts.Input input : part) {
        ParquetFiles.read(
            input.file(),
            row -> {
              if (stop.asked()) {
                throw new Stopped("asked to leave");
              }
              writer.write(DocumentRows.named(row, names, input.source()));
            });
      }
    }
  }
}
