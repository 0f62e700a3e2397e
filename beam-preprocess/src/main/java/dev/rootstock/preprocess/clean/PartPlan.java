package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.Fingerprint;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.clean.HeldOut.Ends;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What becomes of a sifted bundle's documents.
 *
 * @param out those to take out, by origin
 * @param ends the ids that are held out, or trained on, in any case, if they are of this bundle;
 *     else empty
 */
record PartPlan(Map<String, TakeOut> out, HeldOut heldOut, Ends ends) {
  static PartPlan of(List<TakeOut> all, HeldOut heldOut, Ends ends) {
    Map<String, TakeOut> out = new TreeMap<>();
    all.stream()
        .sorted(TakeOut.BY_ORIGIN)
        .forEach(one -> out.putIfAbsent(one.origin().toString(), one));
    return new PartPlan(out, heldOut, ends);
  }

  Optional<TakeOut> takesOut(Document document) {
    return Optional.ofNullable(out.get(document.origin().toString()));
  }

  String split(Document document) {
    return heldOut.splitOf(document.id(), ends);
  }

  /** What it decides, as part of a segment's name. */
  Map<String, Object> form() {
    StringBuilder lines = new StringBuilder();
    out.values()
        .forEach(
            one ->
                lines
                    .append(one.origin())
                    .append('\t')
                    .append(one.reason())
                    .append('\t')
                    .append(one.rule())
                    .append('\t')
                    .append(one.detail())
                    .append('\n'));
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("out", Fingerprint.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    form.put("validation", heldOut.share());
    form.put("least", ends.least());
    form.put("greatest", ends.greatest());
    return form;
  }
}
