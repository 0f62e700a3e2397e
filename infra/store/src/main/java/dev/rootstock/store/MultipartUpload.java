package dev.rootstock.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One large file, sent part by part, a few at a time. Nothing can be seen of it before the last
 * request, which carries the condition; if that is not reached, the parts are dropped.
 */
final class MultipartUpload {
  static final int PART =
      16 << 20; // bytes; a part that fails is sent again, so a large one costs more
  private static final int MOST_PARTS = 10_000; // S3's own limit
  private static final int AT_ONCE = 4; // parts in memory and on the way
  private static final int GRACE = 90; // seconds; requests end by themselves within

  private final S3Objects objects;
  private final Path file;
  private final long bytes;
  private final String key;
  private final String attempt;
  private final int part;

  MultipartUpload(S3Objects objects, Path file, long bytes, String key, String attempt) {
    this.objects = objects;
    this.file = file;
    this.bytes = bytes;
    this.key = key;
    this.attempt = attempt;
    this.part = Math.toIntExact(Math.max(PART, (bytes + MOST_PARTS - 1) / MOST_PARTS));
  }

  /** Creates the object, whole or not at all. */
  void send() throws IOException {
    S3Client client = objects.client();
    String bucket = objects.place().bucket();
    String place = objects.place().key(key);
    String upload =
        client
            .createMultipartUpload(
                create ->
                    create.bucket(bucket).key(place).metadata(Map.of(S3Objects.ATTEMPT, attempt)))
            .uploadId();
    boolean complete = false;
    try {
      List<CompletedPart> parts = sendParts(client, bucket, place, upload);
      client.completeMultipartUpload(
          end ->
              end.bucket(bucket)
                  .key(place)
                  .uploadId(upload)
                  .ifNoneMatch("*")
                  .multipartUpload(all -> all.parts(parts)));
      complete = true;
    } finally {
      if (!complete) {
        abort(client, bucket, place, upload);
      }
    }
  }

  private List<CompletedPart> sendParts(S3Client client, String bucket, String place, String upload)
      throws IOException {
    ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    try (FileChannel channel = FileChannel.open(file)) {
      List<Future<CompletedPart>> sent = new ArrayList<>();
      for (long from = 0; from < bytes; from += part) {
        long start = from;
        int number = sent.size() + 1;
        sent.add(
            senders.submit(
                () -> sendPart(client, bucket, place, upload, number, read(channel, start))));
      }
      List<CompletedPart> parts = new ArrayList<>();
      for (Future<CompletedPart> one : sent) {
        parts.add(one.get());
      }
      return parts;
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while sending " + key).initCause(leaving);
    } catch (ExecutionException failed) {
      throw rethrown(failed.getCause());
    } finally {
      end(senders);
    }
  }

  private static CompletedPart sendPart(
      S3Client client, String bucket, String place, String upload, int number, byte[] body) {
    String sum = Md5.base64(body);
    String tag =
        client
            .uploadPart(
                send ->
                    send.bucket(bucket)
                        .key(place)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentMD5(sum),
                RequestBody.fromBytes(body))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private byte[] read(FileChannel channel, long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(part, bytes - from));
    while (buffer.hasRemaining()) {
      int got = channel.read(buffer, from + buffer.position());
      if (got < 0) {
        throw new IOException(
            file.getFileName()
                + " became shorter than its "
                + bytes
                + " bytes while it was sent; nothing was published");
      }
    }
    return buffer.array();
  }

  private static IOException rethrown(Throwable cause) throws IOException {
    if (cause instanceof SdkException fault) {
      throw fault;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /** Waits for parts on the way, for they could arrive after an abort and stay for ever. */
  private static void end(ExecutorService senders) {
    senders.shutdownNow();
    try {
      senders.awaitTermination(GRACE, TimeUnit.SECONDS);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private static void abort(S3Client client, String bucket, String place, String upload) {
    boolean interrupted = Thread.interrupted(); // the SDK would not send it
    try {
      client.abortMultipartUpload(abort -> abort.bucket(bucket).key(place).uploadId(upload));
    } catch (SdkException gone) {
      // completed after all, or out of reach: then a lifecycle rule for unfinished uploads clears
      // it
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
