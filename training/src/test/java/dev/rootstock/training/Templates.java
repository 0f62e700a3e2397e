package dev.rootstock.training;

import java.util.List;

/** Chat templates with what those of well-known models use. */
final class Templates {
  private static final String LLAMA3 =
      """
      {{- bos_token }}
      {%- if custom_tools is defined %}
          {%- set tools = custom_tools %}
      {%- endif %}
      {%- if not date_string is defined %}
          {%- if strftime_now is defined %}
              {%- set date_string = strftime_now("%d %b %Y") %}
          {%- else %}
              {%- set date_string = "26 Jul 2024" %}
          {%- endif %}
      {%- endif %}
      {%- set date_string = "01 Jan 2025" %}
      {%- if not tools is defined %}
          {%- set tools = none %}
      {%- endif %}
      {%- if messages[0]['role'] == 'system' %}
          {%- set system_message = messages[0]['content']|trim %}
          {%- set messages = messages[1:] %}
      {%- else %}
          {%- set system_message = "" %}
      {%- endif %}
      {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
      {%- if tools is not none %}
          {{- "Environment: ipython\\n" }}
      {%- endif %}
      {{- "Today Date: " + date_string + "\\n\\n" }}
      {{- system_message }}
      {{- "<|eot_id|>" }}
      {%- for message in messages %}
          {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
              {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
          {%- elif 'tool_calls' in message %}
              {%- if not message.tool_calls|length == 1 %}
                  {{- raise_exception("one call at once") }}
              {%- endif %}
          {%- endif %}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
      {%- endif %}
      """;

  private static final String LLAMA3SHORT =
      """
      {% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>

      '+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>

      ' }}{% endif %}\
      """;

  private static final String QWEN2 =
      """
      {% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
      You are a helpful assistant<|im_end|>
      ' }}{% endif %}{{'<|im_start|>' + message['role'] + '
      ' + message['content'] + '<|im_end|>' + '
      '}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
      ' }}{% endif %}\
      """;

  private static final String QWEN25 =
      """
      {%- if tools %}
          {{- '<|im_start|>system\\n' }}
          {%- for tool in tools %}
              {{- "\\n" }}
              {{- tool | tojson }}
          {%- endfor %}
          {{- "<|im_end|>\\n" }}
      {%- else %}
          {%- if messages[0]['role'] == 'system' %}
              {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
          {%- else %}
              {{- '<|im_start|>system\\nYou are a model. You help.<|im_end|>\\n' }}
          {%- endif %}
      {%- endif %}
      {%- for message in messages %}
          {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
              {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
          {%- elif message.role == "assistant" %}
              {{- '<|im_start|>' + message.role }}
              {%- if message.content %}
                  {{- '\\n' + message.content }}
              {%- endif %}
              {%- for tool_call in message.tool_calls %}
                  {%- if tool_call.function is defined %}
                      {%- set tool_call = tool_call.function %}
                  {%- endif %}
                  {{- tool_call.arguments | tojson }}
              {%- endfor %}
              {{- '<|im_end|>\\n' }}
          {%- elif message.role == "tool" %}
              {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}
                  {{- '<|im_start|>user' }}
              {%- endif %}
          {%- endif %}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  private static final String ZEPHYR =
      """
      {% for message in messages %}
      {% if message['role'] == 'user' %}
      {{ '<|user|>
      ' + message['content'] + eos_token }}
      {% elif message['role'] == 'system' %}
      {{ '<|system|>
      ' + message['content'] + eos_token }}
      {% elif message['role'] == 'assistant' %}
      {{ '<|assistant|>
      '  + message['content'] + eos_token }}
      {% endif %}
      {% if loop.last and add_generation_prompt %}
      {{ '<|assistant|>' }}
      {% endif %}
      {% endfor %}\
      """;

  private static final String CHATML =
      """
      {% for message in messages %}{{'<|im_start|>' + message['role'] + '
      ' + message['content'] + '<|im_end|>' + '
      '}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
      ' }}{% endif %}\
      """;

  private static final String ALTERNATE =
      """
      {% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>
      ' + system_message + '
      <</SYS>>

      ' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}\
      """;

  private static final String QWEN3 =
      """
      {%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
      {%- for message in messages[::-1] %}
          {%- set index = (messages|length - 1) - loop.index0 %}
          {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
              {%- set ns.multi_step_tool = false %}
              {%- set ns.last_query_index = index %}
          {%- endif %}
      {%- endfor %}
      {%- for message in messages %}
          {%- if message.content is string %}
              {%- set content = message.content %}
          {%- else %}
              {%- set content = '' %}
          {%- endif %}
          {%- if message.role == "assistant" %}
              {%- set reasoning_content = '' %}
              {%- if message.reasoning_content is string %}
                  {%- set reasoning_content = message.reasoning_content %}
              {%- else %}
                  {%- if '</think>' in content %}
                      {%- set reasoning_content = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                      {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
                  {%- endif %}
              {%- endif %}
              {%- if loop.index0 > ns.last_query_index %}
                  {%- if loop.last or (not loop.last and reasoning_content) %}
                      {{- '<|im_start|>' + message.role + '\\n<think>\\n' + reasoning_content.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
                  {%- else %}
                      {{- '<|im_start|>' + message.role + '\\n' + content }}
                  {%- endif %}
              {%- else %}
                  {{- '<|im_start|>' + message.role + '\\n' + content }}
              {%- endif %}
              {{- '<|im_end|>\\n' }}
          {%- else %}
              {{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
          {%- endif %}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
          {%- if enable_thinking is defined and enable_thinking is false %}
              {{- '<think>\\n\\n</think>\\n\\n' }}
          {%- endif %}
      {%- endif %}
      """;

  private static final String NAMESPACE =
      """
      {%- set ns = namespace(system='', count=0) -%}
      {%- for m in messages %}{% if m['role'] == 'system' %}{% set ns.system = m.content %}{% endif %}{% set ns.count = ns.count + 1 %}{% endfor -%}
      {{ bos_token }}[{{ ns.count }}:{{ ns.system }}]
      {% for m in messages %}
          {% if m['role'] == 'user' %}
      [INST] {{ m['content'].strip() }} [/INST]
          {% elif m['role'] == 'assistant' %}
      {{ ' ' + m['content'].strip() + ' ' + eos_token }}
          {% endif %}
      {% endfor %}
      {{- 'x' if add_generation_prompt else 'y' }}{{ messages|length }}\
      """;

  static final List<String> ALL =
      List.of(LLAMA3, LLAMA3SHORT, QWEN2, QWEN25, ZEPHYR, CHATML, ALTERNATE, QWEN3, NAMESPACE);

  private Templates() {}
}
