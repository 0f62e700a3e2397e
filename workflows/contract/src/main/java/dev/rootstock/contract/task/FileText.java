package dev.rootstock.contract.task;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.TaskSpec;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A file's bytes as text, by the encoding that a task names. */
final class FileText {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /**
   * Decodes.
   *
   * @param notes gets a sentence where AUTO had to fall back
   * @throws InvalidConfig naming file, line and byte where UTF-8 is asked for and it is not
   */
  static String of(byte[] bytes, TaskSpec.Encoding encoding, String file, List<String> notes) {
    return switch (encoding) {
      case ISO_8859_1 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case WINDOWS_1252 -> new String(bytes, WINDOWS_1252);
      case UTF_8, AUTO -> {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        int fault = decode(bytes, text);
        if (fault < 0) {
          String decoded = text.flip().toString();
          yield decoded.isEmpty() || decoded.charAt(0) != BYTE_ORDER_MARK
              ? decoded
              : decoded.substring(1);
        }
        Problem problem = problem(bytes, fault, file);
        if (encoding == TaskSpec.Encoding.UTF_8) {
          throw new InvalidConfig(problem);
        }
        notes.add(
            file
                + " is not UTF-8 ("
                + problem.path()
                + " is "
                + problem.found()
                + "); read as windows-1252");
        yield new String(bytes, WINDOWS_1252);
      }
    };
  }

  /** The offset of the first byte that is not UTF-8, or -1. */
  private static int decode(byte[] bytes, CharBuffer text) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, text, true);
    return result.isError() ? in.position() : -1;
  }

  private static Problem problem(byte[] bytes, int fault, String file) {
    int line = 1;
    for (int i = 0; i < fault; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return Problem.of(
        file + " line " + line + ", byte " + fault,
        String.format(Locale.ROOT, "0x%02x", bytes[fault] & 0xff),
        "UTF-8",
        "Set encoding to auto, windows-1252 or iso-8859-1, or convert the file");
  }
}
