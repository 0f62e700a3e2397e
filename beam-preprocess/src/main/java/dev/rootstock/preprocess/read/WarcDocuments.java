package dev.rootstock.preprocess.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a WARC or WET file: responses and resources that are HTML or plain text, and
 * conversions to plain text. Other records are skipped and counted.
 */
final class WarcDocuments {
  private static final Set<String> TYPES =
      Set.of("warcinfo", "request", "metadata", "revisit", "continuation");
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([^\\s\"';,]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG =
      Pattern.compile("(?i)^\\W*(?:<!doctype html|<html|<head|<body)");
  private static final String NO_TEXT = "content type other than text";
  private static final int SNIFF = 512; // bytes

  private enum Media {
    HTML,
    TEXT,
    UNNAMED,
    OTHER;

    static Media of(String contentType) {
      return switch (contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT)) {
        case "text/html", "application/xhtml+xml" -> HTML;
        case "text/plain" -> TEXT;
        case "" -> UNNAMED;
        default -> OTHER;
      };
    }
  }

  private final WarcRecords records;
  private final Delivery delivery;

  WarcDocuments(InputStream bytes, Delivery delivery) {
    this.records = new WarcRecords(bytes);
    this.delivery = delivery;
  }

  void read() throws IOException {
    while (records.next()) {
      Runnable decided = records.fault().isPresent() ? () -> {} : decide();
      Optional<String> fault = records.finish();
      if (fault.isPresent()) {
        delivery.fault(records.ordinal(), "", "a broken WARC record: " + fault.get());
      } else {
        decided.run();
      }
    }
  }

  /** What to do with the record, once all of it is known to be sound. */
  private Runnable decide() throws IOException {
    String type = field("warc-type").toLowerCase(Locale.ROOT);
    return switch (type) {
      case "response" -> response();
      case "resource", "conversion" -> {
        String contentType = field("content-type");
        Media media = Media.of(contentType);
        if (media == Media.OTHER) {
          yield skip(NO_TEXT);
        }
        byte[] content = records.block().readNBytes(Limits.RECORD + 1);
        yield () -> take(media, contentType, content, language());
      }
      default -> skip("warc type " + (TYPES.contains(type) ? type : "unknown"));
    };
  }

  private Runnable skip(String what) {
    return () -> delivery.skip(what);
  }

  private Runnable response() throws IOException {
    if (!field("content-type").toLowerCase(Locale.ROOT).startsWith("application/http")) {
      return skip("response other than http");
    }
    byte[] beginning = records.block().readNBytes(HttpReply.HEADER);
    HttpReply reply;
    try {
      reply = HttpReply.of(beginning);
    } catch (IOException | RuntimeException broken) {
      return fault(beginning, String.valueOf(broken.getMessage()));
    }
    String contentType = reply.field("Content-Type").orElse("");
    Media media = Media.of(records.field("warc-identified-payload-type").orElse(contentType));
    if (reply.status() / 100 != 2) {
      return skip("http status " + reply.status());
    } else if (media == Media.OTHER) {
      return skip(NO_TEXT);
    }
    byte[] rest = records.block().readNBytes(Limits.RECORD + 1);
    byte[] content;
    try {
      content = rest.length > Limits.RECORD ? rest : reply.payload(rest, Limits.RECORD);
    } catch (IOException | RuntimeException broken) {
      return fault(beginning, "the body does not unpack: " + broken.getMessage());
    }
    String language = reply.field("Content-Language").orElse(null);
    return () -> take(media, contentType, content, language);
  }

  private Runnable fault(byte[] beginning, String why) {
    return () -> delivery.fault(records.ordinal(), beginning, why);
  }

  private void take(Media media, String contentType, byte[] content, @Nullable String languages) {
    long record = records.ordinal();
    String beginning =
        new String(content, 0, Math.min(SNIFF, content.length), StandardCharsets.ISO_8859_1);
    boolean html = media == Media.HTML || media == Media.UNNAMED && TAG.matcher(beginning).find();
    String url = field("warc-target-uri").replaceAll("^<|>$", ""); // older tools put it in brackets
    String language = languages == null || languages.contains(",") ? null : languages;
    int limit = html ? Limits.PAGE : Limits.RECORD;
    if (content.length > limit) {
      delivery.fault(record, content, Limits.exceeded(limit));
    } else if (html) {
      delivery.page(record, content, charset(contentType).orElse(null), url, language);
    } else if (media == Media.UNNAMED) {
      delivery.skip("no content type");
    } else {
      text(record, content, charset(contentType), url, language);
    }
  }

  private void text(
      long record,
      byte[] content,
      Optional<String> charset,
      String url,
      @Nullable String language) {
    Optional<Charset> named = charset.flatMap(WarcDocuments::known);
    if (named.isPresent() && !named.get().equals(StandardCharsets.UTF_8)) {
      delivery.text(record, new String(content, named.get()), url, language);
    } else {
      delivery
          .decoded(record, content, content.length)
          .ifPresent(text -> delivery.text(record, text, url, language));
    }
  }

  /** One language of Common Crawl's, {@code eng} as {@code en}; null if there are more or none. */
  private @Nullable String language() {
    String language = field("warc-identified-content-language");
    if (language.isEmpty() || language.contains(",")) {
      return null;
    }
    for (String two : Locale.getISOLanguages()) {
      if (new Locale(two).getISO3Language().equals(language)) {
        return two;
      }
    }
    return language;
  }

  private String field(String name) {
    return records.field(name).orElse("");
  }

  private static Optional<String> charset(String contentType) {
    Matcher matcher = CHARSET.matcher(contentType);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<Charset> known(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
