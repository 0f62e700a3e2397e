package dev.rootstock.training.backend.cpu;

import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A set of tensors that is trained together or frozen together: a base model's, or one job's
 * adapters. Tensors that one product can serve (q, k, v; gate, up) lie below one another.
 */
final class Parameters implements AutoCloseable {
  private static final Pattern SERVED_TOGETHER =
      Pattern.compile("\\.(?:[qkv]|gate|up)_proj\\.(?=weight|bias|lora_A)");

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<Region> regions = new ArrayList<>();

  Parameters(List<TensorLayout> layout, int lanes) {
    for (List<TensorLayout> members : regions(layout)) {
      Region region = new Region(members, lanes);
      regions.add(region);
      long at = 0;
      for (TensorLayout member : members) {
        tensors.put(member.name(), new Tensor(member, region, at));
        at += member.elements();
      }
    }
  }

  private static Iterable<List<TensorLayout>> regions(List<TensorLayout> layout) {
    Map<String, List<TensorLayout>> regions = new LinkedHashMap<>();
    for (TensorLayout tensor : layout) {
      String name = SERVED_TOGETHER.matcher(tensor.name()).replaceFirst(".");
      if (name.contains(".mlp.") && !name.equals(tensor.name())) {
        name += " of gate and up";
      }
      regions.computeIfAbsent(name, key -> new ArrayList<>()).add(tensor);
    }
    return regions.values();
  }

  /** Bytes that the tensors take, with their gradients and moments where they are trained. */
  static long bytes(List<TensorLayout> layout, int lanes) {
    long bytes = 0;
    for (List<TensorLayout> members : regions(layout)) {
      long length = members.stream().mapToLong(TensorLayout::elements).sum();
      boolean trained = members.stream().anyMatch(TensorLayout::trained);
      bytes += Slab.taken(length) * (trained ? 3L + lanes : 1);
    }
    return bytes;
  }

  List<Region> regions() {
    return regions;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor is named " + name + "; layout() lists the names");
    }
    return tensor;
  }

  /** Neighbours of one region, seen as one: their rows below one another. */
  Tensor stack(List<String> names) {
    Tensor first = tensor(names.get(0));
    long elements = 0;
    for (String name : names) {
      Tensor next = tensor(name);
      if (next.region != first.region || next.at != first.at + elements) {
        throw new IllegalStateException(name + " does not follow its neighbour in memory");
      }
      elements += next.layout.elements();
    }
    List<Long> one = first.layout.shape();
    TensorLayout whole =
        new TensorLayout(
            first.layout.name(),
            one.size() == 1 ? List.of(elements) : List.of(elements / one.get(1), one.get(1)),
            first.layout.decays(),
            names.stream().anyMatch(name -> tensor(name).trained()));
    return new Tensor(whole, first.region, first.at);
  }

  @Override
  public void close() {
    regions.forEach(Region::close);
  }

  /** A place in a region. */
  record Tensor(TensorLayout layout, Region region, long at) {
    int rows() {
      return layout.shape().size() == 1 ? 1 : layout.shape().get(0).intValue();
    }

    int columns() {
      return layout.shape().get(layout.shape().size() - 1).intValue();
    }

    boolean trained() {
      return layout.trained();
    }

    Matrix weight() {
      return Matrix.of(region.weights, at, rows(), columns());
    }

    /**
     * @param part a lane's, or where many jobs share lanes the lane's that the job would have alone
     */
    Matrix gradient(int part) {
      return Matrix.of(region.gradients.get(part), at, rows(), columns());
    }
  }

  /**
   * Tensors that share slabs, even where only some of them learn. Where none does there are neither
   * gradients nor moments.
   */
  static final class Region implements AutoCloseable {
    final List<TensorLayout> members;
    final boolean trained; // some of it
    final boolean whole; // all of it
    final boolean decays;
    final long length;
    final Slab weights;
    final Slab expAvg;
    final Slab expAvgSq;
    final List<Slab> gradients = new ArrayList<>();

    Region(List<TensorLayout> members, int lanes) {
      this.members = members;
      trained = members.stream().anyMatch(TensorLayout::trained);
      whole = members.stream().allMatch(TensorLayout::trained);
      decays = members.get(0).decays();
      length = members.stream().mapToLong(TensorLayout::elements).sum();
      weights = new Slab(length);
      expAvg = trained ? new Slab(length) : null;
      expAvgSq = trained ? new Slab(length) : null;
      for (int lane = 0; trained && lane < lanes; lane++) {
        gradients.add(new Slab(length));
      }
    }

    @Override
    public void close() {
      weights.close();
      if (trained) {
        expAvg.close();
        expAvgSq.close();
        gradients.forEach(Slab::close);
      }
    }
  }
}
