package dev.rootstock.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a client and a server on loopback and does to each request what a rule says. One
 * request a connection.
 */
final class FaultyProxy implements AutoCloseable {
  /** What becomes of a request. */
  enum Fate {
    PASS,
    /** Half of its body is read, then the connection is cut; the server never hears of it. */
    CUT_REQUEST,
    /** The server does it, and the client never hears of that. */
    LOSE_REPLY,
    /** The first half of the server's reply, then the connection is cut. */
    CUT_REPLY,
    SLOW_DOWN_503,
    DENIED_403,
    /** Without {@code If-None-Match}, as a server that does not know it. */
    UNCONDITIONAL,
    /** Looks first, then writes unconditionally, as a server that is not atomic. */
    LOOK_THEN_WRITE
  }

  /** Decides; called by many threads. */
  interface Rule {
    Fate of(Request request);
  }

  /** A request's first line and headers, each with its line end, and its body. */
  record Request(String line, List<String> headers, byte[] body) {
    boolean is(String method) {
      return line.startsWith(method + " ");
    }

    boolean asks(String query) {
      return line.split(" ")[1].contains(query);
    }

    boolean isProbe() {
      return asks("/probe/");
    }

    Request without(String header) {
      String name = header.toLowerCase(Locale.ROOT) + ":";
      return new Request(
          line,
          headers.stream().filter(one -> !one.toLowerCase(Locale.ROOT).startsWith(name)).toList(),
          body);
    }

    byte[] wire() throws IOException {
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      wire.write((line + "\r\n").getBytes(ISO_8859_1));
      for (String header : without("connection").headers()) {
        wire.write((header + "\r\n").getBytes(ISO_8859_1));
      }
      wire.write("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
      wire.write(body);
      return wire.toByteArray();
    }
  }

  private final ServerSocket door;
  private final int server;
  private volatile Rule rule;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  FaultyProxy(int server, Rule rule) throws IOException {
    this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    this.server = server;
    this.rule = rule;
    thread(this::serve);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** Goes on by another rule, and forgets what it has seen. */
  void follow(Rule next) {
    rule = next;
    seen.clear();
  }

  /** First lines of the requests so far, but for the probe's, each with its fate. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  private void serve() {
    try {
      while (true) {
        Socket client = door.accept();
        open.add(client);
        thread(() -> answer(client));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void answer(Socket client) {
    try (client) {
      Request request = read(client.getInputStream());
      Fate fate = rule.of(request);
      if (!request.isProbe()) {
        seen.add(fate + " " + request.line());
      }
      OutputStream out = client.getOutputStream();
      switch (fate) {
        case PASS -> out.write(forward(request));
        case UNCONDITIONAL -> out.write(forward(request.without("if-none-match")));
        case LOOK_THEN_WRITE -> out.write(lookThenWrite(request));
        case LOSE_REPLY -> forward(request);
        case CUT_REPLY -> {
          byte[] reply = forward(request);
          out.write(reply, 0, reply.length / 2 + 200); // behind the headers
        }
        case SLOW_DOWN_503 -> out.write(error("503 Slow Down", "SlowDown"));
        case DENIED_403 -> out.write(error("403 Forbidden", "AccessDenied"));
        case CUT_REQUEST -> client.setSoLinger(true, 0); // a reset
        default -> throw new IllegalStateException(fate.name());
      }
    } catch (IOException gone) {
      return; // the client is, or was cut off
    } finally {
      open.remove(client);
    }
  }

  private byte[] lookThenWrite(Request request) throws IOException {
    if (request.without("if-none-match").headers().size() == request.headers().size()) {
      return forward(request);
    }
    Request look =
        new Request(
            request.line().replaceFirst("^PUT", "HEAD"),
            request.without("content-length").headers(),
            new byte[0]);
    byte[] there = forward(look.without("if-none-match").without("content-md5"));
    if (new String(there, 0, 12, ISO_8859_1).endsWith("200")) {
      return error("412 Precondition Failed", "PreconditionFailed");
    }
    return forward(request.without("if-none-match"));
  }

  private static byte[] error(String status, String code) {
    String xml = "<Error><Code>" + code + "</Code><Message>by the test's proxy</Message></Error>";
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: ";
    return (head + xml.length() + "\r\n\r\n" + xml).getBytes(ISO_8859_1);
  }

  private byte[] forward(Request request) throws IOException {
    try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      upstream.getOutputStream().write(request.wire());
      return upstream.getInputStream().readAllBytes();
    }
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    List<String> headers = new ArrayList<>();
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return new Request(line, headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
