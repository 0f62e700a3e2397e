package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static dev.rootstock.preprocess.read.Corpus.file;
import static dev.rootstock.preprocess.read.Corpus.gzip;
import static dev.rootstock.preprocess.read.Corpus.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import dev.rootstock.preprocess.Document;
import dev.rootstock.preprocess.read.Corpus.Taken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WARC files whose records are gzip members of their own, some of them damaged. */
class DamagedMembersTest {
  @TempDir Path folder;

  private static byte[] record(String words) {
    byte[] block = bytes(words);
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(
        bytes(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: "
                + block.length
                + "\r\n\r\n"));
    record.writeBytes(block);
    record.writeBytes(bytes("\r\n\r\n"));
    return record.toByteArray();
  }

  private static byte[] member(String words) throws IOException {
    return gzip(record(words));
  }

  /** Content that is not packed at all, as its deflated form is larger. */
  private static byte[] stored(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }

  private static String words(int index, Random random) {
    return "record "
        + index
        + " "
        + random
            .ints(20 + random.nextInt(400), 'a', 'z' + 1)
            .mapToObj(letter -> letter % 6 == 0 ? " " : Character.toString(letter))
            .collect(Collectors.joining());
  }

  private Taken take(byte[]... parts) throws IOException {
    return read(file(folder.resolve("x.warc.wet.gz"), Format.WET, parts));
  }

  private static List<String> sound(Taken taken) {
    return taken.documents().stream()
        .filter(document -> document.unreadableBecause().isEmpty())
        .map(Document::text)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void allRecordsButTheDamagedComeOutInOrderUnderTheirNumbers(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> members = new ArrayList<>();
    Map<Long, String> untouched = new HashMap<>();
    Map<Long, String> damaged = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      String words = words(i, random);
      byte[] member = member(words);
      boolean hurt = i % 10 == (int) seed;
      (hurt ? damaged : untouched).put((long) i, words);
      if (hurt) {
        member[random.nextInt(member.length)] ^= (byte) (1 + random.nextInt(255));
      }
      members.add(member);
    }
    Taken taken = take(members.toArray(byte[][]::new));

    assertThat(taken.outcome().broken()).isEmpty();
    assertThat(taken.records())
        .containsExactlyElementsOf(IntStream.range(0, 400).mapToObj(i -> (long) i).toList());
    for (Document document : taken.documents()) {
      long record = document.origin().record();
      if (untouched.containsKey(record)) {
        assertThat(document.text()).isEqualTo(untouched.get(record));
      } else if (document.unreadableBecause().isEmpty()) { // its name or time was hurt
        assertThat(document.text()).isEqualTo(damaged.get(record));
      }
    }
    assertThat(taken.outcome().faults()).isBetween(20L, 40L);
    assertThat(taken.faults()).allMatch(fault -> fault.startsWith("a broken WARC record: "));
  }

  @Test
  void everyByteOfAMemberMayBeWrongWithoutLossOfAnother() throws IOException {
    byte[] first = member("the first");
    byte[] second = member("the second");
    for (int at = 0; at < second.length; at++) {
      for (int hurt : new int[] {1, 0x80, 0xff}) {
        byte[] wrong = second.clone();
        wrong[at] ^= (byte) hurt;

        Taken taken = take(first, wrong, member("the third"), member("the fourth"));
        assertThat(sound(taken)).startsWith("the first").endsWith("the third", "the fourth");
        assertThat(taken.documents()).hasSize(4);

        Taken leading = take(wrong, member("the third"), member("the fourth"));
        assertThat(sound(leading)).endsWith("the third", "the fourth");
        assertThat(leading.documents()).hasSize(3);
      }
    }
  }

  @Test
  void everyCutOfAMemberCostsThatMemberOnly() throws IOException {
    byte[] second = member("the second");
    for (int length = 1; length < second.length; length++) {
      Taken taken = take(member("the first"), Arrays.copyOf(second, length), member("the third"));

      assertThat(sound(taken)).containsExactly("the first", "the third");
      assertThat(taken.records()).containsExactly(0L, 1L, 2L);
    }
  }

  @Test
  void whateverStandsBetweenMembersIsOneBrokenRecord() throws IOException {
    byte[] random = new byte[300_000];
    new Random(7).nextBytes(random);
    byte[] notWarc = gzip(bytes("another file"));
    for (byte[] between :
        new byte[][] {{9}, random, bytes("\u001f\u008b\b"), {0x1f, (byte) 0x8b, 8}, {0, 0, 5}}) {
      Taken taken = take(member("the first"), between, member("the second"));

      assertThat(sound(taken)).containsExactly("the first", "the second");
      assertThat(taken.records()).containsExactly(0L, 1L, 2L);
      assertThat(taken.faults()).hasSize(1);
    }
    Taken foreign = take(member("the first"), notWarc, new byte[] {9}, member("the second"));
    assertThat(sound(foreign)).containsExactly("the first", "the second");
    assertThat(foreign.faults()).hasSize(1);
    Taken zeros = take(member("the first"), new byte[9], member("the second"), new byte[9]);
    assertThat(sound(zeros)).containsExactly("the first", "the second");
    assertThat(zeros.faults()).hasSize(1).first().asString().contains("preceded by zeros");
  }

  @Test
  void aDamagedMemberThatSwallowsOthersGivesThemBack() throws IOException {
    byte[] cut = stored(record("x".repeat(60_000)));
    List<String> others = IntStream.range(0, 50).mapToObj(i -> "number " + i).toList();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (String words : others) {
      rest.writeBytes(member(words));
    }
    Taken taken = take(Arrays.copyOf(cut, 30_000), rest.toByteArray());

    assertThat(sound(taken)).containsExactlyElementsOf(others);
    assertThat(taken.faults()).hasSize(1);
    assertThat(take(Arrays.copyOf(cut, 30_000), rest.toByteArray()).records())
        .isEqualTo(taken.records());
  }

  @Test
  void recordsThatShareAMemberAreReadUpToTheDamage() throws IOException {
    Random random = new Random(11);
    List<String> texts = IntStream.range(0, 300).mapToObj(i -> words(i, random)).toList();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    texts.forEach(words -> all.writeBytes(record(words)));
    byte[] shared = gzip(all.toByteArray());
    Arrays.fill(shared, shared.length / 2, shared.length / 2 + 40, (byte) 0xff);
    Taken taken = take(shared, member("after"));

    List<String> read = sound(taken);
    assertThat(read).hasSizeBetween(130, 170).endsWith("after");
    assertThat(read.subList(0, read.size() - 2)).isEqualTo(texts.subList(0, read.size() - 2));
    assertThat(taken.faults()).isNotEmpty();
    assertThat(taken.outcome().broken()).isEmpty();
  }

  @Test
  void aBrokenHeaderInASoundMemberCostsThatRecordOnly() throws IOException {
    byte[] noLength = gzip(bytes("WARC/1.0\r\nWARC-Type: conversion\r\n\r\nwords\r\n\r\n"));
    Taken taken = take(member("the first"), noLength, member("the second"));

    assertThat(sound(taken)).containsExactly("the first", "the second");
    assertThat(taken.faults()).hasSize(1).first().asString().contains("Content-Length is missing");
  }

  /** Counts the packed bytes that are fetched, in all streams. */
  private static final class Counted implements Members.Source {
    private final byte[] bytes;
    private long read;

    private Counted(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public InputStream from(long at) {
      return new ByteArrayInputStream(bytes, (int) at, bytes.length - (int) at) {
        @Override
        public synchronized int read(byte[] into, int start, int wanted) {
          int count = super.read(into, start, wanted);
          read += Math.max(0, count);
          return count;
        }
      };
    }
  }

  @Test
  void aFileOfFalseStartsIsReadAFewTimesOnly() throws IOException {
    byte[] start = Arrays.copyOf(stored(bytes("WARC/" + "x".repeat(60_000))), 20);
    byte[] starts = new byte[4 << 20];
    for (int at = 0; at + 20 < starts.length; at += 23) {
      System.arraycopy(start, 0, starts, at, 20); // claims 60,000 bytes, which are no gzip after it
    }
    Counted counted = new Counted(starts);
    int attempts = 0;
    try (Members members = new Members(counted, "WARC/")) {
      boolean more = true;
      while (more) {
        try {
          members.transferTo(OutputStream.nullOutputStream());
          more = false;
        } catch (BrokenFormat broken) {
          attempts++;
          more = members.resume();
        }
      }
    }
    assertThat(attempts).isBetween(100, 4000);
    assertThat(counted.read).isLessThan(6L * starts.length + (32L << 20) + attempts * (128L << 10));
  }
}
