package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.Dropped;
import dev.rootstock.preprocess.mask.Mask;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cleans one document at a time: masks it, then asks the rules of the recipe in order; the first
 * that objects gives the reason. Masking comes first, so that what is dropped is stored masked too.
 * The same document always comes to the same result. Thread-safe; build one a JVM.
 */
public final class Cleaning {
  private final String recipe;
  private final Mask mask;
  private final List<Rule> rules;

  private Cleaning(String recipe, Mask mask, List<Rule> rules) {
    this.recipe = recipe;
    this.mask = mask;
    this.rules = rules;
  }

  /** Of a cleaning without block lists. */
  public static Cleaning of(CleaningSpec spec) {
    return of(spec, Blocking.of(spec.blocked()));
  }

  /** With the block lists that lie in a store. */
  static Cleaning of(CleaningSpec spec, ArtifactStore store) throws IOException {
    return of(spec, Blocking.of(spec.blocked(), store));
  }

  private static Cleaning of(CleaningSpec spec, Blocking blocking) {
    return new Cleaning(
        CanonicalJson.word(spec.recipe()), Mask.of(spec.masked()), Recipes.rules(spec, blocking));
  }

  /** Keeps a document, perhaps changed, or drops it with a reason. */
  public Cleaned apply(Document document) {
    SortedMap<String, Long> counts = new TreeMap<>();
    Mask.Masked masked = mask.apply(document.text());
    masked.counts().forEach((kind, count) -> counts.put("masked " + kind, count));
    Passage passage = Passage.of(document.withText(masked.text()));
    for (Rule rule : rules) {
      Verdict verdict = rule.judge(passage);
      if (verdict instanceof Verdict.Objection objection) {
        Document last = closed(passage.document());
        Dropped dropped =
            new Dropped(
                last,
                objection.reason(),
                recipe + "/" + rule.name(),
                mask.apply(objection.detail()).text());
        return new Cleaned(last, dropped, counts);
      }
      if (verdict instanceof Verdict.Change change) {
        passage = change.passage();
        for (Map.Entry<String, Long> count : change.counts().entrySet()) {
          counts.merge(count.getKey(), count.getValue(), Long::sum);
        }
      }
    }
    return new Cleaned(closed(passage.document()), null, counts);
  }

  /** Masks the address too; last, since sites are blocked by it. */
  private Document closed(Document document) {
    String url = document.url();
    return url == null ? document : document.withUrl(mask.apply(url).text());
  }
}
