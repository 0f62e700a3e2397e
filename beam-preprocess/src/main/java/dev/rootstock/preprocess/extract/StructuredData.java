package dev.rootstock.preprocess.extract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** What a page tells search engines of its article, in JSON-LD. */
final class StructuredData {
  private static final int LEAST = 200; // characters; shorter ones are summaries

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private StructuredData() {}

  /** The longest {@code articleBody} of a page, as text; markup in it is taken out. */
  static Optional<String> articleBody(Document page) {
    String longest = "";
    for (Element script : page.getElementsByTag("script")) {
      if (script.attr("type").strip().equalsIgnoreCase("application/ld+json")
          && script.data().contains("articleBody")) {
        String body = articleBody(script.data());
        longest = body.length() > longest.length() ? body : longest;
      }
    }
    return longest.length() < LEAST ? Optional.empty() : Optional.of(longest);
  }

  private static String articleBody(String json) {
    String longest = "";
    try {
      Deque<JsonNode> left = new ArrayDeque<>();
      left.push(JSON.readTree(json.strip()));
      while (!left.isEmpty()) {
        JsonNode node = left.pop();
        String body = text(node.path("articleBody").asText());
        longest = body.length() > longest.length() ? body : longest;
        node.forEach(left::push);
      }
    } catch (JsonProcessingException broken) {
      return longest; // written by hand, or cut off
    }
    return longest;
  }

  private static String text(String body) {
    String plain =
        body.contains("&lt;") || body.contains("&amp;") || body.contains("&#")
            ? Parser.unescapeEntities(body, false)
            : body;
    if (!plain.contains("</") && !plain.contains("<br")) {
      return plain.strip();
    }
    Outline outline = Outline.of(Jsoup.parse(plain));
    return TextWriter.write(outline, new boolean[outline.blocks.size()]);
  }
}
