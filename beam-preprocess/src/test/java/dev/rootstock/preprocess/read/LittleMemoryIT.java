package dev.rootstock.preprocess.read;

import static dev.rootstock.preprocess.read.Corpus.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CorpusSpec.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that unpack to a gibibyte, read by a program with a quarter of it. */
class LittleMemoryIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final String HEAP = "-Xmx256m";

  @TempDir static Path folder;

  private static Path zeros;
  private static Path letters;

  @BeforeAll
  static void packBombs() throws IOException {
    zeros = folder.resolve("zeros.gz");
    letters = folder.resolve("letters.zst");
    byte[] member = Corpus.gzip(new byte[MEBIBYTE]);
    byte[] frame = Corpus.zstd(bytes("x".repeat(MEBIBYTE)));
    try (OutputStream gzip = Files.newOutputStream(zeros);
        OutputStream zstd = Files.newOutputStream(letters)) {
      for (int i = 0; i < 1024; i++) {
        gzip.write(member);
        zstd.write(frame);
      }
    }
  }

  private static String read(Path file, Format format) throws Exception {
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    HEAP,
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LittleMemory.class.getName(),
                    file.toString(),
                    format.name()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    java.getOutputStream().close();
    String said = new String(java.getInputStream().readAllBytes());
    assertThat(java.waitFor()).isZero();
    return said.strip();
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, 1, false",
    "TEXT, 1, false",
    "MARKDOWN, 1, false",
    "HTML, 1, false",
    "PARAGRAPHS, 1, false",
    "JSONL, 1, false",
    "CSV, 0, true",
    "TSV, 0, true",
    "WARC, 0, true",
    "PARQUET, 0, true"
  })
  void oneRecordOfAGibibyteIsAFaultAndNotTheEnd(Format format, int faults, boolean broken)
      throws Exception {
    assertThat(read(format.ordinal() % 2 == 0 ? zeros : letters, format))
        .startsWith("documents " + faults + " faults " + faults + " broken " + broken);
  }

  @Test
  void theLargestRecordsThereMayBeAreRead() throws Exception {
    String euros = "\u20ac".repeat(5 << 20); // 15 MiB, two bytes a character in memory
    Path json =
        Files.writeString(
            folder.resolve("large.jsonl"), ("{\"text\":\"" + euros + "\"}\n").repeat(3));
    Path text = Files.writeString(folder.resolve("large.txt"), euros);
    Path table = Files.writeString(folder.resolve("large.csv"), "text\n\"" + euros + "\"\nx\n");

    assertThat(read(json, Format.JSONL))
        .isEqualTo("documents 3 faults 0 broken false longest " + (5 << 20));
    assertThat(read(text, Format.TEXT))
        .isEqualTo("documents 1 faults 0 broken false longest " + (5 << 20));
    assertThat(read(table, Format.CSV))
        .isEqualTo("documents 2 faults 0 broken false longest " + (5 << 20));
  }

  @Test
  void aDamagedMemberOfHalfAGibibyteIsOneBrokenRecord() throws Exception {
    byte[] head =
        bytes(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: "
                + (512L * MEBIBYTE + 1)
                + "\r\n\r\n");
    byte[] last =
        Corpus.gzip(
            bytes(
                "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 5\r\n\r\nwords\r\n\r\n"));
    Path file = folder.resolve("bombs.warc.gz");
    try (OutputStream packed = Files.newOutputStream(file)) {
      packed.write(last);
      GZIPOutputStream bomb = new GZIPOutputStream(packed);
      bomb.write(head);
      for (int i = 0; i < 512; i++) {
        bomb.write(new byte[MEBIBYTE]);
      }
      bomb.finish(); // a byte before the record ends
      packed.write(bytes("garbage"));
      packed.write(last);
    }

    assertThat(read(file, Format.WARC)).isEqualTo("documents 3 faults 1 broken false longest 5");
  }

  @Test
  void aPageOfNothingButMarkUpIsNotTheEnd() throws Exception {
    for (String page :
        List.of(
            "<b>".repeat(2_000_000),
            "<p>x".repeat(399_000),
            "<a " + "b ".repeat(4_000_000) + ">",
            "<div>".repeat(399_000),
            "&amp;".repeat(1_500_000))) {
      Path file = Files.writeString(folder.resolve("page.html"), page);
      assertThat(read(file, Format.HTML)).startsWith("documents 1 ").contains("broken false");
    }
  }
}
