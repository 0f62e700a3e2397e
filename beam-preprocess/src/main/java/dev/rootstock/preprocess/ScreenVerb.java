package dev.rootstock.preprocess;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.contract.Screening;
import dev.rootstock.contract.Stage;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.ScreenOrder;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.preprocess.screen.ScreenNothing;
import dev.rootstock.preprocess.screen.ScreenParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionList;

/** {@code screen}: what documents hold of test rows that came after they were made. */
final class ScreenVerb implements Verb<ScreenOrder> {
  @Override
  public Class<ScreenOrder> order() {
    return ScreenOrder.class;
  }

  @Override
  public Screening carryOut(ScreenOrder order, ProgressLog progress, Stop stop) throws Exception {
    Map<String, Fingerprint> inputs =
        Map.of("documents", order.documents().fingerprint(), "items", order.items().fingerprint());
    try (Workshop workshop =
        new Workshop(
            order.attempt(),
            Stage.SCREENING,
            order.fingerprint(),
            Fingerprint.form(Stage.SCREENING, inputs),
            progress,
            stop)) {
      Optional<Screening> made = workshop.find(Screening.class);
      if (made.isPresent()) {
        return made.get();
      }
      Fingerprint documents = order.documents().fingerprint();
      List<ScreenParts.Part> parts =
          workshop.partList(documents).parts().stream()
              .map(part -> new ScreenParts.Part(part.key(documents), part.file().sha256()))
              .toList();
      Place place = workshop.place();
      List<Receipt> receipts =
          parts.isEmpty()
              ? ScreenNothing.receipts(order.items().listing(), place)
              : workshop.run(
                  order.runner(),
                  place,
                  0,
                  "bytes",
                  pipeline -> build(pipeline, parts, order.items().listing(), place));
      Screening screening = new Screening(order.fingerprint(), found(receipts));
      screening
          .tasks()
          .forEach(
              task ->
                  progress.tell(
                      String.format(
                          Locale.ROOT,
                          "%,d documents hold a passage of %,d of %,d test rows of task %s",
                          task.documents(),
                          task.found(),
                          task.rows(),
                          task.task().brief())));
      return workshop.commit(List.of(), screening, order.runner());
    }
  }

  private static void build(
      Pipeline pipeline, List<ScreenParts.Part> parts, String items, Place place) {
    PCollectionList.of(
            pipeline
                .apply("List parts", Spread.of(parts, ScreenParts.Part.class))
                .apply("Screen", ScreenParts.against(items, place)))
        .apply("Keep receipts", KeepReceipts.at(place));
  }

  /** Over all parts; a row that several parts hold counts once. */
  private static List<Screening.Found> found(List<Receipt> receipts) {
    Map<String, List<Receipt>> tasks = new TreeMap<>();
    receipts.forEach(
        receipt ->
            tasks
                .computeIfAbsent((String) receipt.more().get("task"), t -> new ArrayList<>())
                .add(receipt));
    List<Screening.Found> found = new ArrayList<>();
    tasks.forEach(
        (task, parts) ->
            found.add(
                new Screening.Found(
                    new Fingerprint(task),
                    parts.get(0).count("rows"),
                    parts.get(0).count("invisible"),
                    parts.stream()
                        .flatMap(part -> ((List<?>) part.more().get("found")).stream())
                        .distinct()
                        .count(),
                    parts.stream().mapToLong(part -> part.count("documents")).sum())));
    return found;
  }
}
