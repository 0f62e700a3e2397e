package dev.rootstock.activities.request;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.workflows.PipelineRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A run's place in the store. One name is one pipeline's, which may run under it again. */
final class RunName {
  private RunName() {}

  static String home(String run) {
    return "runs/" + run + "/";
  }

  /** Whether another pipeline ran under this name. */
  static boolean taken(ArtifactStore store, String run, PipelineRequest request)
      throws IOException {
    String key = home(run) + "request.json";
    if (!run.matches("[a-z0-9][a-z0-9._-]*") || store.size(key).isEmpty()) {
      return false;
    }
    String before = new String(store.read(key), StandardCharsets.UTF_8);
    PipelineRequest known = CanonicalJson.read(before, PipelineRequest.class);
    return !known.pipeline().equals(request.pipeline())
        || !known.failedOf().equals(request.failedOf());
  }
}
