package dev.rootstock.activities;

import io.temporal.api.common.v1.Payload;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/**
 * Refuses payloads that a history should not hold, at once and in words. A real server refuses far
 * larger ones only.
 */
final class PayloadGuard implements PayloadCodec {
  private static final int MOST = 256 << 10; // bytes

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    for (Payload payload : payloads) {
      if (payload.getSerializedSize() > MOST) {
        throw ApplicationFailure.newNonRetryableFailure(
            "a payload of "
                + payload.getSerializedSize()
                + " bytes; a history holds at most "
                + MOST
                + ". Put the data into the store and pass its key",
            "PayloadTooLarge");
      }
    }
    return payloads;
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads;
  }
}
