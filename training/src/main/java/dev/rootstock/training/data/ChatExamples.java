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

  /** From and to of each answer in the text, in characters. */
  private List<int[]> spans(List<Message> messages, String whole, Turns turns) {
    List<int[]> spans = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (!messages.get(i).role().equals(Conversation.ASSISTANT)) {
        continue;
      }
      int from = i == 0 ? 0 : common(template.write(messages.subList(0, i), true), whole);
      int to = common(template.write(messages.subList(0, i + 1), false), whole);
      String content = messages.get(i).content().strip();
      int said = whole.indexOf(content, from);
      if (said < 0 || said + content.length() > to) { // the template writes earlier turns anew
        said = whole.indexOf(content, spans.isEmpty() ? 0 : spans.get(spans.size() - 1)[1]);
        from = said;
        to = said + content.length();
      }
      if (said >= 0 && to > from) {
        spans.add(new int[] {from, to});
      }
    }
    return turns == Turns.LAST && spans.size() > 1
        ? spans.subList(spans.size() - 1, spans.size())
        : spans;
  }

  private static int common(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return i;
      }
    }
    return length;
  }

  /** Marks the tokens of a span; its last are those up to its last special token, if it has one. */
  private void mark(int[] ids, boolean[] learned, String whole, int[] span) {
    int from = size(whole.substring(0, span[0]));
    int to = size(whole.substring(0, span[1]));
    int at = 0;
    int last = -1;
    for (int i = 0; i < ids.length && at < to; i++) {
      int end = at + tokenizer.bytes(ids[i]).length;
      if (end > from) {
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
