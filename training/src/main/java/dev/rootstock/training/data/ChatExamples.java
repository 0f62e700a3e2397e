package dev.rootstock.training.data;

import dev.rootstock.contract.FinetuneSpec.Turns;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.Conversation.Message;
import dev.rootstock.contract.tokenizer.BytePairTokenizer;
import dev.rootstock.training.chat.ChatTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Conversations as token ids. What is learned of an assistant's turn is all that stands between the
 * template's invitation to answer and the end of the turn, the token that ends it included, and
 * white space behind that token not. Immutable.
 */
public record ChatExamples(ChatTemplate template, BytePairTokenizer tokenizer, int context) {
  /**
   * A conversation; one longer than the context loses its end. Empty if nothing of what is learned
   * is left.
   *
   * @throws dev.rootstock.training.chat.BadTemplate if the template refuses it
   */
  public Optional<Example> of(Conversation conversation, Turns turns) {
    List<Message> messages = conversation.messages();
    String whole = template.write(messages, false);
    int[] ids = tokenizer.encodeWritten(whole);
    boolean[] learned = new boolean[ids.length];
    for (int[] span : spans(messages, whole, turns)) {
      mark(ids, learned, whole, span);
    }
    int kept = Math.min(ids.length, context + 1);
    Example cut = kept > 1 ? kept(ids, learned, kept) : null;
    return Optional.ofNullable(cut);
  }

  private static Example kept(int[] ids, boolean[] learned, int length) {
    boolean[] some = Arrays.copyOf(learned, length);
    some[0] = false;
    for (boolean each : some) {
      if (each) {
        return new Example(Arrays.copyOf(ids, length), some);
      }
    }
    return null;
  }

  /** The ids that ask for an answer to a conversation. */
  public int[] prompt(Conversation conversation) {
    return tokenizer.encodeWritten(template.write(conversation.messages(), true));
  }

  /**
   * From and to of each answer in the text, in characters. Where a template writes earlier turns
   * anew once others follow, an answer is found by its words.
   */
  private List<int[]> spans(List<Message> messages, String whole, Turns turns) {
    List<int[]> spans = new ArrayList<>();
    int read = 0;
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      int said = whole.indexOf(message.content().strip(), read);
      int end = said + message.content().strip().length();
      if (said >= 0) {
        read = end;
      }
      if (!message.role().equals(Conversation.ASSISTANT) || message.content().isBlank()) {
        continue;
      }
      String before = i == 0 ? "" : template.write(messages.subList(0, i), true);
      String after = template.write(messages.subList(0, i + 1), false);
      if (whole.startsWith(after) && after.startsWith(before)) {
        spans.add(new int[] {before.length(), after.length()});
        read = Math.max(read, before.length());
      } else if (said >= 0) {
        spans.add(new int[] {said, end});
      }
    }
    return turns == Turns.LAST && spans.size() > 1
        ? spans.subList(spans.size() - 1, spans.size())
        : spans;
  }

  /**
   * Marks the tokens of a span up to its last special token, or to the one that follows on it where
   * there is none in it.
   */
  private void mark(int[] ids, boolean[] learned, String whole, int[] span) {
    int from = size(whole.substring(0, span[0]));
    int to = size(whole.substring(0, span[1]));
    int at = 0;
    int last = -1;
    for (int i = 0; i < ids.length && at <= to; i++) {
      int end = at + tokenizer.bytes(ids[i]).length;
      boolean follows = at == to && last < 0 && tokenizer.isSpecial(ids[i]);
      if ((end > from && at < to) || follows) {
        learned[i] = true;
        last = tokenizer.isSpecial(ids[i]) ? i : last;
      }
      at = end;
    }
    for (int i = last + 1; last >= 0 && i < ids.length && learned[i]; i++) {
      learned[i] = false;
    }
  }

  /** Bytes of a text as the tokenizer reads it. */
  private int size(String text) {
    return tokenizer.bytes(tokenizer.encodeWritten(text)).length;
  }
}
