package dev.rootstock.training;

import dev.rootstock.contract.Check;
import dev.rootstock.contract.InvalidConfig;
import dev.rootstock.contract.ModelShape;
import dev.rootstock.contract.Numeric;
import dev.rootstock.contract.PinnedFile;
import dev.rootstock.contract.Problem;
import dev.rootstock.contract.engine.MeasureOrder;
import dev.rootstock.contract.engine.Measured;
import dev.rootstock.contract.engine.Progress;
import dev.rootstock.contract.engine.ProgressLog;
import dev.rootstock.contract.engine.Stop;
import dev.rootstock.contract.engine.Stopped;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.contract.store.ArtifactStore;
import dev.rootstock.contract.store.Stores;
import dev.rootstock.contract.task.WherePinned;
import dev.rootstock.training.backend.Backend;
import dev.rootstock.training.evaluate.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How well a model foresees a text, in nats a token and bits a byte. */
final class MeasureVerb implements Verb<MeasureOrder> {
  private static final long MOST_ATTENTION = 1L << 29; // bytes of one window's probabilities

  @Override
  public Class<MeasureOrder> order() {
    return MeasureOrder.class;
  }

  @Override
  public Measured carryOut(MeasureOrder order, ProgressLog progress, Stop stop) throws IOException {
    ModelShape shape = order.model().shape();
    int window = order.window().orElse(window(shape));
    int stride = order.stride().orElse(window);
    new Check()
        .that(
            window <= shape.context(), "window", window, "at most the context, " + shape.context())
        .that(stride <= window, "stride", stride, "at most the window, " + window)
        .done();
    byte[] bytes = read(order.text());
    String text = text(bytes, order.text());
    try (ArtifactStore store = Stores.open(order.attempt().store())) {
      int[] ids = ModelTokenizer.read(store, order.model().tokenizer()).tokenizer().encode(text);
      new Check()
          .that(ids.length > 1, "text", ids.length + " tokens", "of two tokens or more")
          .done();
      try (Backend model =
          StoredModel.open(store, order.model(), Numeric.DEFAULT, order.attempt().cores())) {
        double nats =
            new Windows(window, stride)
                .nats(
                    model,
                    ids,
                    (done, of) -> {
                      progress.at(Progress.of("measure", done, of, "tokens"));
                      if (stop.asked()) {
                        throw new Stopped("left after " + done + " of " + of + " tokens");
                      }
                    });
        long predicted = ids.length - 1L;
        return new Measured(
            predicted,
            nats / predicted,
            nats / StrictMath.log(2) / bytes.length,
            bytes.length,
            window,
            stride);
      }
    }
  }

  /** The context, or less where its attention would take too much memory. */
  static int window(ModelShape shape) {
    return (int)
        Math.min(shape.context(), Math.sqrt((double) MOST_ATTENTION / (4 * shape.heads())));
  }

  private static byte[] read(PinnedFile file) throws IOException {
    try (InputStream in = new WherePinned().open(file)) {
      return in.readAllBytes();
    }
  }

  private static String text(byte[] bytes, PinnedFile file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new InvalidConfig(
          Problem.of("text", file.uri().getPath() + ", which is not UTF-8", "UTF-8 text"));
    }
  }
}
