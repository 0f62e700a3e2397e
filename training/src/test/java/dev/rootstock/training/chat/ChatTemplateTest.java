package dev.rootstock.training.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.task.Conversation.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final List<Message> ASKED = List.of(new Message("user", " {{ 1 + 1 }} <b> "));

  private static String write(String template) {
    return new ChatTemplate(template, "<s>", "</s>").write(ASKED, true);
  }

  @Test
  void chatMlIsWhatModelsWithoutATemplateGet() {
    String text =
        ChatTemplate.chatMl("<|end|>", "<|end|>")
            .write(List.of(new Message("user", "hi"), new Message("assistant", "ho")), true);

    assertThat(text)
        .isEqualTo(
            """
            <|im_start|>user
            hi<|end|>
            <|im_start|>assistant
            ho<|end|>
            <|im_start|>assistant
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "{{ bos_token }}{{ messages[0].content }}|<s> {{ 1 + 1 }} <b> ",
        "{% for m in messages %}{{ loop.index0 }}{{ loop.index }}{{ loop.first }}{% endfor %}|01true",
        "{{ messages[-1]['role'].startswith('us') }}{{ 'xaxx'.rstrip('x') }}|truexa",
        "{{ strftime_now('%d %b %Y') }}|26 Jul 2024",
        "{% generation %}x{% endgeneration %}{{ tools is none }}|xtrue",
        "{% set n = namespace(a=true, b=3 - 1) %}{% for m in messages %}{% set n.b = n.b + 5 %}{% endfor %}{{ n.b }}|7",
      })
  void doesAsPythonDoes(String template, String text) {
    assertThat(write(template)).isEqualTo(text);
  }

  @Test
  void aRefusalOfTheTemplateIsItsOwnWords() {
    assertThatThrownBy(() -> write("{{ raise_exception('roles must alternate') }}"))
        .isInstanceOf(BadTemplate.class)
        .hasMessageContaining("refuses a conversation: roles must alternate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 'a'|nosuch }}",
        "{{ nosuch('a') }}",
        "{{ messages[0].content.encode('x') }}",
        "{{ ''.getClass() }}",
        "{% for m in [] %}{% else %}none{% endfor %}",
        "{% include '/etc/hostname' %}",
        "{% import '/etc/hostname' as h %}",
        "{% nosuch %}",
        "{{ strftime_now('%Q') }}",
      })
  void whatIsNotKnownIsRefusedAndNotGuessed(String template) {
    assertThatThrownBy(() -> write(template)).isInstanceOf(BadTemplate.class);
  }

  @Test
  void noClassIsReached() {
    assertThat(write("{{ ''.class }}{{ messages.class }}{{ messages[0].__class__ }}")).isEmpty();
  }

  @Test
  void aTemplateThatRunsWithoutEndIsEnded() {
    String loops = "{% for i in range(999) %}".repeat(3);
    assertThatThrownBy(() -> write(loops + "{{ messages[0].role }}" + "{% endfor %}".repeat(3)))
        .isInstanceOf(BadTemplate.class);
  }
}
