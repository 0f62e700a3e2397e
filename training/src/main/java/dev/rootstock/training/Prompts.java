package dev.rootstock.training;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.GenerateOrder.Form;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.Conversation.Message;
import dev.rootstock.training.chat.BadTemplate;
import dev.rootstock.training.chat.ChatTemplate;
import dev.rootstock.training.data.ChatExamples;
import java.util.ArrayList;
import java.util.List;

/** What a model is given for what a person types. Not thread-safe. */
interface Prompts {
  /** The ids for the next line. */
  int[] next(String line);

  /** Takes note of what was answered. */
  void answered(String text);

  /**
   * In a form, {@code auto} decided by the model.
   *
   * @param room ids that an answer may take
   */
  static Prompts of(Form form, ModelTokenizer model, int context, int room) {
    return form == Form.CHAT || (form == Form.AUTO && model.bringsChatTemplate())
        ? new Chat(model.chatTemplate(), model, context, room)
        : new Plain(model);
  }

  /** The model goes on from each line as it stands. */
  record Plain(ModelTokenizer model) implements Prompts {
    @Override
    public int[] next(String line) {
      return model.tokenizer().encodeMarked(line);
    }

    @Override
    public void answered(String text) {}
  }

  /** Lines are what a user says in one conversation. */
  final class Chat implements Prompts {
    private final ChatExamples examples;
    private final int room;
    private final List<Message> said = new ArrayList<>();

    Chat(ChatTemplate template, ModelTokenizer model, int context, int room) {
      examples = new ChatExamples(template, model.tokenizer(), context);
      this.room = Math.min(room, context / 2);
    }

    @Override
    public int[] next(String line) {
      said.add(new Message(Conversation.USER, line));
      try {
        int[] ids = examples.prompt(new Conversation(said));
        while (ids.length + room > examples.context() && said.size() > 1) {
          said.subList(0, 2).clear(); // a question and its answer
          ids = examples.prompt(new Conversation(said));
        }
        return ids;
      } catch (BadTemplate refused) {
        throw new InvalidConfig(
            Problem.of(
                "form",
                "chat, which the model's chat template refuses: " + refused.getMessage(),
                "plain for this model"));
      }
    }

    @Override
    public void answered(String text) {
      said.add(new Message(Conversation.ASSISTANT, text));
    }
  }
}
