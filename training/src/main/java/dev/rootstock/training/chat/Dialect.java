package dev.rootstock.training.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Python's Jinja as Jinjava's: what is spelled otherwise is respelled, and what Jinjava would
 * silently read in another sense is refused.
 */
final class Dialect {
  private static final Pattern TAG =
      Pattern.compile("\\{%[-+]?\\s*(\\w+)((?:[^%]|%(?!\\}))*)%\\}", Pattern.DOTALL);
  private static final Pattern MARK = // of the answers, for trainers that mask by it
      Pattern.compile("(\\{%[-+]?\\s*)(end)?generation(\\s*[-+]?%\\})");
  private static final Pattern NAMESPACE = Pattern.compile("\\bnamespace\\(");
  private static final Pattern NAMED = Pattern.compile("\\s*\\w+\\s*=");

  private static final Pattern CODE = Pattern.compile("\\{[{%](.*?)[%}]\\}", Pattern.DOTALL);
  private static final Pattern TEXT =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"");

  private Dialect() {}

  /** Names that stand behind a sign in a template's code, texts in it left out. */
  static Set<String> used(String sign, String template) {
    Set<String> names = new TreeSet<>();
    Matcher code = CODE.matcher(TEXT.matcher(template).replaceAll("''"));
    Pattern name = Pattern.compile(sign + "([A-Za-z_]\\w*)");
    while (code.find()) {
      Matcher found = name.matcher(code.group(1));
      while (found.find()) {
        names.add(found.group(1));
      }
    }
    return names;
  }

  static String jinjava(String template) {
    refuse(template);
    Matcher mark = MARK.matcher(template);
    String plain =
        mark.replaceAll(
            found ->
                found.group(1) + (found.group(2) == null ? "if true" : "endif") + found.group(3));
    return named(plain.replace("[::-1]", "|reverse|list"));
  }

  /**
   * Jinjava writes the else of a loop after every loop, where Python's does so after empty ones.
   */
  private static void refuse(String template) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(template);
    while (tag.find()) {
      String word = tag.group(1);
      if (word.equals("for") || word.equals("if")) {
        open.push(word);
      } else if (word.equals("endfor") || word.equals("endif")) {
        open.poll();
      } else if (word.equals("else") && "for".equals(open.peek())) {
        throw new BadTemplate("it has an else of a for, which is not known here");
      }
      if (word.equals("for") && tag.group(2).matches("(?s).*\\brecursive\\s*-?")) {
        throw new BadTemplate("it has a recursive for, which is not known here");
      }
    }
  }

  /** {@code namespace(a=x - 1)} as {@code namespace(a=(x - 1))}: Jinjava binds the name closer. */
  private static String named(String template) {
    StringBuilder text = new StringBuilder();
    int done = 0;
    Matcher call = NAMESPACE.matcher(template);
    while (call.find(done)) {
      text.append(template, done, call.end());
      int from = call.end();
      int depth = 0;
      char quote = 0;
      int at = from;
      for (; at < template.length() && depth >= 0; at++) {
        char c = template.charAt(at);
        if (quote != 0) {
          at += c == '\\' ? 1 : 0;
          quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"') {
          quote = c;
        } else if ("([{".indexOf(c) >= 0) {
          depth++;
        } else if (")]}".indexOf(c) >= 0) {
          depth--;
        }
        if (quote == 0 && (depth < 0 || (depth == 0 && c == ','))) {
          text.append(bracketed(template.substring(from, at))).append(c);
          from = at + 1;
        }
      }
      done = Math.min(at, template.length());
    }
    return text.append(template.substring(done)).toString();
  }

  private static String bracketed(String argument) {
    Matcher name = NAMED.matcher(argument);
    return name.lookingAt()
        ? name.group() + "(" + argument.substring(name.end()).strip() + ")"
        : argument;
  }
}
