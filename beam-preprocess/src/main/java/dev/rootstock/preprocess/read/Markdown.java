package dev.rootstock.preprocess.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Markdown without its mark-up. Text stays, also that of links, images and code; what only formats
 * goes. Not a full parser: what it does not recognise is left as it stands, and so is a line of
 * more than 10,000 characters.
 */
final class Markdown {
  private static final int LONGEST = 10_000; // characters of a line that is looked at for marks
  private static final int SETTINGS = 20_000; // characters at the top in which they must end
  private static final Pattern FRONT = // the first line behind the marks is a key
      Pattern.compile(
          "(---|\\+\\+\\+)[ \\t]*+\\n\\s*+(?:#[^\\n]*+\\n\\s*+)*+[\\w\"'.-]++[ \\t]*+[:=][^\\n]*+\\n(?:(?!\\1)[^\\n]*+\\n)*+\\1[ \\t]*+(?:\\n|$)");
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,}).*$");
  private static final Pattern HEADING = Pattern.compile(" {0,3}+#{1,6}+(?:[ \\t]++|$)");
  private static final Pattern UNDERLINE = Pattern.compile("^ {0,3}(?:=+|-{2,})[ \\t]*$");
  private static final Pattern RULE =
      Pattern.compile("^ {0,3}(?:(?:\\*[ \\t]*+){3,}+|(?:_[ \\t]*+){3,}+|(?:-[ \\t]*+){3,}+)$");
  private static final Pattern QUOTE = Pattern.compile("^ {0,3}(?:>[ \\t]?+)++");
  private static final Pattern DEFINITION = Pattern.compile("^ {0,3}\\[[^\\]]+\\]:[ \\t]+\\S+.*$");
  private static final Pattern CODE = Pattern.compile("(?<!`)(`++)([^`]++)\\1");
  private static final Pattern LINK =
      Pattern.compile(
          "!?\\[([^\\[\\]]*)\\](?:\\([^()\\s]*(?:\\([^()\\s]*\\)[^()\\s]*)?(?:[ \\t]+[\"'][^\"']*[\"'])?\\)|\\[[^\\]]*\\])");
  private static final Pattern ADDRESS = Pattern.compile("<((?:https?|ftp|mailto):[^<>\\s]+)>");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][A-Za-z0-9-]*(?:\\s[^<>]*)?/?>");
  private static final Pattern STARRED =
      Pattern.compile("(?<!\\\\)\\*(?=[^\\s*])([^*]+?)(?<=[^\\s\\\\])\\*");
  private static final Pattern UNDERSCORED =
      Pattern.compile("(?<![\\w\\\\])_(?=[^\\s_])([^_]+?)(?<=\\S)_(?![\\w])");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([!-/:-@\\[-`{-~])");

  private Markdown() {}

  /** The text of a Markdown document with {@code \n} line ends. */
  static String text(String markdown) {
    StringBuilder text = new StringBuilder(markdown.length());
    String fence = null;
    for (String line : uncommented(withoutSettings(markdown)).split("\n", -1)) {
      Matcher mark = FENCE.matcher(line);
      if (fence == null && mark.matches()) {
        fence = mark.group(1);
      } else if (fence != null
          && line.strip().startsWith(fence)
          && line.strip().replace(fence.substring(0, 1), "").isEmpty()) {
        fence = null;
      } else if (fence != null || line.length() > LONGEST) {
        text.append(line).append('\n');
      } else if (!RULE.matcher(line).matches()
          && !UNDERLINE.matcher(line).matches()
          && !DEFINITION.matcher(line).matches()) {
        text.append(inline(heading(QUOTE.matcher(line).replaceFirst("")))).append('\n');
      }
    }
    text.setLength(Math.max(0, text.length() - 1)); // the last line has no break of its own
    return text.toString();
  }

  /** Without the settings that site generators keep at the top, between lines of three signs. */
  private static String withoutSettings(String markdown) {
    String head = markdown.substring(0, Math.min(SETTINGS, markdown.length()));
    Matcher settings = FRONT.matcher(head);
    return settings.lookingAt() ? markdown.substring(settings.end()) : markdown;
  }

  private static String uncommented(String markdown) {
    StringBuilder text = new StringBuilder(markdown.length());
    int from = 0;
    for (int open = markdown.indexOf("<!--"); open >= 0; open = markdown.indexOf("<!--", from)) {
      int close = markdown.indexOf("-->", open + 4);
      if (close < 0) {
        break;
      }
      text.append(markdown, from, open);
      from = close + 3;
    }
    return text.append(markdown, from, markdown.length()).toString();
  }

  /** The words of a heading; any other line as it is. */
  private static String heading(String line) {
    Matcher opening = HEADING.matcher(line);
    if (!opening.lookingAt()) {
      return line;
    }
    int end = blanksBefore(line, line.length(), opening.end());
    int marks = end;
    while (marks > opening.end() && line.charAt(marks - 1) == '#') {
      marks--;
    }
    int words = blanksBefore(line, marks, opening.end());
    return line.substring(opening.end(), words < marks ? words : end);
  }

  /** Where the spaces and tabs begin that end at {@code to}. */
  private static int blanksBefore(String line, int to, int least) {
    int from = to;
    while (from > least && (line.charAt(from - 1) == ' ' || line.charAt(from - 1) == '\t')) {
      from--;
    }
    return from;
  }

  /** Code spans keep their text as it is; everything between them is stripped. */
  private static String inline(String line) {
    StringBuilder text = new StringBuilder(line.length());
    Matcher code = CODE.matcher(line);
    int from = 0;
    while (code.find()) {
      text.append(plain(line.substring(from, code.start()))).append(code.group(2));
      from = code.end();
    }
    return text.append(plain(line.substring(from))).toString();
  }

  private static String plain(String words) {
    if (words.isEmpty()) {
      return words;
    }
    String text = LINK.matcher(words).replaceAll("$1"); // twice, for images within links
    text = LINK.matcher(text).replaceAll("$1");
    text = ADDRESS.matcher(text).replaceAll("$1");
    text = TAG.matcher(text).replaceAll("");
    text = StrongWords.plain(text);
    text = STARRED.matcher(text).replaceAll("$1");
    text = UNDERSCORED.matcher(text).replaceAll("$1");
    return ESCAPED.matcher(text).replaceAll("$1");
  }
}
