package dev.rootstock.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.TensorLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ExampleTest {
  private static final int CONTEXT = 24;
  private static final int VOCABULARY = 13;

  private static List<Example> examples() {
    Random random = new Random(4);
    List<Example> examples = new ArrayList<>();
    for (int length : new int[] {3, 25, 7, 12, 9, 2, 5}) {
      int[] ids = random.ints(length, 0, VOCABULARY).toArray();
      examples.add(new Example(ids, 1 + random.nextInt(length - 1)));
    }
    return examples;
  }

  @Test
  void theLongestIsPlacedFirstEachWhereThereIsRoom() {
    List<List<Integer>> rows =
        Example.packed(examples(), CONTEXT).stream()
            .map(row -> row.stream().map(example -> example.ids().length).toList())
            .toList();

    assertThat(rows).containsExactly(List.of(25), List.of(12, 9, 5, 2), List.of(7, 3));
  }

  @ParameterizedTest
  @EnumSource(names = {"LLAMA", "GPT2"})
  void packedExamplesHaveTheLossAndTheGradientsThatTheyHaveApart(ModelShape.Family family) {
    ModelShape shape =
        new ModelShape(family, 2, 16, 4, 4, 4, 24, VOCABULARY, CONTEXT, 1e-5, 10_000, true);
    try (Backend model = Backends.open(shape, Optional.empty(), Numeric.DEFAULT, 2)) {
      Nd4j.getRandom().setSeed(3);
      for (TensorLayout tensor : model.layout()) {
        long[] measures = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        model.write(
            tensor.name(), Backend.Kind.WEIGHT, Nd4j.randn(DataType.FLOAT, measures).muli(0.3));
      }
      Batch apart = Example.batch(examples(), CONTEXT);
      Batch packed = Example.rows(Example.packed(examples(), CONTEXT), CONTEXT);
      assertThat(packed.rows()).isEqualTo(3);
      assertThat(packed.predicted()).isEqualTo(apart.predicted());

      double loss = model.accumulate(apart, 0.1);
      INDArray gradient = model.read(model.layout().get(2).name(), Backend.Kind.GRADIENT);
      model.update(dev.rootstock.contract.OptimizerSpec.DEFAULT, 0, 1); // clears

      assertThat(model.accumulate(packed, 0.1)).isCloseTo(loss, within(1e-5 * loss));
      INDArray same = model.read(model.layout().get(2).name(), Backend.Kind.GRADIENT);
      assertThat(same.distance2(gradient)).isLessThan(1e-5 * gradient.norm2Number().doubleValue());
    }
  }
}
