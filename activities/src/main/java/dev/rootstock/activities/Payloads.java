package dev.rootstock.activities;

import dev.rootstock.workflows.RecordPayloadConverter;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;

/** How records travel. Every client and worker of a cluster must agree on it. */
public final class Payloads {
  private Payloads() {}

  /** Records in their one spelling, none above 256 KiB. */
  public static DataConverter converter() {
    return new CodecDataConverter(
        DefaultDataConverter.newDefaultInstance()
            .withPayloadConverterOverrides(new RecordPayloadConverter()),
        List.of(new PayloadGuard()));
  }

  /** Options for a client of {@code namespace}. */
  public static WorkflowClientOptions clientOptions(String namespace) {
    return WorkflowClientOptions.newBuilder()
        .setNamespace(namespace)
        .setDataConverter(converter())
        .build();
  }
}
