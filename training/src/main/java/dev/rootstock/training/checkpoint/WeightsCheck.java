package dev.rootstock.training.checkpoint;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.model.Layout;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether files hold the tensors of a shape, told from their headers. */
final class WeightsCheck {
  private WeightsCheck() {}

  /**
   * Compares.
   *
   * @return what the files hold and is left out, a sentence each
   * @throws BadTensors listing every tensor that is missing, unknown, there twice or of another
   *     shape
   */
  static List<String> of(ModelShape shape, Collection<TensorHeader> headers) throws BadTensors {
    Map<String, TensorLayout> layouts = new HashMap<>();
    for (TensorLayout tensor : Layout.of(shape, Optional.empty())) {
      layouts.put(tensor.name(), tensor);
    }
    Set<String> missing = new TreeSet<>(layouts.keySet());
    List<String> others = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (TensorHeader header : headers) {
      for (TensorHeader.Tensor tensor : header.tensors()) {
        String given = tensor.name();
        String name = layouts.containsKey(given) ? given : HuggingFaceFolder.PREFIX + given;
        TensorLayout layout = layouts.get(name);
        if (layout == null) {
          if (given.equals(HuggingFaceFolder.HEAD)) {
            notes.add(given + " is left out: the head is tied to the embedding");
          } else if (!HuggingFaceFolder.isBuffer(given)) {
            others.add(given + " is no tensor of this model");
          }
        } else if (!missing.remove(name)) {
          others.add(given + " is there twice");
        } else if (!tensor.shape().equals(HuggingFaceFolder.shapeInFiles(layout))) {
          others.add(
              given
                  + " has shape "
                  + tensor.shape()
                  + "; this model needs "
                  + HuggingFaceFolder.shapeInFiles(layout));
        }
      }
    }
    List<String> faults = new ArrayList<>();
    missing.forEach(name -> faults.add(name + " is missing"));
    faults.addAll(others);
    BadTensors.refuse(faults);
    return notes;
  }
}
