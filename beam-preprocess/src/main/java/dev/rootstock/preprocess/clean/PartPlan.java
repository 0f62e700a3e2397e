package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.clean.HeldOut.Ends;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of a sifted bundle's documents.
 *
 * @param removals by the document's origin, in the order of its spelling and of their lines
 * @param ends the ids that are held out, or trained on, in any case, if they are of this bundle;
 *     else empty
 */
record PartPlan(Map<Document.Origin, List<Removal>> removals, HeldOut heldOut, Ends ends) {
  static PartPlan of(List<Removal> all, HeldOut heldOut, Ends ends) {
    Map<String, Removal> sorted = new TreeMap<>();
    all.forEach(removal -> sorted.put(removal.line(), removal));
    Map<Document.Origin, List<Removal>> removals =
        new TreeMap<>(Comparator.comparing(Document.Origin::toString));
    sorted
        .values()
        .forEach(
            removal ->
                removals
                    .computeIfAbsent(removal.origin(), origin -> new ArrayList<>())
                    .add(removal));
    return new PartPlan(new LinkedHashMap<>(removals), heldOut, ends);
  }

  private List<Removal> of(Document document) {
    return removals.getOrDefault(document.origin(), List.of());
  }

  /** The document with the reason why it goes, if it does. */
  Optional<Dropped> dropped(Document document) {
    return of(document).stream().flatMap(removal -> removal.dropped(document).stream()).findFirst();
  }

  /** What stays of a document that is not dropped. */
  Document left(Document document) {
    Document left = document;
    for (Removal removal : of(document)) {
      left = left.withText(removal.left(left)); // passages are cut by one removal alone
    }
    return left;
  }

  String split(Document document) {
    return heldOut.splitOf(document.id(), ends);
  }

  /** What it decides, as part of a segment's name. */
  Map<String, Object> form() {
    StringBuilder lines = new StringBuilder();
    removals.values().forEach(all -> all.forEach(one -> lines.append(one.line()).append('\n')));
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("removals", Fingerprint.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    form.put("validation", heldOut.share());
    form.put("least", ends.least());
    form.put("greatest", ends.greatest());
    return form;
  }
}
