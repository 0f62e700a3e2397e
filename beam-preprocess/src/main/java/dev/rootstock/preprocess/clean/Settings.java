package dev.rootstock.preprocess.clean;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import java.io.Serializable;

/** A cleaning's settings as workers are sent them. */
record Settings(String json) implements Serializable {
  static Settings of(CleaningSpec spec) {
    return new Settings(CanonicalJson.write(spec));
  }

  CleaningSpec cleaning() {
    return CanonicalJson.read(json, CleaningSpec.class);
  }
}
