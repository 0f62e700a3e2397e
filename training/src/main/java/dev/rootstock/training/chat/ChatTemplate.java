package dev.rootstock.training.chat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.rootstock.contract.task.Conversation;
import dev.rootstock.contract.task.Conversation.Message;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A Jinja template that writes a conversation as text, with the names that {@code transformers}
 * gives one: {@code messages}, {@code add_generation_prompt}, {@code bos_token}, {@code eos_token},
 * {@code raise_exception}, {@code strftime_now}; {@code tools} and {@code documents} are none. It
 * reaches no file, no network and no class, and ends after a bounded number of steps. Thread-safe.
 */
public final class ChatTemplate {
  /** What {@code strftime_now} tells, so that a conversation is the same text on every day. */
  public static final LocalDate TODAY = LocalDate.of(2024, 7, 26);

  private static final long LONGEST = 16 << 20; // characters of a text
  private static final int STEPS = 1_000_000; // pieces of a template that are run for one text
  private static final int DEEPEST = 40;
  private static final Set<String> OFF = // filters that draw lots, write or read otherwise
      Set.of("random", "shuffle", "log", "render", "fromyaml", "toyaml", "ipaddr");
  private static final ThreadLocal<int[]> STEPS_LEFT = ThreadLocal.withInitial(() -> new int[1]);
  private static final Jinjava ENGINE = engine();

  private final String template;
  private final String begin;
  private final String end;

  /**
   * A template.
   *
   * @param begin the beginning-of-text token's spelling; may be empty
   * @param end the end-of-text token's
   * @throws BadTemplate if it has what is not known here
   */
  public ChatTemplate(String template, String begin, String end) {
    this.template = Dialect.jinjava(template);
    Dialect.used("\\|\\s*", template).forEach(ChatTemplate::filterIsKnown);
    Dialect.used("\\bis\\s+(?:not\\s+)?", template).forEach(ChatTemplate::testIsKnown);
    this.begin = begin;
    this.end = end;
  }

  /**
   * ChatML, for models that bring no template.
   *
   * @param turnEnd what ends a turn
   */
  public static ChatTemplate chatMl(String turnEnd, String end) {
    String template =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '"
            + turnEnd
            + "\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
    return new ChatTemplate(template, "", end);
  }

  /**
   * The text of a conversation.
   *
   * @param prompt whether the beginning of another answer is added
   * @throws BadTemplate if the template refuses the conversation, or does what is not known here
   */
  public String write(List<Message> messages, boolean prompt) {
    Map<String, Object> names = new HashMap<>();
    names.put("messages", new Conversation(messages).tree());
    names.put("add_generation_prompt", prompt);
    names.put("bos_token", begin);
    names.put("eos_token", end);
    names.put("tools", null);
    names.put("documents", null);
    int[] steps = STEPS_LEFT.get();
    steps[0] = STEPS;
    RenderResult result = ENGINE.renderForResult(template, names);
    for (TemplateError error : result.getErrors()) {
      throw new BadTemplate(reason(error));
    }
    return result.getOutput();
  }

  /** Jinjava takes the result of a filter that it does not know for nothing. */
  private static void filterIsKnown(String name) {
    if (ENGINE.getGlobalContext().getFilter(name) == null || OFF.contains(name)) {
      throw new BadTemplate("it uses the filter " + name + ", which is not known here");
    }
  }

  private static void testIsKnown(String name) {
    if (ENGINE.getGlobalContext().getExpTest(name) == null) {
      throw new BadTemplate("it uses the test " + name + ", which is not known here");
    }
  }

  private static String reason(TemplateError error) {
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof BadTemplate bad) {
        return bad.getMessage();
      }
    }
    return "line " + error.getLineno() + ": " + error.getMessage();
  }

  private static Jinjava engine() {
    LegacyOverrides likePython =
        LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withIterateOverMapKeys(true)
            .withUsePyishObjectMapper(true)
            .withUseNaturalOperatorPrecedence(true)
            .withParseWhitespaceControlStrictly(true)
            .withAllowAdjacentTextNodes(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .withKeepNullableLoopValues(true)
            .build();
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withTrimBlocks(true)
            .withLstripBlocks(true)
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(false)
            .withMaxOutputSize(LONGEST)
            .withMaxStringLength(LONGEST)
            .withMaxRenderDepth(DEEPEST)
            .withMaxMacroRecursionDepth(DEEPEST)
            .withRangeLimit(1000)
            .withElResolver(new PythonValues())
            .withLegacyOverrides(likePython)
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor((node, interpreter) -> step())
                    .build())
            .withDisabled(
                Map.of(
                    Library.TAG,
                    Set.of("include", "import", "from", "extends", "block", "cycle", "ifchanged"),
                    Library.FILTER,
                    OFF,
                    Library.FUNCTION,
                    Set.of("today", "unixtimestamp")))
            .build();
    Jinjava engine = new Jinjava(config);
    engine.setResourceLocator(
        (name, charset, interpreter) -> {
          throw new IOException("a chat template may not read " + name);
        });
    for (String name : List.of("raise_exception", "strftime_now")) {
      engine
          .getGlobalContext()
          .registerFunction(
              new ELFunctionDefinition("", name, ChatTemplate.class, name, String.class));
    }
    return engine;
  }

  static void step() {
    if (--STEPS_LEFT.get()[0] < 0) {
      throw new BadTemplate("it runs for more than " + STEPS + " steps");
    }
  }

  /** Called by templates. */
  public static String raise_exception(String why) {
    throw new BadTemplate("it refuses a conversation: " + why);
  }

  /** Called by templates; {@link #TODAY} in Python's directives. */
  public static String strftime_now(String format) {
    StringBuilder date = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        date.append(c);
        continue;
      }
      String pattern =
          switch (format.charAt(++i)) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'b' -> "MMM";
            case 'B' -> "MMMM";
            case 'Y' -> "yyyy";
            case 'y' -> "yy";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'j' -> "DDD";
            case 'H' -> "HH";
            case 'M' -> "mm";
            case 'S' -> "ss";
            default ->
                throw new BadTemplate(
                    "it asks for %" + format.charAt(i) + " of the date, which is not known here");
          };
      date.append(
          TODAY.atStartOfDay().format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)));
    }
    return date.toString();
  }
}
