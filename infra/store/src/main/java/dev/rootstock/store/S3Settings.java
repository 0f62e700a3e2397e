package dev.rootstock.store;

import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How S3 is reached. Credentials are none of it: they come from AWS's default chain, and only from
 * there.
 *
 * @param endpoint of a server that is not AWS's own
 * @param pathStyle whether the bucket stands in the path and not in the host's name
 * @param attempts of one request, the first included, while a server is slow, overloaded or out of
 *     reach
 */
record S3Settings(Optional<URI> endpoint, boolean pathStyle, int attempts) {
  static final int ATTEMPTS = 9; // some ten seconds of waiting, up to twenty
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /**
   * By system property or, where that is not set, environment variable: {@code aws.endpointUrlS3} /
   * {@code AWS_ENDPOINT_URL_S3}, then {@code aws.endpointUrl} / {@code AWS_ENDPOINT_URL}; {@code
   * rootstock.s3.pathStyle} / {@code ROOTSTOCK_S3_PATH_STYLE}, {@code true} or {@code false},
   * default {@code true} exactly if an endpoint is set.
   *
   * @throws InvalidConfig if a value is malformed
   */
  static S3Settings fromEnvironment() {
    Optional<URI> endpoint =
        setting("aws.endpointUrlS3", "AWS_ENDPOINT_URL_S3")
            .or(() -> setting("aws.endpointUrl", "AWS_ENDPOINT_URL"))
            .map(S3Settings::endpoint);
    boolean pathStyle =
        setting("rootstock.s3.pathStyle", "ROOTSTOCK_S3_PATH_STYLE")
            .map(S3Settings::flag)
            .orElse(endpoint.isPresent());
    return new S3Settings(endpoint, pathStyle, ATTEMPTS);
  }

  /** A client. The caller closes. */
  S3Client client() {
    BackoffStrategy backoff = BackoffStrategy.exponentialDelay(FIRST_WAIT, LONGEST_WAIT);
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(
                o ->
                    o.retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(attempts)
                            .backoffStrategy(backoff)
                            .throttlingBackoffStrategy(backoff)
                            .circuitBreakerEnabled(
                                false) // one busy upload must not stop another's retries
                            .build()))
            .serviceConfiguration(
                s ->
                    s.expectContinueEnabled(false)) // HttpURLConnection takes a refusal for a fault
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(pathStyle);
    endpoint.ifPresent(uri -> builder.endpointOverride(uri).region(regionOr(Region.US_EAST_1)));
    try {
      return builder.build();
    } catch (SdkClientException unsure) {
      throw new InvalidConfig(
          Problem.of(
              "AWS_REGION", "missing", "the bucket's region", "AWS says: " + unsure.getMessage()));
    }
  }

  /** For people. */
  String where() {
    return endpoint.map(URI::toString).orElse("AWS");
  }

  private static Region regionOr(Region otherwise) {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException none) {
      return otherwise;
    }
  }

  private static Optional<String> setting(String property, String variable) {
    return Stream.of(System.getProperty(property, ""), System.getenv().getOrDefault(variable, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException malformed) {
      // told below
    }
    throw new InvalidConfig(
        Problem.of("AWS_ENDPOINT_URL", "\"" + text + "\"", "http://host:port or https://host"));
  }

  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new InvalidConfig(
          Problem.of("ROOTSTOCK_S3_PATH_STYLE", "\"" + text + "\"", "true or false"));
    }
    return text.equals("true");
  }
}
