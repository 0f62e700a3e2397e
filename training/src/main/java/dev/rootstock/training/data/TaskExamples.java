package dev.rootstock.training.data;

import dev.rootstock.contract.FinetuneSpec.Turns;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TaskType;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.TaskRow;
import dev.rootstock.contract.tokenizer.Tokenizer;
import dev.rootstock.training.chat.BadTemplate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A task's rows as token ids, by fixed templates:
 *
 * <pre>
 * classify   {text}⏎label: {label}⟨end of text⟩      learned: from the blank before the label on
 * seq2seq    {source}⏎=> {target}⟨end of text⟩       learned: from the blank before the target on
 * language   ⟨end of text⟩{text}⟨end of text⟩{text}… cut into rows; learned: all
 * chat       as the model's chat template says; learned: the assistant's turns
 * </pre>
 *
 * The pieces are encoded apart, so that a text too long loses its beginning and the template stays.
 * A change here changes what every finetune learns: raise {@code Stage.FINETUNE}'s version with it.
 * Immutable.
 */
public final class TaskExamples {
  private final TaskType type;
  private final Tokenizer tokenizer;
  private final int context;
  private final int room;
  private final int[] cue;
  private final Optional<ChatExamples> chat;
  private final Turns turns;

  private TaskExamples(
      TaskType type,
      Tokenizer tokenizer,
      int context,
      int room,
      Optional<ChatExamples> chat,
      Turns turns) {
    this.chat = chat;
    this.turns = turns;
    this.type = type;
    this.tokenizer = tokenizer;
    this.context = context;
    this.room = room;
    this.cue = tokenizer.encode(type == TaskType.CLASSIFY ? "\nlabel:" : "\n=>");
  }

  /**
   * Examples of one task.
   *
   * @param answers all that may have to be said: room is kept for the longest, up to half of the
   *     context
   */
  public static TaskExamples of(
      TaskType type, Tokenizer tokenizer, int context, Iterable<String> answers) {
    TaskExamples unbounded =
        new TaskExamples(type, tokenizer, context, 0, Optional.empty(), Turns.ALL);
    int longest = 0;
    for (String answer : answers) {
      longest = Math.max(longest, unbounded.answer(answer).length);
    }
    return new TaskExamples(
        type, tokenizer, context, Math.min(longest, context / 2), Optional.empty(), Turns.ALL);
  }

  /** Conversations of which some turns are learned. */
  public static TaskExamples of(ChatExamples chat, Turns turns) {
    return new TaskExamples(
        TaskType.CHAT,
        chat.tokenizer(),
        chat.context(),
        chat.context() / 2,
        Optional.of(chat),
        turns);
  }

  /** The conversations' own, if this is of a chat. */
  public Optional<ChatExamples> chat() {
    return chat;
  }

  public int context() {
    return context;
  }

  /** Ids an answer may have, its end included. */
  public int room() {
    return room;
  }

  public TaskType type() {
    return type;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** What is given: the text's end and the template's cue, at most {@code context − room} ids. */
  public int[] prompt(String text) {
    int[] ids = tokenizer.encode(text);
    int kept = Math.max(0, Math.min(ids.length, context - room - cue.length));
    int[] prompt =
        Arrays.copyOf(Arrays.copyOfRange(ids, ids.length - kept, ids.length), kept + cue.length);
    System.arraycopy(cue, 0, prompt, kept, cue.length);
    return prompt;
  }

  /** A prompt and an answer to it; an answer without room for it loses its end. */
  public Example example(int[] prompt, String answer) {
    int[] ids = answer(answer);
    int kept = Math.min(ids.length, context + 1 - prompt.length);
    int[] whole = Arrays.copyOf(prompt, prompt.length + kept);
    System.arraycopy(ids, 0, whole, prompt.length, kept);
    return new Example(whole, prompt.length);
  }

  private int[] answer(String answer) {
    int[] ids = tokenizer.encode(" " + answer);
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = tokenizer.endOfText();
    return ended;
  }

  /** One example a row; for a language model the rows' texts one after another, a context each. */
  public List<Example> of(List<TaskRow> rows) {
    if (type == TaskType.LANGUAGE_MODEL) {
      return packed(rows);
    }
    if (type == TaskType.CHAT) {
      return rows.stream().flatMap(row -> conversation(row).stream()).toList();
    }
    return rows.stream().map(row -> example(prompt(row.text()), row.answer())).toList();
  }

  private Optional<Example> conversation(TaskRow row) {
    try {
      return chat.orElseThrow().of(Conversation.parse(row.text()), turns);
    } catch (BadTemplate refused) {
      throw new InvalidConfig(
          Problem.of(
              row.file() + " line " + row.line(),
              "a conversation that the model's chat template can not write: "
                  + refused.getMessage(),
              "one that it can",
              "Change the row, or the template"));
    }
  }

  private List<Example> packed(List<TaskRow> rows) {
    int[] all = new int[1024];
    int count = 0;
    all[count++] = tokenizer.endOfText();
    for (TaskRow row : rows) {
      int[] ids = tokenizer.encode(row.text());
      while (count + ids.length + 1 > all.length) {
        all = Arrays.copyOf(all, 2 * all.length);
      }
      System.arraycopy(ids, 0, all, count, ids.length);
      count += ids.length;
      all[count++] = tokenizer.endOfText();
    }
    List<Example> packed = new ArrayList<>();
    for (int from = 0; from < count - 1; from += context) {
      packed.add(
          new Example(Arrays.copyOfRange(all, from, Math.min(count, from + context + 1)), 1));
    }
    return packed;
  }
}
