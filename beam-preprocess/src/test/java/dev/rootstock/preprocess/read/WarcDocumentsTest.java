package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.gzip;
import static dev.rootstock.preprocess.read.Corpus.read;
import static dev.rootstock.preprocess.read.Corpus.zstd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.read.Corpus.Taken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.HttpRequest;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcConversion;
import org.netpreserve.jwarc.WarcRequest;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;

class WarcDocumentsTest {
  private static final String URL = "http://example.org/page";
  private static final String PAGE =
      "<html lang=\"fr\"><head><title>t</title></head><body><article><p>Une phrase assez longue pour \u00eatre gard\u00e9e, \u00e9crite avec soin.</p></article></body></html>";

  @TempDir Path folder;

  private interface Records {
    void write(WarcWriter warc) throws IOException;
  }

  private static byte[] warc(WarcCompression compression, Records records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WarcWriter writer = new WarcWriter(Channels.newChannel(bytes), compression)) {
      records.write(writer);
    }
    return bytes.toByteArray();
  }

  private static WarcResponse response(int status, byte[] body, String... headers)
      throws IOException {
    HttpResponse.Builder reply = new HttpResponse.Builder(status, "said");
    for (int i = 0; i < headers.length; i += 2) {
      reply.addHeader(headers[i], headers[i + 1]);
    }
    return new WarcResponse.Builder(URI.create(URL)).body(reply.body(null, body).build()).build();
  }

  private static byte[] plain(Records records) throws IOException {
    return warc(WarcCompression.NONE, records);
  }

  private Taken take(byte[]... parts) throws IOException {
    return read(file(folder.resolve("file.warc"), Format.WARC, parts));
  }

  private static byte[] text(String words) throws IOException {
    return plain(warc -> warc.write(response(200, bytes(words), "Content-Type", "text/plain")));
  }

  @Test
  void pagesAndTextsAreDocumentsAndAllElseIsCounted() throws IOException {
    Records records =
        warc -> {
          warc.write(new Warcinfo.Builder().fields(Map.of("software", List.of("test"))).build());
          warc.write(
              new WarcRequest.Builder(URI.create(URL))
                  .body(new HttpRequest.Builder("GET", "/").build())
                  .build());
          warc.write(response(200, bytes(PAGE), "Content-Type", "text/html; charset=utf-8"));
          warc.write(response(404, bytes(PAGE), "Content-Type", "text/html"));
          warc.write(response(200, new byte[] {1, 2}, "Content-Type", "image/png"));
          warc.write(response(200, bytes("plain words"), "Content-Type", "text/plain"));
          warc.write(
              new WarcResource.Builder(URI.create("file:///notes"))
                  .body(MediaType.PLAIN_TEXT, bytes("a resource"))
                  .build());
        };
    byte[] plain = plain(records);
    for (byte[] bytes : new byte[][] {plain, warc(WarcCompression.GZIP, records), zstd(plain)}) {
      Taken taken = take(bytes);

      assertThat(taken.outcome().broken()).isEmpty();
      assertThat(taken.documents()).hasSize(3);
      assertThat(taken.documents().get(0).text())
          .contains("Une phrase assez longue pour \u00eatre");
      assertThat(taken.documents().get(0).url()).isEqualTo(URL);
      assertThat(taken.texts()).endsWith("plain words", "a resource");
      assertThat(taken.records()).containsExactly(2L, 5L, 6L);
      assertThat(taken.outcome().skipped())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "warc type warcinfo", 1L,
                  "warc type request", 1L,
                  "http status 404", 1L,
                  "content type other than text", 1L));
    }
  }

  @Test
  void conversionsOfWetAreTextsInTheirLanguage() throws IOException {
    byte[] wet =
        plain(
            warc -> {
              warc.write(
                  new WarcConversion.Builder()
                      .addHeader("WARC-Target-URI", URL)
                      .addHeader("WARC-Identified-Content-Language", "deu")
                      .body(MediaType.PLAIN_TEXT, bytes("Ein Satz.\n"))
                      .build());
              warc.write(
                  new WarcConversion.Builder()
                      .addHeader("WARC-Identified-Content-Language", "eng,fra")
                      .body(MediaType.PLAIN_TEXT, bytes("Two"))
                      .build());
            });
    Taken taken = read(file(folder.resolve("x.warc.wet.gz"), Format.WET, gzip(wet)));

    assertThat(taken.texts()).containsExactly("Ein Satz.\n", "Two");
    assertThat(taken.documents()).extracting(Document::language).containsExactly("de", null);
    assertThat(taken.documents()).extracting(Document::url).containsExactly(URL, null);
  }

  @Test
  void charactersAreReadAsTheHeaderSays() throws IOException {
    Charset latin = StandardCharsets.ISO_8859_1;
    Taken taken =
        take(
            plain(
                warc -> {
                  warc.write(
                      response(
                          200,
                          PAGE.getBytes(latin),
                          "Content-Type",
                          "text/html;charset=iso-8859-1"));
                  warc.write(
                      response(
                          200,
                          "\u00e9t\u00e9".getBytes(latin),
                          "Content-Type",
                          "text/plain; charset=\"latin1\""));
                  warc.write(
                      response(200, "\u00e9t\u00e9".getBytes(latin), "Content-Type", "text/plain"));
                }));

    assertThat(taken.documents().get(0).text()).contains("\u00eatre gard\u00e9e, \u00e9crite");
    assertThat(taken.documents().get(1).text()).isEqualTo("\u00e9t\u00e9");
    assertThat(taken.faults()).containsExactly("not UTF-8: byte 0xe9 at 0");
  }

  /** One block that is stored as it is, and an empty last one. */
  private static byte[] brotli(byte[] words) {
    int header = words.length - 1 << 4 | 1 << 20;
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(header);
    packed.write(header >> 8);
    packed.write(header >> 16);
    packed.writeBytes(words);
    packed.write(3);
    return packed.toByteArray();
  }

  @Test
  void bodiesAreUnpackedHoweverTheyAreCoded() throws IOException {
    byte[] words = bytes("some words that were packed");
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(zlib)) {
      deflater.write(words);
    }
    byte[] raw = Arrays.copyOfRange(zlib.toByteArray(), 2, zlib.size() - 4);
    byte[] chunked = bytes("5\r\nsome \r\n16\r\nwords that were packed\r\n0\r\n\r\n");
    String type = "Content-Type";
    String coding = "Content-Encoding";
    Taken taken =
        take(
            plain(
                warc -> {
                  warc.write(response(200, gzip(words), type, "text/plain", coding, "gzip"));
                  warc.write(response(200, words, type, "text/plain", coding, "gzip"));
                  warc.write(
                      response(200, zlib.toByteArray(), type, "text/plain", coding, "deflate"));
                  warc.write(response(200, raw, type, "text/plain", coding, "deflate"));
                  warc.write(response(200, brotli(words), type, "text/plain", coding, "br"));
                  warc.write(response(200, zstd(words), type, "text/plain", coding, "zstd"));
                  warc.write(
                      response(200, chunked, type, "text/plain", "Transfer-Encoding", "chunked"));
                  warc.write(
                      response(200, gzip(gzip(words)), type, "text/plain", coding, "gzip, gzip"));
                }));

    assertThat(taken.faults()).isEmpty();
    assertThat(taken.texts()).hasSize(8).containsOnly("some words that were packed");
  }

  @Test
  void aBodyThatDoesNotUnpackIsAFaultAndReadingGoesOn() throws IOException {
    byte[] cut = Arrays.copyOf(gzip(bytes("some words that were packed")), 20);
    byte[] bomb = gzip(new byte[200 << 20]);
    Taken taken =
        take(
            plain(
                warc -> {
                  warc.write(
                      response(200, cut, "Content-Type", "text/plain", "Content-Encoding", "gzip"));
                  warc.write(
                      response(200, cut, "Content-Type", "text/plain", "Content-Encoding", "lzma"));
                  warc.write(
                      response(
                          200, bomb, "Content-Type", "text/plain", "Content-Encoding", "gzip"));
                  warc.write(
                      response(200, bomb, "Content-Type", "text/html", "Content-Encoding", "gzip"));
                }),
            text("after"));

    assertThat(taken.faults()).hasSize(4);
    assertThat(taken.faults().get(0)).contains("cut off");
    assertThat(taken.faults().get(1)).contains("lzma");
    assertThat(taken.faults().subList(2, 4))
        .containsExactly("more than 16 MiB in one record", "more than 8 MiB in one record");
    assertThat(taken.texts()).endsWith("after");
  }

  @Test
  void afterABrokenRecordTheNextSoundOneIsFound() throws IOException {
    String noLength = "WARC/1.0\r\nWARC-Type: response\r\n\r\nwhat follows\r\nis skipped\r\n\r\n";
    String wrongLength =
        "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nmore than four\r\n\r\n";
    String noHeader =
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9\r\n\r\nnot HTTP!\r\n\r\n";
    Taken taken =
        take(
            text("first"),
            bytes(noLength),
            text("second"),
            bytes("garbage\n\0\0\n"),
            text("third"),
            bytes(wrongLength),
            bytes(noHeader),
            bytes("WARC/1.0\r\nno colon here\r\n"),
            text("last"));

    assertThat(taken.outcome().broken()).isEmpty();
    assertThat(taken.texts().stream().filter(words -> !words.isEmpty()))
        .containsExactly("first", "second", "third", "more", "not HTTP!", "last");
    assertThat(taken.faults())
        .hasSize(5)
        .anyMatch(fault -> fault.contains("Content-Length is missing"))
        .anyMatch(fault -> fault.contains("no record begins here: a line of 7 characters"))
        .anyMatch(fault -> fault.contains("no record begins here: a line of 10 characters"))
        .anyMatch(fault -> fault.contains("no HTTP header"))
        .anyMatch(fault -> fault.contains("without a colon"));
    assertThat(taken.records()).doesNotHaveDuplicates();
  }

  @Test
  void aFaultQuotesNothingOfTheFile() throws IOException {
    String secret = "alice@secret.org";
    Taken taken =
        take(
            text("first"),
            bytes(secret + "\n"),
            text("second"),
            bytes("WARC/1.0\r\n" + secret + "\r\n"),
            bytes("WARC/1.0\r\nContent-Length: " + secret + "\r\n\r\n"),
            text("last"));

    assertThat(taken.faults()).hasSize(3).noneMatch(fault -> fault.contains("alice"));
    assertThat(take(bytes(secret)).broken()).contains("not a WARC file").doesNotContain("alice");
  }

  @Test
  void aFileThatIsNoWarcIsBroken() throws IOException {
    assertThat(take(bytes("<html>\nnot a WARC\n")).broken()).contains("not a WARC file");
    assertThat(take(gzip(bytes("<html>\nnot a WARC\n"))).broken()).contains("not a WARC file");
    byte[] packed = gzip(bytes("<html>\nnot a WARC\n"));
    Taken cut = take(Arrays.copyOf(packed, 20));
    assertThat(cut.broken()).contains("not a WARC file");
    assertThat(cut.documents()).isEmpty();
  }

  @Test
  void anEndThatIsCutOrGarbageIsOneBrokenRecord() throws IOException {
    byte[] two = text("some words that are cut");
    for (int length : new int[] {two.length - 20, 30, 4}) {
      Taken taken = take(text("first"), Arrays.copyOf(two, length));
      assertThat(taken.outcome().broken()).isEmpty();
      assertThat(taken.texts()).containsExactly("first", "");
      assertThat(taken.records()).containsExactly(0L, 1L);
    }
    Taken garbage = take(text("first"), bytes("garbage to the end\n".repeat(9)));
    assertThat(garbage.outcome().broken()).isEmpty();
    assertThat(garbage.outcome().faults()).isEqualTo(1);
    byte[] packed = gzip(text("packed words"));
    for (int length : new int[] {1, 9, packed.length / 2, packed.length - 1}) {
      Taken taken = take(packed, Arrays.copyOf(packed, length));
      assertThat(taken.outcome().broken()).isEmpty();
      assertThat(taken.texts()).containsExactly("packed words", "");
      assertThat(taken.faults().get(0)).contains("cut off within member 2");
    }
  }

  @Test
  void aRecordThatOnlyLooksSkippableIsBrokenIfItIsCut() throws IOException {
    byte[] image = plain(warc -> warc.write(response(200, new byte[99], "Content-Type", "a/b")));
    for (byte[] cut :
        new byte[][] {
          Arrays.copyOf(image, image.length - 9), Arrays.copyOf(gzip(image), gzip(image).length - 2)
        }) {
      boolean plain = cut[0] == 'W';
      Taken taken = take(plain ? text("first") : gzip(text("first")), cut);
      assertThat(taken.outcome().skipped()).isEmpty();
      assertThat(taken.outcome().faults()).isEqualTo(1);
    }
  }

  @Test
  void wordsAboutWarcWithinALostRecordAreNoRecord() throws IOException {
    Taken taken =
        take(
            text("first"),
            bytes("WARC/1.0\r\nWARC-Type: resource\r\n\r\n"),
            bytes("WARC/1.0\r is a version\r\nWARC/1.0\r\nis another\r\n\r\n"),
            text("last"));

    assertThat(taken.faults()).hasSize(1);
    assertThat(taken.texts()).containsExactly("first", "", "last");
  }

  @Test
  void aPageWithoutAContentTypeIsKnownByItsFirstTag() throws IOException {
    Taken taken =
        take(
            plain(
                warc -> {
                  warc.write(response(200, bytes("\n<!DOCTYPE html>" + PAGE)));
                  warc.write(response(200, bytes("who knows")));
                }));

    assertThat(taken.documents()).hasSize(1);
    assertThat(taken.outcome().skipped()).containsEntry("no content type", 1L);
  }
}
