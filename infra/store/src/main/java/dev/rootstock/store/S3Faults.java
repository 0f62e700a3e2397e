package dev.rootstock.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the SDK's exceptions mean to a store.
 *
 * @param where the server, for people
 */
record S3Faults(S3Place place, String where) {
  static final int CONFLICT = 409; // two conditional writes met; S3 asks to send one again
  static final int PRECONDITION_FAILED = 412;

  /** Which permission a request needs. */
  enum Need {
    READ("may list and read", "Allow s3:ListBucket and s3:GetObject"),
    WRITE(
        "may write to",
        "Reading goes on working; to write, allow s3:PutObject, s3:AbortMultipartUpload"),
    DELETE("may delete from", "Allow s3:DeleteObject");

    private final String may;
    private final String remedy;

    Need(String may, String remedy) {
      this.may = may;
      this.remedy = remedy;
    }
  }

  /** The HTTP status of an answer, 0 if there was none. */
  static int status(SdkException fault) {
    return fault instanceof AwsServiceException answer ? answer.statusCode() : 0;
  }

  /** The error code of an answer; empty if there was none, or, as for HEAD, no body. */
  static String code(SdkException fault) {
    boolean named = fault instanceof AwsServiceException answer && answer.awsErrorDetails() != null;
    String code = named ? ((AwsServiceException) fault).awsErrorDetails().errorCode() : null;
    return code == null ? "" : code;
  }

  /**
   * The same fault in the port's words.
   *
   * @throws InvalidConfig if trying again can not help: no such bucket, denied, wrong region, no
   *     credentials
   */
  IOException of(SdkException fault, String key, Need need) {
    int status = status(fault);
    String code = code(fault);
    if (code.equals("NoSuchBucket")) {
      throw unfit(
          "there is no such bucket at " + where,
          "a bucket that exists",
          "Create it, or correct the name.",
          fault);
    }
    if (status == 401 || status == 403) {
      String denied =
          (code.isEmpty() ? "denied" : code)
              + " at "
              + where
              + (key.isEmpty() ? "" : " for " + key);
      String remedy =
          need.remedy + " on it, or choose other credentials by AWS_PROFILE or AWS_ACCESS_KEY_ID.";
      throw unfit(denied, "a bucket that these credentials " + need.may, remedy, fault);
    }
    if (status == 501 || code.equals("NotImplemented")) {
      String found =
          "it does not know a request that create-if-absent needs: " + fault.getMessage();
      throw unfit(
          found,
          "on a server that honours \"If-None-Match: *\"",
          "Use Amazon S3, or a server that does.",
          fault);
    }
    if (status == 301 || code.equals("AuthorizationHeaderMalformed")) {
      throw unfit(
          "it lies in another region",
          "in the region asked",
          "Set AWS_REGION to the bucket's region.",
          fault);
    }
    if (status == 404 && !code.equals("NoSuchUpload")) {
      return new NoSuchFileException(key);
    }
    if (status == PRECONDITION_FAILED) {
      return new FileAlreadyExistsException(key);
    }
    if (fault instanceof AbortedException) {
      Thread.currentThread().interrupt();
      return (IOException) new InterruptedIOException(key).initCause(fault);
    }
    if (fault instanceof SdkClientException
        && fault.getMessage().contains("Unable to load credentials")) {
      throw new InvalidConfig(
          Problem.of(
              "store",
              "\"" + place.uri() + "\" (no AWS credentials were found)",
              "used with credentials",
              "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."));
    }
    return new IOException(
        place.uri() + "/" + key + " at " + where + ": " + fault.getMessage(), fault);
  }

  /** The store itself can not be used. */
  InvalidConfig unfit(String found, String wanted, String remedy) {
    return new InvalidConfig(
        Problem.of("store", "\"" + place.uri() + "\" (" + found + ")", wanted, remedy));
  }

  private InvalidConfig unfit(String found, String wanted, String remedy, SdkException cause) {
    InvalidConfig unfit = unfit(found, wanted, remedy);
    unfit.initCause(cause);
    return unfit;
  }
}
