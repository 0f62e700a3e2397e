package dev.rootstock.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects below a place: create if absent, read, list, delete. Thread-safe.
 *
 * <p>Each creation carries an id of its own in the object's metadata. Where a reply was lost and
 * the request sent again is refused, the id tells our own object from another's.
 *
 * @param pageSize keys a listing asks for at once, at most 1000
 */
record S3Objects(S3Client client, S3Place place, S3Faults faults, int pageSize) {
  static final String ATTEMPT = "rootstock-attempt"; // sent as x-amz-meta-rootstock-attempt
  private static final int CONFLICTS = 5; // times in a row that two writers of one key may meet

  /** Sends one creation. */
  interface Sending {
    void send(String attempt) throws IOException;
  }

  /**
   * Creates an object with one request.
   *
   * @throws FileAlreadyExistsException if the key is taken
   */
  void create(byte[] bytes, String key) throws IOException {
    String sum = Md5.base64(bytes); // the server refuses bytes that were changed on the way
    settle(
        key,
        attempt ->
            client.putObject(
                put ->
                    put.bucket(place.bucket())
                        .key(place.key(key))
                        .ifNoneMatch("*")
                        .contentMD5(sum)
                        .metadata(Map.of(ATTEMPT, attempt)),
                RequestBody.fromBytes(bytes)));
  }

  /** The same for a file: one request if it is small, else part by part. */
  void create(Path file, String key) throws IOException {
    long bytes = Files.size(file);
    if (bytes < MultipartUpload.PART) {
      create(Files.readAllBytes(file), key);
    } else if (head(key).isPresent()) {
      throw new FileAlreadyExistsException(key); // found before gigabytes are sent, not after
    } else {
      createInParts(file, key);
    }
  }

  /** The same part by part, however small. */
  void createInParts(Path file, String key) throws IOException {
    long bytes = Files.size(file);
    settle(key, attempt -> new MultipartUpload(this, file, bytes, key, attempt).send());
  }

  /** Sends; where the outcome is in doubt, looks at what lies under the key now. */
  private void settle(String key, Sending sending) throws IOException {
    String attempt = UUID.randomUUID().toString();
    for (int conflicts = 0; ; conflicts++) {
      try {
        sending.send(attempt);
        return;
      } catch (SdkException fault) {
        int status = S3Faults.status(fault);
        boolean doubtful =
            status == S3Faults.PRECONDITION_FAILED
                || status == S3Faults.CONFLICT
                || status == 0
                || status >= 500
                || S3Faults.code(fault)
                    .equals("NoSuchUpload"); // completed before, but the reply was lost
        Optional<HeadObjectResponse> there = doubtful ? headAfter(fault, key) : Optional.empty();
        if (there.isPresent() && attempt.equals(there.get().metadata().get(ATTEMPT))) {
          return;
        }
        if (there.isPresent()) {
          throw new FileAlreadyExistsException(key);
        }
        if (status != S3Faults.CONFLICT || conflicts == CONFLICTS) {
          throw faults.of(fault, key, S3Faults.Need.WRITE);
        }
      }
    }
  }

  private Optional<HeadObjectResponse> headAfter(SdkException fault, String key)
      throws IOException {
    try {
      return head(key);
    } catch (IOException unknown) {
      IOException told = faults.of(fault, key, S3Faults.Need.WRITE);
      told.addSuppressed(unknown);
      throw told;
    }
  }

  /** What the server says of an object; empty if there is none. */
  Optional<HeadObjectResponse> head(String key) throws IOException {
    try {
      return Optional.of(
          client.headObject(head -> head.bucket(place.bucket()).key(place.key(key))));
    } catch (SdkException fault) {
      if (S3Faults.status(fault) == 404) {
        return Optional.empty();
      }
      throw faults.of(fault, key, S3Faults.Need.READ);
    }
  }

  /**
   * Streams an object's bytes from {@code from} up to, but without, {@code to}; fewer at its end.
   *
   * @throws NoSuchFileException if there is none
   */
  InputStream open(String key, long from, long to) throws IOException {
    try {
      return new S3Stream(at -> get(key, at, to), from, to);
    } catch (BeyondEnd empty) {
      return new ByteArrayInputStream(new byte[0]);
    }
  }

  private ResponseInputStream<GetObjectResponse> get(String key, long from, long to)
      throws IOException {
    boolean ranged = from > 0 || to < Long.MAX_VALUE;
    String range = "bytes=" + from + "-" + (to < Long.MAX_VALUE ? to - 1 : "");
    try {
      ResponseInputStream<GetObjectResponse> answer =
          client.getObject(
              get -> get.bucket(place.bucket()).key(place.key(key)).range(ranged ? range : null));
      if (from > 0 && answer.response().contentRange() == null) {
        answer.abort();
        throw faults.unfit(
            "it ignores ranges", "a server that answers Range requests", "Use another server.");
      }
      return answer;
    } catch (SdkException fault) {
      if (S3Faults.status(fault) == 416) {
        throw new BeyondEnd();
      }
      throw faults.of(fault, key, S3Faults.Need.READ);
    }
  }

  /**
   * Store keys that begin with {@code prefix}, sorted by UTF-16 code units; without the folders
   * that consoles make.
   */
  List<String> list(String prefix) throws IOException {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(place.bucket())
            .prefix(place.key(prefix))
            .maxKeys(pageSize)
            .build();
    List<String> keys = new ArrayList<>();
    try {
      for (ListObjectsV2Response page : client.listObjectsV2Paginator(request)) {
        for (S3Object object : page.contents()) {
          if (!object.key().endsWith("/")) {
            keys.add(object.key().substring(place.prefix().length()));
          }
        }
      }
    } catch (SdkException fault) {
      throw faults.of(fault, "", S3Faults.Need.READ);
    }
    keys.sort(Comparator.naturalOrder());
    return keys;
  }

  /** Asks for one key, to hear whether the bucket is there and may be read. */
  void greet() throws IOException {
    try {
      client.listObjectsV2(list -> list.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1));
    } catch (SdkException fault) {
      throw faults.of(fault, "", S3Faults.Need.READ);
    }
  }

  void delete(String key) throws IOException {
    try {
      client.deleteObject(delete -> delete.bucket(place.bucket()).key(place.key(key)));
    } catch (SdkException fault) {
      if (S3Faults.status(fault) != 404 || S3Faults.code(fault).equals("NoSuchBucket")) {
        throw faults.of(fault, key, S3Faults.Need.DELETE);
      }
    }
  }

  /** The range asked for begins behind the object's last byte. */
  private static final class BeyondEnd extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
