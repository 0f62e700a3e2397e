package dev.rootstock.preprocess.mask;

import static dev.rootstock.preprocess.mask.Borders.at;
import static dev.rootstock.preprocess.mask.Borders.isDigit;
import static dev.rootstock.preprocess.mask.Borders.isPlain;

import dev.rootstock.preprocess.mask.Mask.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What opens a door: tokens that tell their issuer by their beginning, JSON web tokens, private key
 * blocks, and passwords that are assigned to a name. Long runs of token characters are looked at,
 * nothing else; plain hashes have no issuer and stay.
 */
final class Secrets implements Mask.Finder {
  private static final int SHORTEST_TOKEN = 16; // characters
  private static final int SHORTEST_VALUE = 8; // characters of an assigned password
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 200;
  private static final double ENTROPY = 2.75; // bits a character; words of prose have less
  private static final int LONGEST_KEY = 16_384; // characters of a key block
  private static final String BEGIN = "-----BEGIN ";
  private static final String KEY = "PRIVATE KEY";
  private static final Set<String> NAMES =
      Set.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "token",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authtoken",
          "credential",
          "credentials");

  /** {@code process.env.SECRET_1}: code that looks a secret up. */
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z_$][\\w$]*+(\\.[A-Za-z_$][\\w$]*+)++");

  /**
   * A kind of token.
   *
   * @param beginning what it begins with
   * @param least characters that follow, at the least
   * @param exact whether no more may follow
   */
  private record Token(String beginning, int least, boolean exact) {}

  private static final List<Token> TOKENS =
      List.of(
          new Token("AKIA", 16, true), // AWS
          new Token("ASIA", 16, true),
          new Token("ghp_", 36, false), // GitHub
          new Token("gho_", 36, false),
          new Token("ghu_", 36, false),
          new Token("ghs_", 36, false),
          new Token("ghr_", 36, false),
          new Token("github_pat_", 22, false),
          new Token("glpat-", 20, false), // GitLab
          new Token("xoxb-", 10, false), // Slack
          new Token("xoxp-", 10, false),
          new Token("xoxa-", 10, false),
          new Token("xoxr-", 10, false),
          new Token("xoxs-", 10, false),
          new Token("xapp-", 10, false),
          new Token("AIza", 35, true), // Google
          new Token("sk_live_", 16, false), // Stripe
          new Token("rk_live_", 16, false),
          new Token("sk_test_", 16, false),
          new Token("sk-ant-", 24, false), // Anthropic
          new Token("sk-proj-", 24, false), // OpenAI
          new Token("sk-", 40, false),
          new Token("hf_", 30, false), // Hugging Face
          new Token("npm_", 36, true),
          new Token("pypi-AgEI", 40, false),
          new Token("dop_v1_", 64, true), // DigitalOcean
          new Token("shpat_", 32, true)); // Shopify

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    tokens(text, found);
    blocks(text, found);
    assignments(text, found);
    found.sort(Comparator.comparingInt(Span::from).thenComparing(span -> -span.to()));
    return found;
  }

  private static void tokens(String text, List<Span> found) {
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && inToken(text.charAt(end))) {
        end++;
      }
      if (end - i >= SHORTEST_TOKEN) {
        if (text.startsWith("eyJ", i) && at(text, end) == '.') {
          end = webToken(text, i, end, found);
        } else if (isToken(text, i, end)) {
          found.add(new Span(i, end));
        }
      }
      i = end + 1;
    }
  }

  private static boolean inToken(char c) {
    return isPlain(c) || c == '_' || c == '-';
  }

  private static boolean isToken(String text, int from, int end) {
    for (Token token : TOKENS) {
      if (text.startsWith(token.beginning(), from)) {
        int rest = end - from - token.beginning().length();
        boolean fits = token.exact() ? rest == token.least() : rest >= token.least();
        if (fits && mixes(text, from + token.beginning().length(), end)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Letters and digits: no name of a long file. */
  private static boolean mixes(String text, int from, int end) {
    boolean digits = false;
    boolean letters = false;
    for (int i = from; i < end; i++) {
      digits |= isDigit(text.charAt(i));
      letters |= Character.isLetter(text.charAt(i));
    }
    return digits && letters;
  }

  /** Two more parts behind points; answers where the search goes on. */
  private static int webToken(String text, int from, int end, List<Span> found) {
    int body = end + 1;
    while (body < text.length() && inToken(text.charAt(body))) {
      body++;
    }
    if (!text.startsWith("eyJ", end + 1) || at(text, body) != '.') {
      return body;
    }
    int signature = body + 1;
    while (signature < text.length() && inToken(text.charAt(signature))) {
      signature++;
    }
    found.add(new Span(from, signature));
    return signature;
  }

  private static void blocks(String text, List<Span> found) {
    int from = text.indexOf(BEGIN);
    while (from >= 0) {
      int next = from + BEGIN.length();
      int line = next;
      while (line < text.length() && line - next < 40 && text.charAt(line) != '\n') {
        line++;
      }
      if (text.substring(next, line).contains(KEY)) {
        String window = text.substring(next, Math.min(text.length(), next + LONGEST_KEY));
        int end = window.indexOf("-----END ");
        int last = end < 0 ? -1 : window.indexOf("-----", end + 9);
        next = last < 0 ? next + window.length() : next + last + 5; // cut off: still a key
        found.add(new Span(from, next));
      }
      from = text.indexOf(BEGIN, next);
    }
  }

  private static void assignments(String text, List<Span> found) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '=' || c == ':') && isSecretName(text, i)) {
        Span value = value(text, i + 1);
        if (value.to() - value.from() >= SHORTEST_VALUE
            && isPassword(text.substring(value.from(), value.to()))) {
          found.add(value);
          i = value.to() - 1;
        }
      } else if (c == ':' && text.startsWith("://", i)) {
        userPassword(text, i + 3, found);
      }
    }
  }

  /** {@code aws_secret_access_key}, {@code "apiKey"}, {@code DB-PASSWORD}: what ends in a name. */
  private static boolean isSecretName(String text, int sign) {
    int end = sign;
    while (end > 0 && sign - end < 3 && " \"'".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    StringBuilder name = new StringBuilder();
    for (int i = end; i > 0 && end - i < LONGEST_NAME && inToken(text.charAt(i - 1)); i--) {
      if (isPlain(text.charAt(i - 1))) {
        name.append(text.charAt(i - 1));
      }
    }
    if (name.length() < 3) {
      return false;
    }
    String low = name.reverse().toString().toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(low::endsWith);
  }

  private static Span value(String text, int from) {
    int start = from;
    while (start < text.length()
        && start - from < 3
        && " =>\"'`".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < text.length()
        && end - start < LONGEST_VALUE
        && text.charAt(end) > ' '
        && text.charAt(end) < 127
        && "\"'`,;<>".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return new Span(start, end);
  }

  /** Letters and digits, unevenly: neither a word, nor a variable, nor a call. */
  private static boolean isPassword(String value) {
    return value.indexOf('(') < 0
        && value.indexOf('{') < 0
        && value.indexOf("://") < 0
        && !PATH.matcher(value).matches()
        && mixes(value, 0, value.length())
        && entropy(value) >= ENTROPY;
  }

  /** Shannon's, in bits a character. */
  static double entropy(String value) {
    int[] counts = new int[128];
    value.chars().forEach(c -> counts[c & 127]++);
    double bits = 0;
    for (int count : counts) {
      double share = (double) count / value.length();
      bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
    }
    return bits;
  }

  /** The password of {@code scheme://user:password@host}. */
  private static void userPassword(String text, int from, List<Span> found) {
    int colon = -1;
    for (int i = from; i < text.length() && i - from < LONGEST_VALUE; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        if (colon >= from && i - colon > 1) {
          found.add(new Span(colon + 1, i));
        }
        return;
      }
      if (c <= ' ' || c == '/' || c == '"' || c == '?' || c == '#') {
        return;
      }
      colon = c == ':' && colon < 0 ? i : colon;
    }
  }
}
