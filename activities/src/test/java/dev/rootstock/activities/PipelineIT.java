package dev.rootstock.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.Stage;
import dev.rootstock.workflows.PipelineResult;
import dev.rootstock.workflows.StageOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineIT {
  @TempDir Path folder;

  @Test
  void aPipelineGrowsABaseAndGraftsFinetunesOntoIt() throws Exception {
    try (Ground ground = Ground.in(folder)) {
      PipelineResult result = ground.run("first", ground.pipeline(20, 2));

      assertThat(result.base().label()).isEqualTo("garden@1");
      assertThat(result.outcomes()).extracting(StageOutcome::stage)
          .containsExactly(Stage.DOCUMENTS, Stage.TOKENIZER, Stage.TOKENS, Stage.PRETRAIN);
      assertThat(result.outcomes()).extracting(StageOutcome::how).containsOnly(StageOutcome.How.MADE);
      assertThat(result.finetunes().done()).isEqualTo(2);
      assertThat(result.promotion().orElseThrow().promoted()).isTrue();
      assertThat(ground.catalog().find("first").orElseThrow().state()).isEqualTo("done");
      System.out.println(ground.catalog().open("first").report().orElseThrow());
    }
  }
}
