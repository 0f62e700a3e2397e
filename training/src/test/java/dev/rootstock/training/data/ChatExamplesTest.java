package dev.rootstock.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.FinetuneSpec.Turns;
import dev.rootstock.contract.TokenizerSpec;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.Conversation.Message;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.chat.ChatTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatExamplesTest {
  private static final BytePairTokenizer TOKENIZER =
      BytePairTokenizer.learned(
          new TokenizerSpec(
              262,
              TokenizerSpec.PreTokenizer.GPT2,
              List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")),
          List.of());
  private static final Conversation CONVERSATION =
      new Conversation(
          List.of(
              new Message("system", "brief"),
              new Message("user", "one?"),
              new Message("assistant", "1 é"),
              new Message("user", "two?"),
              new Message("assistant", "2")));

  private static ChatExamples examples(int context) {
    return new ChatExamples(ChatTemplate.chatMl("<|im_end|>", "<|endoftext|>"), TOKENIZER, context);
  }

  private static String learned(Example example) {
    return TOKENIZER.decode(
        IntStream.range(0, example.ids().length)
            .filter(i -> example.learned()[i])
            .map(i -> example.ids()[i])
            .toArray());
  }

  @Test
  void whatTheAssistantSaysIsLearnedWithTheEndOfItsTurn() {
    Example all = examples(500).of(CONVERSATION, Turns.ALL).orElseThrow();
    Example last = examples(500).of(CONVERSATION, Turns.LAST).orElseThrow();

    assertThat(learned(all)).isEqualTo("1 é<|im_end|>2<|im_end|>");
    assertThat(learned(last)).isEqualTo("2<|im_end|>");
    assertThat(last.ids()).isEqualTo(all.ids());
    assertThat(TOKENIZER.special("<|im_end|>"))
        .hasValueSatisfying(id -> assertThat(Arrays.stream(all.ids())).contains(id));
  }

  @Test
  void aLongConversationLosesItsEnd() {
    Example whole = examples(500).of(CONVERSATION, Turns.ALL).orElseThrow();
    int first = IntStream.range(0, 500).filter(i -> whole.learned()[i]).findFirst().orElseThrow();

    assertThat(learned(examples(first).of(CONVERSATION, Turns.ALL).orElseThrow())).isEqualTo("1");
    assertThat(examples(first - 1).of(CONVERSATION, Turns.ALL)).isEmpty();
  }

  @Test
  void anAnswerIsFoundWhereTheTemplateWritesEarlierTurnsAnew() {
    ChatTemplate forgetful =
        new ChatTemplate(
            "{% for m in messages %}[{{ m.role }}]{{ 'then: ' if not loop.last else '' }}{{ m.content }}<|im_end|>{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}",
            "", "");
    Example all =
        new ChatExamples(forgetful, TOKENIZER, 500).of(CONVERSATION, Turns.ALL).orElseThrow();

    assertThat(learned(all)).isEqualTo("1 é<|im_end|>2<|im_end|>");
  }
}
