package dev.rootstock.training.bench;

import dev.rootstock.contract.Json;
import dev.rootstock.contract.engine.TrainBenchOrder;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.checkpoint.HuggingFaceFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A folder from which another program does the same training: first weights as a Hugging Face
 * folder, all rows of all steps, and the numbers. Rows are little-endian 32-bit ids, context + 1
 * each.
 */
final class Exchange {
  private Exchange() {}

  static void write(Path folder, TrainBenchOrder order, Backend model, BenchRows rows)
      throws IOException {
    Files.createDirectories(folder);
    HuggingFaceFolder.write(
        folder,
        order.shape(),
        model,
        Map.of(),
        new HuggingFaceFolder.EndOfText("<|endoftext|>", 0));
    try (OutputStream out = Files.newOutputStream(folder.resolve("rows.i32"))) {
      for (long number = 0; number < order.all() * order.batch(); number++) {
        out.write(bytes(rows.row(number)));
      }
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("held-out.i32"))) {
      for (int[] row : rows.heldOut()) {
        out.write(bytes(row));
      }
    }
    Files.writeString(folder.resolve("task.json"), Json.pretty(task(order, rows)));
  }

  private static byte[] bytes(int[] row) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * row.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(row);
    return bytes.array();
  }

  private static Map<String, Object> task(TrainBenchOrder order, BenchRows rows) {
    List<Double> rates = LongStream.range(0, order.all()).mapToObj(order.schedule()::rate).toList();
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("threads", order.threads());
    task.put("batch", order.batch());
    task.put("context", order.shape().context());
    task.put("warmup", order.warmup());
    task.put("rates", rates);
    task.put("beta1", order.optimizer().beta1());
    task.put("beta2", order.optimizer().beta2());
    task.put("epsilon", order.optimizer().epsilon());
    task.put("weight_decay", order.optimizer().weightDecay());
    task.put("clip", order.optimizer().clip());
    task.put("held_out_bytes", rows.heldOutBytes());
    return task;
  }
}
