package dev.rootstock.contract.task;

import dev.rootstock.contract.PinnedFile;
import java.io.IOException;
import java.io.InputStream;

/** Opens a pinned file where it lies now; the caller closes. */
@FunctionalInterface
public interface TaskFiles {
  InputStream open(PinnedFile file) throws IOException;
}
