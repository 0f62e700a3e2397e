package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.read.Bundle;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the segments of this stage are made of, and so how they are named. */
final class Segments {
  private static final long SIFTING = 6; // raised when reading or a rule would decide otherwise
  private static final long SKETCHING = 1;
  private static final long PARTING = 2;

  private Segments() {}

  /** Of a bundle's documents that pass the rules, and those that do not. */
  static Map<String, Object> sifted(Bundle bundle, CleaningSpec spec) {
    Map<String, Object> form = form("sifted", SIFTING);
    form.put("bundle", bundle.form());
    form.put("rules", rules(spec));
    return form;
  }

  /** Of what is compared of a sifted bundle's documents. */
  static Map<String, Object> sketch(String sifted, String sketcher) {
    Map<String, Object> form = form("sketch", SKETCHING);
    form.put("sifted", sifted);
    form.put("sketcher", sketcher);
    return form;
  }

  /** Of a sifted bundle's documents that comparing left. */
  static Map<String, Object> part(String sifted, PartPlan plan) {
    Map<String, Object> form = form("part", PARTING);
    form.put("sifted", sifted);
    form.put("plan", plan.form());
    return form;
  }

  private static Map<String, Object> form(String kind, long version) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", 1L);
    form.put("segment", kind);
    form.put("version", version);
    return form;
  }

  /** The settings that look at one document alone. */
  private static Map<?, ?> rules(CleaningSpec spec) {
    Map<?, ?> rules = new LinkedHashMap<>((Map<?, ?>) CanonicalJson.tree(spec));
    rules.remove("deduplicate");
    rules.remove("similarity");
    rules.remove("repeats");
    rules.remove("validation");
    rules.remove("decontaminate");
    return rules;
  }
}
