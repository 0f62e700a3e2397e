package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.engine.GenerateOrder.Form;
import java.util.Optional;

/** How prompts reach a model, as far as its registration tells. */
final class Forms {
  private Forms() {}

  /** {@code auto} where only the model's own files tell. */
  static Form of(Form chosen, ModelVersion version) {
    if (chosen != Form.AUTO) {
      return chosen;
    }
    if (version.task().equals(Optional.of(TaskType.CHAT))) {
      return Form.CHAT;
    }
    return version.kind() == ModelVersion.Kind.BASE ? Form.PLAIN : Form.AUTO;
  }
}
