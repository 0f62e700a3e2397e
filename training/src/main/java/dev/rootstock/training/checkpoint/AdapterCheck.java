package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;

/** Whether an adapter's folder fits a base, told before the base is loaded. */
public final class AdapterCheck {
  private AdapterCheck() {}

  /**
   * Reads every value of an adapter.
   *
   * @return its rank and scale
   * @throws BadTensors listing every tensor that has no place in the base, lacks its other half, or
   *     is of another shape; or naming the first with a value that is not finite
   */
  public static LoraSpec of(ForeignFolder folder, ModelShape base) throws IOException {
    LoraSpec lora = PeftFolder.readConfig(bytes(folder, PeftFolder.CONFIG));
    long length =
        folder
            .size(PeftFolder.WEIGHTS)
            .orElseThrow(() -> new BadTensors(PeftFolder.WEIGHTS + " is missing"));
    try (InputStream in = folder.open(PeftFolder.WEIGHTS)) {
      BadTensors.refuse(faults(SafeTensors.header(in, length), lora, base));
    }
    try (InputStream in = folder.open(PeftFolder.WEIGHTS)) {
      SafeTensors.read(in, length, DataType.FLOAT, PeftFolder::requireFinite);
    }
    return lora;
  }

  private static List<String> faults(TensorHeader header, LoraSpec lora, ModelShape base) {
    Map<String, List<Long>> linear = new HashMap<>();
    for (TensorLayout tensor : Layout.of(base, Optional.empty())) {
      if (tensor.shape().size() == 2) {
        linear.put(tensor.name(), tensor.shape());
      }
    }
    List<String> faults = new ArrayList<>();
    Set<String> halves = new TreeSet<>();
    for (TensorHeader.Tensor tensor : header.tensors()) {
      Optional<String> module = PeftFolder.module(tensor.name());
      List<Long> weight = module.map(name -> linear.get(name + ".weight")).orElse(null);
      if (weight == null) {
        faults.add(tensor.name() + " has no place in this base");
        continue;
      }
      boolean down = tensor.name().endsWith(Layout.DOWN);
      List<Long> wanted =
          down
              ? List.of((long) lora.rank(), weight.get(1))
              : List.of(weight.get(0), (long) lora.rank());
      if (!tensor.shape().equals(wanted)) {
        faults.add(
            tensor.name() + " has shape " + tensor.shape() + "; rank and base need " + wanted);
      }
      String other = PeftFolder.PREFIX + module.get() + (down ? Layout.UP : Layout.DOWN);
      if (!halves.remove(tensor.name())) {
        halves.add(other);
      }
    }
    halves.forEach(name -> faults.add(name + " is missing"));
    if (header.tensors().isEmpty()) {
      faults.add(PeftFolder.WEIGHTS + " holds no tensor");
    }
    return faults;
  }

  private static byte[] bytes(ForeignFolder folder, String name) throws IOException {
    return folder.bytes(name).orElseThrow(() -> new BadTensors(name + " is missing"));
  }
}
