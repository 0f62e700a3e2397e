package dev.rootstock.training.backend.nd4j;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.BackendContract;
import dev.rootstock.training.backend.Backends;
import dev.rootstock.training.model.Learns;

class Nd4jFloat32Test extends BackendContract {
  @Override
  protected Backend open(ModelShape shape, Learns learns) {
    return Backends.open(shape, learns, new Numeric(Numeric.Dtype.FLOAT32, Numeric.Device.CPU), 2);
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
