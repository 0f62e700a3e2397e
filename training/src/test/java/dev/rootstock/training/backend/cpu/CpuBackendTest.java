package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.BackendContract;
import dev.rootstock.training.model.Learns;

class CpuBackendTest extends BackendContract {
  @Override
  protected Backend open(ModelShape shape, Learns learns) {
    return new CpuBackend(shape, learns, 2, new Measures(24, 4, 4));
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
