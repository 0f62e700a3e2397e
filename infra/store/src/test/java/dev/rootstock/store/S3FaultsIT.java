package dev.rootstock.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.store.Artifacts;
import dev.rootstock.contract.store.Series;
import dev.rootstock.store.FaultyProxy.Fate;
import dev.rootstock.store.FaultyProxy.Request;
import dev.rootstock.store.FaultyProxy.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** A server that is slow, cut off, refuses or forgets to answer. */
class S3FaultsIT {
  private static final int ATTEMPTS = 4;
  private static final byte[] BODY = "body".getBytes(UTF_8);

  @RegisterExtension static final S3ServerExtension SERVER = S3ServerExtension.open();

  @TempDir Path folder;

  private final URI place = S3ServerExtension.place();
  private static FaultyProxy known; // one for most tests: each new one is probed
  private FaultyProxy proxy;
  private S3Store store;

  @BeforeAll
  static void stand() throws IOException {
    known = new FaultyProxy(SERVER.port(), request -> Fate.PASS);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    if (proxy != known) {
      proxy.close();
    }
  }

  @AfterAll
  static void leave() throws IOException {
    known.close();
  }

  @Test
  void aServerThatIsBusyForAWhileIsAskedAgain() throws IOException {
    through(first(3, Fate.SLOW_DOWN_503, request -> request.is("PUT")));

    store.publish(BODY, "key");

    assertThat(direct().read("key")).isEqualTo(BODY);
    assertThat(proxy.seen()).filteredOn(line -> line.contains("PUT")).hasSize(4);
  }

  @Test
  void aServerThatStaysBusyIsAnIOException() throws IOException {
    through(first(100, Fate.SLOW_DOWN_503, request -> request.is("PUT")));

    assertThatThrownBy(() -> store.publish(BODY, "key"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(place + "/key")
        .hasMessageContaining("by the test's proxy");
    assertThat(direct().list("")).isEmpty();
  }

  @Test
  void aCutRequestIsSentAgain() throws IOException {
    through(first(2, Fate.CUT_REQUEST, request -> request.is("PUT")));

    store.publish(BODY, "key");

    assertThat(direct().read("key")).isEqualTo(BODY);
  }

  @Test
  void aLostReplyIsNotTakenForAnother() throws IOException {
    through(first(1, Fate.LOSE_REPLY, request -> request.is("PUT")));

    store.publish(BODY, "key"); // sent again, and answered 412 for our own object

    assertThat(direct().read("key")).isEqualTo(BODY);
    assertThat(proxy.seen()).filteredOn(line -> line.contains("PUT")).hasSize(2);
  }

  @Test
  void aLostReplyDoesNotHideThatAnotherWasFirst() throws IOException {
    through(first(1, Fate.LOSE_REPLY, request -> request.is("PUT")));
    direct().publish(BODY, "key");

    assertThatThrownBy(() -> store.publish(BODY, "key"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void whereEveryReplyIsLostTheObjectItselfTells() throws IOException {
    through(first(100, Fate.LOSE_REPLY, request -> request.is("PUT")));

    store.publish(BODY, "key");

    assertThat(direct().read("key")).isEqualTo(BODY);
  }

  @Test
  void aSeriesGrowsByOneThoughAReplyIsLost() throws IOException {
    through(first(1, Fate.LOSE_REPLY, request -> request.is("PUT")));
    Series<Entry> series = new Series<>(store, "series", Entry.class);

    assertThat(series.append(new Entry("a"))).isEqualTo(1);
    assertThat(series.append(new Entry("b"))).isEqualTo(2);
    assertThat(direct().list("series/")).hasSize(2);
  }

  /** An entry of a series. */
  record Entry(String word) {}

  @Test
  void aPartThatIsCutOrRefusedIsSentAgain() throws IOException {
    Path large = large();
    AtomicInteger parts = new AtomicInteger();
    through(
        request -> {
          if (!request.asks("partNumber=")) {
            return Fate.PASS;
          }
          return switch (parts.incrementAndGet()) {
            case 1 -> Fate.CUT_REQUEST;
            case 2 -> Fate.SLOW_DOWN_503;
            case 3 -> Fate.LOSE_REPLY;
            default -> Fate.PASS;
          };
        });

    store.publish(large, "large");

    assertThat(Artifacts.sum(direct(), "large")).isEqualTo(Artifacts.sum(large));
  }

  @Test
  void aLostReplyToTheLastRequestOfALargeFileIsNotTakenForAnother() throws IOException {
    Path large = large();
    through(first(1, Fate.LOSE_REPLY, S3FaultsIT::completes));

    store.publish(large, "large");

    assertThat(Artifacts.sum(direct(), "large")).isEqualTo(Artifacts.sum(large));
  }

  @Test
  void ofALargeFileThatCanNotBeCompletedNothingStays() throws IOException {
    Path large = large();
    through(first(100, Fate.SLOW_DOWN_503, S3FaultsIT::completes));

    assertThatThrownBy(() -> store.publish(large, "large")).isInstanceOf(IOException.class);

    assertThat(direct().list("")).isEmpty();
    assertThat(proxy.seen())
        .anyMatch(line -> line.startsWith("PASS DELETE") && line.contains("uploadId="));
    assertThat(unfinishedUploads()).isZero();
  }

  @Test
  void ofAFileThatBecomesShorterWhileItIsSentNothingStays() throws IOException {
    Path large = large();
    AtomicInteger parts = new AtomicInteger();
    through(
        request -> {
          if (request.asks("uploads") && request.is("POST") && parts.getAndIncrement() == 0) {
            shorten(large);
          }
          return Fate.PASS;
        });

    assertThatThrownBy(() -> store.publish(large, "large"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("became shorter");

    assertThat(direct().list("")).isEmpty();
    assertThat(unfinishedUploads()).isZero();
  }

  @Test
  void aReplyCutInTheMiddleIsReadOnFromThere() throws IOException {
    Path file = random(200_000);
    through(first(2, Fate.CUT_REPLY, request -> request.is("GET") && request.asks("/key")));
    direct().publish(file, "key");

    assertThat(store.read("key")).isEqualTo(Files.readAllBytes(file));
    assertThat(proxy.seen()).filteredOn(line -> line.startsWith("CUT_REPLY GET")).hasSize(2);
    try (InputStream part = store.open("key")) {
      assertThat(part.readNBytes(100)).isEqualTo(store.read("key", 0, 100));
    }
  }

  @Test
  void repliesThatAreCutForEverAreAnIOException() throws IOException {
    through(first(100, Fate.LOSE_REPLY, request -> request.is("GET") && request.asks("/key")));
    direct().publish(BODY, "key");

    assertThatThrownBy(() -> store.read("key")).isInstanceOf(IOException.class);
  }

  @Test
  void whoMayOnlyReadCanReadAndIsToldSoOnWriting() throws IOException {
    direct().publish(BODY, "key");
    throughNew(request -> request.is("GET") || request.is("HEAD") ? Fate.PASS : Fate.DENIED_403);

    assertThat(store.read("key")).isEqualTo(BODY);
    assertThat(store.list("")).containsExactly("key");
    assertThatThrownBy(() -> store.publish(BODY, "another"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("store is \"" + place + "\" (AccessDenied at ")
        .hasMessageContaining("it must be a bucket that these credentials may write to")
        .hasMessageContaining("s3:PutObject");
    assertThatThrownBy(() -> store.delete("key"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("s3:DeleteObject");
  }

  @Test
  void aServerThatIgnoresTheConditionIsRefused() throws IOException {
    throughNew(request -> Fate.UNCONDITIONAL);

    refused();
  }

  @Test
  void aServerThatLooksBeforeItWritesIsRefusedThoughItPassesOneByOne() throws IOException {
    throughNew(request -> request.is("PUT") ? Fate.LOOK_THEN_WRITE : Fate.PASS);

    refused();
  }

  @Test
  void aServerThatIgnoresTheConditionOnUploadsInPartsIsRefused() throws IOException {
    throughNew(request -> completes(request) ? Fate.UNCONDITIONAL : Fate.PASS);

    refused();
  }

  private void refused() throws IOException {
    assertThatThrownBy(() -> store.publish(BODY, "key"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("store is \"" + place + "\" (it ignores create-if-absent: ")
        .hasMessageContaining("it must be on a server that honours \"If-None-Match: *\"");
    assertThat(direct().list("")).as("neither the object nor the probe's own").isEmpty();
  }

  @Test
  void probesOnceAndOnlyBeforeTheFirstPublish() throws IOException {
    AtomicInteger probes = new AtomicInteger();
    throughNew(
        request -> {
          probes.addAndGet(request.isProbe() ? 1 : 0);
          return Fate.PASS;
        });

    assertThat(store.list("")).isEmpty();
    assertThat(probes).hasValue(0);
    store.publish(BODY, "first");
    int once = probes.get();
    assertThat(once).isPositive();
    store.publish(BODY, "second");
    assertThat(probes).hasValue(once);
    assertThat(direct().list("")).containsExactly("first", "second");
  }

  private void through(Rule rule) throws IOException {
    known.follow(request -> Fate.PASS);
    open(known);
    store.publish(BODY, "probed");
    store.delete("probed");
    known.follow(rule);
  }

  private void throughNew(Rule rule) throws IOException {
    open(new FaultyProxy(SERVER.port(), rule));
  }

  private void open(FaultyProxy to) throws IOException {
    proxy = to;
    store = S3ServerExtension.open(proxy.endpoint(), place, ATTEMPTS, 1000);
  }

  /** The server without the proxy, as another client sees it. */
  private S3Store direct() throws IOException {
    return S3ServerExtension.open(SERVER.endpoint(), place, ATTEMPTS, 1000);
  }

  /** The first {@code times} requests of a kind, the probe's not counted, meet {@code fate}. */
  private static Rule first(int times, Fate fate, Predicate<Request> kind) {
    AtomicInteger met = new AtomicInteger();
    return request ->
        !request.isProbe() && kind.test(request) && met.getAndIncrement() < times
            ? fate
            : Fate.PASS;
  }

  private static boolean completes(Request request) {
    return request.is("POST") && request.asks("uploadId=");
  }

  private int unfinishedUploads() {
    try (S3Client client =
        new S3Settings(Optional.of(SERVER.endpoint()), true, ATTEMPTS).client()) {
      return client
          .listMultipartUploads(list -> list.bucket(S3ServerExtension.BUCKET))
          .uploads()
          .size();
    }
  }

  private static void shorten(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(20 << 20);
    } catch (IOException broken) {
      throw new java.io.UncheckedIOException(broken);
    }
  }

  private Path large() throws IOException {
    return random(33 << 20);
  }

  private Path random(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(bytes).nextBytes(content);
    return Files.write(Files.createTempFile(folder, "random", ""), content);
  }
}
