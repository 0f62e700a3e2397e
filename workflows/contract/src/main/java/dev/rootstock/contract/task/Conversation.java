package dev.rootstock.contract.task;

import dev.rootstock.contract.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns of a conversation, in order. */
public record Conversation(List<Message> messages) {
  public static final String SYSTEM = "system";
  public static final String USER = "user";
  public static final String ASSISTANT = "assistant";

  private static final Map<String, String> ROLES =
      Map.of(SYSTEM, SYSTEM, USER, USER, "human", USER, ASSISTANT, ASSISTANT, "gpt", ASSISTANT);

  /** What one side says. */
  public record Message(String role, String content) {}

  public Conversation {
    messages = List.copyOf(messages);
  }

  /**
   * Reads a list of {@code {"role", "content"}}, or of {@code {"from", "value"}} where {@code
   * human} and {@code gpt} speak. A content may be a list of parts of type {@code text}.
   *
   * @throws IllegalArgumentException saying which turn is what it may not be
   */
  public static Conversation of(Object tree) {
    if (!(tree instanceof List<?> turns) || turns.isEmpty()) {
      throw new IllegalArgumentException("not a list of messages");
    }
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < turns.size(); i++) {
      if (!(turns.get(i) instanceof Map<?, ?> turn)) {
        throw new IllegalArgumentException("message " + (i + 1) + " is no object");
      }
      Object role = turn.containsKey("role") ? turn.get("role") : turn.get("from");
      Object said = turn.containsKey("content") ? turn.get("content") : turn.get("value");
      String known = role instanceof String word ? ROLES.get(word) : null;
      if (known == null) {
        throw new IllegalArgumentException(
            "message " + (i + 1) + " of the role " + Json.line(role));
      }
      String content =
          text(said)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "a message " + known + " whose content is not text"));
      messages.add(new Message(known, content));
    }
    boolean answered =
        messages.stream().anyMatch(m -> m.role().equals(ASSISTANT) && !m.content().isBlank());
    if (!answered) {
      throw new IllegalArgumentException("a conversation in which the assistant says nothing");
    }
    return new Conversation(messages);
  }

  private static Optional<String> text(Object said) {
    if (said instanceof String text) {
      return Optional.of(text);
    }
    if (!(said instanceof List<?> parts) || parts.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder whole = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof Map<?, ?> map
          && "text".equals(map.get("type"))
          && map.get("text") instanceof String text) {
        whole.append(text);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(whole.toString());
  }

  /** Reads what {@link #json} writes. */
  public static Conversation parse(String json) {
    return of(Json.parse(json));
  }

  /** The messages as a JSON list on one line. */
  public String json() {
    return Json.line(tree());
  }

  /** The messages as maps of {@code role} and {@code content}. */
  public List<Map<String, Object>> tree() {
    List<Map<String, Object>> tree = new ArrayList<>();
    for (Message message : messages) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("role", message.role());
      map.put("content", message.content());
      tree.add(map);
    }
    return tree;
  }

  /** What was said, a message a line. */
  public String plain() {
    return messages.stream().map(Message::content).collect(Collectors.joining("\n"));
  }

  /** What the assistant says last. */
  public String answer() {
    String last = "";
    for (Message message : messages) {
      last = message.role().equals(ASSISTANT) ? message.content() : last;
    }
    return last;
  }
}
