package dev.rootstock.training;

import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.training.checkpoint.TrainingCheckpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a manifest says of who made an artifact, and with what. */
final class MadeBy {
  private MadeBy() {}

  static Map<String, Object> of(Attempt attempt, String backend, long claim) {
    Map<String, Object> madeBy = new LinkedHashMap<>();
    madeBy.put("run", attempt.run());
    madeBy.put("host", TrainingCheckpoints.host());
    madeBy.put(
        "rootstock",
        Optional.ofNullable(MadeBy.class.getPackage().getImplementationVersion())
            .orElse("development"));
    madeBy.put("java", Runtime.version().toString());
    madeBy.put("backend", backend);
    madeBy.put("threads", attempt.cores());
    madeBy.put("claim", claim);
    return madeBy;
  }
}
