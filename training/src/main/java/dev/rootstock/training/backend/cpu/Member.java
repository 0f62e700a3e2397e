package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.OptimizerSpec;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.Batch;
import dev.rootstock.training.model.TensorLayout;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One job of a group. Closing it lets the others go on without it. */
final class Member implements Backend {
  private final CpuBackend model;
  private final Meeting meeting;
  private final int number;

  Member(CpuBackend model, Meeting meeting, int number) {
    this.model = model;
    this.meeting = meeting;
    this.number = number;
  }

  @Override
  public List<TensorLayout> layout() {
    return model.layout();
  }

  @Override
  public INDArray read(String name, Kind kind) {
    return meeting.alone(() -> model.read(name, kind));
  }

  @Override
  public void read(String name, Kind kind, INDArray into) {
    meeting.alone(
        () -> {
          model.read(name, kind, into);
          return null;
        });
  }

  @Override
  public void write(String name, Kind kind, INDArray values) {
    if (layout().stream().anyMatch(tensor -> tensor.name().equals(name) && !tensor.trained())) {
      throw new IllegalArgumentException(
          name + " belongs to all jobs; a job writes tensors of its own adapter alone");
    }
    meeting.alone(
        () -> {
          model.write(name, kind, values);
          return null;
        });
  }

  @Override
  public double accumulate(Batch batch, double scale) {
    return meeting.accumulate(number, model, batch, scale);
  }

  @Override
  public double update(OptimizerSpec optimizer, double rate, long step) {
    return meeting.alone(() -> model.update(optimizer, rate, step));
  }

  @Override
  public double[] score(Batch batch) {
    return meeting.alone(() -> model.score(batch));
  }

  @Override
  public float[] begin(int[] ids) {
    return meeting.alone(() -> model.begin(ids));
  }

  @Override
  public float[] next(int id) {
    return meeting.alone(() -> model.next(id));
  }

  @Override
  public String describe() {
    return model.describe();
  }

  @Override
  public void close() {
    meeting.leave(number);
    meeting.alone(
        () -> {
          model.close();
          return null;
        });
  }
}
