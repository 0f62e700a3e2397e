package dev.rootstock.training.backend.cpu;

import dev.rootstock.contract.LoraSpec;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.backend.BackendContract;
import java.util.Optional;

class CpuBackendTest extends BackendContract {
  @Override
  protected Backend open(ModelShape shape, Optional<LoraSpec> adapter) {
    return new CpuBackend(shape, adapter, 2, new Measures(24, 4, 4));
  }

  @Override
  protected double tolerance() {
    return 1e-5;
  }
}
