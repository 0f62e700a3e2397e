package dev.rootstock.training.backend.nd4j;

import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Weights, moments and each lane's gradients. Tensors of one block lie in one slab, one after
 * another.
 */
final class Parameters implements AutoCloseable {
  private static final Pattern BLOCK =
      Pattern.compile("(model\\.layers|transformer\\.h)\\.\\d+\\.");

  private final List<TensorLayout> layout;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();

  Parameters(List<TensorLayout> layout, DataType dtype, int lanes) {
    this.layout = layout;
    Map<String, List<TensorLayout>> byGroup = new LinkedHashMap<>();
    Set<String> learning =
        layout.stream()
            .filter(TensorLayout::trained)
            .map(tensor -> stackOf(tensor.name()))
            .collect(Collectors.toSet());
    for (TensorLayout tensor : layout) {
      byGroup.computeIfAbsent(groupOf(tensor, learning), key -> new ArrayList<>()).add(tensor);
    }
    for (List<TensorLayout> members : byGroup.values()) {
      Group group = new Group(members, dtype, lanes);
      groups.add(group);
      long at = 0;
      for (TensorLayout member : members) {
        tensors.put(member.name(), new Tensor(member, group, at));
        at += member.elements();
      }
    }
  }

  /** What stands in one stack shares memory, even where only some of it learns. */
  private static String groupOf(TensorLayout tensor, Set<String> learning) {
    Matcher block = BLOCK.matcher(tensor.name());
    return block.lookingAt()
        ? block.group() + learning.contains(stackOf(tensor.name()))
        : tensor.name();
  }

  private static String stackOf(String name) {
    return name.replaceFirst("\\.([qkv]|gate|up)_proj\\.(weight|bias)$", ".stack.$2");
  }

  List<TensorLayout> layout() {
    return layout;
  }

  List<Group> groups() {
    return groups;
  }

  Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "no tensor is named " + name + "; layout() lists the names");
    }
    return tensor;
  }

  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** Neighbours of one slab, seen as one: matrices below one another, vectors end to end. */
  Tensor stack(List<String> names) {
    Tensor first = tensor(names.get(0));
    long length = 0;
    for (String name : names) {
      Tensor next = tensor(name);
      if (next.group != first.group || next.at != first.at + length) {
        throw new IllegalStateException(name + " does not follow its neighbour in memory");
      }
      length += next.layout.elements();
    }
    boolean vectors = first.layout.shape().size() == 1;
    TensorLayout whole =
        new TensorLayout(
            first.layout.name(),
            vectors ? List.of(length) : List.of(length / first.columns(), (long) first.columns()),
            first.layout.decays(),
            names.stream().anyMatch(name -> tensor(name).trained()));
    return new Tensor(whole, first.group, first.at);
  }

  @Override
  public void close() {
    groups.forEach(Group::close);
  }

  /** A place in a group. */
  record Tensor(TensorLayout layout, Group group, long at) {
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
      return Matrix.of(group.weights, at, rows(), columns());
    }

    Matrix gradient(Lane lane) {
      return Matrix.of(group.gradients.get(lane.index()), at, rows(), columns());
    }
  }

  /** Tensors that share slabs; frozen ones have neither gradients nor moments. */
  static final class Group implements AutoCloseable {
    final List<TensorLayout> members;
    final boolean trained;
    final Slab weights;
    final List<Slab> gradients = new ArrayList<>();
    final List<Slab> moments = new ArrayList<>();

    Group(List<TensorLayout> members, DataType dtype, int lanes) {
      this.members = members;
      trained = members.stream().anyMatch(TensorLayout::trained);
      long length = members.stream().mapToLong(TensorLayout::elements).sum();
      weights = new Slab(dtype, length);
      if (trained) {
        for (int lane = 0; lane < lanes; lane++) {
          gradients.add(new Slab(dtype, length));
        }
        moments.add(new Slab(dtype, length));
        moments.add(new Slab(dtype, length));
      }
    }

    @Override
    public void close() {
      weights.close();
      gradients.forEach(Slab::close);
      moments.forEach(Slab::close);
    }
  }
}
