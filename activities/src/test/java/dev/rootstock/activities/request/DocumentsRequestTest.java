package dev.rootstock.activities.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.activities.OpenStores;
import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.CorpusListing;
import dev.rootstock.contract.RunnerSpec;
import dev.rootstock.contract.engine.Attempt;
import dev.rootstock.contract.engine.CleanOrder;
import dev.rootstock.contract.pipeline.PipelineSpec;
import dev.rootstock.workflows.PipelineRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsRequestTest {
  @TempDir Path folder;

  @Test
  void documentsAloneHaveTheNameThatAPipelineWouldGiveThem() throws Exception {
    Path text = Files.writeString(folder.resolve("a.txt"), "Every spring the gardener grafts.");
    StringBuilder table = new StringBuilder("text,label\n");
    for (int i = 0; i < 20; i++) {
      table.append("plant ").append(i).append(i % 2 == 0 ? ",good\n" : ",bad\n");
    }
    Path rows = Files.writeString(folder.resolve("rows.csv"), table);
    PipelineSpec pipeline =
        CanonicalJson.read(
            "{\"name\":\"p\",\"store\":\""
                + folder.resolve("store")
                + "\",\"corpus\":{\"sources\":[\""
                + text
                + "\"],\"clean\":{\"recipe\":\"none\",\"validation\":0.5,"
                + "\"blocked\":{\"files\":{\"sites\":[\""
                + Files.writeString(folder.resolve("sites.txt"), "spam.example")
                + "\"]}}}},"
                + "\"finetunes\":[{\"name\":\"mood\",\"task\":\"classify\",\"data\":\""
                + rows
                + "\"}]}",
            PipelineSpec.class);
    try (OpenStores stores = new OpenStores()) {
      Check check = new Check();
      CorpusListing found =
          new DocumentsRequest(stores).find(pipeline.corpus().orElseThrow(), check);
      check.done();
      CleanOrder order =
          DocumentsRequest.pin(
              stores.at(pipeline.store()),
              found,
              new DocumentsRequest(stores).lists(pipeline.corpus().orElseThrow().clean(), check),
              new DocumentsRequest(stores).items(pipeline.finetunes(), pipeline.jobs(), check),
              new Attempt(pipeline.store(), "by-hand", 1, 0),
              RunnerSpec.LOCAL);

      Resolution resolution =
          new RequestResolver(stores)
              .resolve(new PipelineRequest(Optional.of("r"), pipeline, Map.of()));

      assertThat(order.items()).isPresent();
      assertThat(resolution.plan().growth().orElseThrow().dataset().documents())
          .isEqualTo(order.fingerprint());
      assertThat(resolution.plan().growth().orElseThrow().dataset().corpus())
          .isEqualTo(order.corpus());
    }
  }
}
