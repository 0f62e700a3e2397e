package dev.rootstock.preprocess.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.netpreserve.jwarc.HttpParser;
import org.netpreserve.jwarc.HttpResponse;

/** An HTTP response as a crawler kept it: header, then a body in chunks, packed or plain. */
final class HttpReply {
  /** Bytes in which a header must end; servers and clients stop long before. */
  static final int HEADER = 1 << 16;

  private final HttpParser header;
  private final byte[] beginning;
  private final int end;

  private HttpReply(HttpParser header, byte[] beginning, int end) {
    this.header = header;
    this.beginning = beginning;
    this.end = end;
  }

  /**
   * @param beginning first {@link #HEADER} bytes of the response, all of them if it is shorter
   * @throws IOException if no header is there
   */
  static HttpReply of(byte[] beginning) throws IOException {
    int end = endOfHeader(beginning);
    if (end < 0) {
      throw new IOException("no HTTP header ends within " + beginning.length + " bytes");
    }
    HttpParser parser = new HttpParser();
    parser.lenientResponse();
    parser.parse(ByteBuffer.wrap(beginning, 0, end));
    if (parser.isError() || !parser.isFinished()) {
      throw new IOException("the HTTP header is broken");
    }
    return new HttpReply(parser, beginning, end);
  }

  private static int endOfHeader(byte[] bytes) {
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n'
          && (bytes[i - 1] == '\n' || i > 2 && bytes[i - 1] == '\r' && bytes[i - 2] == '\n')) {
        return i + 1;
      }
    }
    return -1;
  }

  int status() {
    return header.status();
  }

  Optional<String> field(String name) {
    return header.headers().first(name);
  }

  /**
   * What was sent, out of its chunks and unpacked; of more than {@code limit} bytes the first
   * {@code limit + 1}. A body that is plain though its header calls it packed is taken as it is:
   * crawlers unpack and keep the header.
   *
   * @param rest the response after its beginning
   * @throws IOException if it does not unpack
   */
  byte[] payload(byte[] rest, int limit) throws IOException {
    InputStream body;
    if (header.headers().contains("Transfer-Encoding", "chunked")) {
      InputStream all =
          new SequenceInputStream(
              new ByteArrayInputStream(beginning), new ByteArrayInputStream(rest));
      body = HttpResponse.parse(Channels.newChannel(all)).body().stream();
    } else {
      body =
          new SequenceInputStream(
              new ByteArrayInputStream(beginning, end, beginning.length - end),
              new ByteArrayInputStream(rest));
    }
    List<String> codings =
        header.headers().all("Content-Encoding").stream()
            .flatMap(names -> Stream.of(names.split(",")))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .toList();
    for (int i = codings.size() - 1; i >= 0; i--) {
      body = unpacked(body, codings.get(i));
    }
    return body.readNBytes(limit + 1);
  }

  private static InputStream unpacked(InputStream packed, String coding) throws IOException {
    byte[] first = packed.readNBytes(4);
    InputStream body = new SequenceInputStream(new ByteArrayInputStream(first), packed);
    int two = first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
    boolean zlib = (two >> 8 & 0x0f) == 8 && two % 31 == 0;
    return switch (coding) {
      case "gzip", "x-gzip" -> two == 0x1f8b ? new Gunzip(body) : body;
      case "deflate" -> new InflaterInputStream(body, new Inflater(!zlib));
      case "br" -> new BrotliInputStream(body);
      case "zstd" -> two == 0x28b5 ? new ZstdInputStream(body) : body;
      case "", "identity", "none" -> body;
      default ->
          throw new IOException(
              coding.matches("[a-z0-9-]{1,20}")
                  ? "Content-Encoding " + coding + " can not be read"
                  : "an unknown Content-Encoding");
    };
  }
}
