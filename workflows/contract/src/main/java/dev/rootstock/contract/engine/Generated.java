package dev.rootstock.contract.engine;

import dev.rootstock.contract.HandedOn;
import java.util.List;

/** Answers to a {@link GenerateOrder}, one a prompt. */
public record Generated(List<Answer> answers) implements HandedOn {
  public Generated {
    answers = List.copyOf(answers);
  }

  /** The text that follows the prompt, and its token ids. */
  public record Answer(String text, List<Integer> ids) implements HandedOn {
    public Answer {
      ids = List.copyOf(ids);
    }
  }
}
