package dev.rootstock.preprocess.compare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Of the documents of each node all but the least by origin, under the index of its bundle. They
 * travel in blocks, by shares of the nodes' hashes, so that a runner sorts some thousand blocks
 * where it would sort every document; a share is gathered in memory.
 */
final class GatherTwins
    extends PTransform<PCollection<KV<Hash128, Twin>>, PCollection<KV<Integer, TakeOut>>> {
  private static final long serialVersionUID = 1L;
  private static final long SHARE = 1 << 18; // documents at most, of some 150 bytes
  private static final long LEAST = 64; // shares, so that every worker has some
  private static final long MOST = 1 << 20;
  private static final long HELD = 8 << 20; // bytes a worker packs before it sends them on

  private final int shares;

  /**
   * @param documents how many there are at most
   */
  GatherTwins(long documents) {
    this.shares = (int) Math.min(MOST, Math.max(LEAST, documents / SHARE));
  }

  @Override
  public PCollection<KV<Integer, TakeOut>> expand(PCollection<KV<Hash128, Twin>> twins) {
    return twins
        .apply("Pack", ParDo.of(new Pack(shares)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply("By share", GroupByKey.create())
        .apply("All but the first", ParDo.of(new AllButTheFirst()))
        .setCoder(KvCoder.of(VarIntCoder.of(), TakeOutCoder.of()));
  }

  private static final class Pack extends DoFn<KV<Hash128, Twin>, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;

    private final int shares;
    private transient @Nullable Map<Integer, ByteArrayOutputStream> blocks;
    private transient long held;

    Pack(int shares) {
      this.shares = shares;
    }

    @StartBundle
    public void start() {
      blocks = new HashMap<>();
      held = 0;
    }

    @ProcessElement
    public void process(@Element KV<Hash128, Twin> twin, OutputReceiver<KV<Integer, byte[]>> out)
        throws IOException {
      int share = (int) Long.remainderUnsigned(twin.getKey().high(), shares);
      ByteArrayOutputStream block =
          Objects.requireNonNull(blocks)
              .computeIfAbsent(share, empty -> new ByteArrayOutputStream());
      int before = block.size();
      Coders.HASH.encode(twin.getKey(), block);
      Coders.TWIN.encode(twin.getValue(), block);
      held += block.size() - before;
      if (held > HELD) {
        send(out::output);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      send(
          block -> context.output(block, BoundedWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE));
    }

    private void send(Consumer<KV<Integer, byte[]>> taker) {
      Objects.requireNonNull(blocks)
          .forEach((share, block) -> taker.accept(KV.of(share, block.toByteArray())));
      start();
    }
  }

  private static final class AllButTheFirst
      extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, TakeOut>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> share, OutputReceiver<KV<Integer, TakeOut>> out)
        throws IOException {
      Map<Hash128, Twin> firsts = new HashMap<>();
      List<KV<Hash128, Twin>> others = new ArrayList<>();
      for (byte[] block : share.getValue()) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(block);
        while (bytes.available() > 0) {
          Hash128 node = Coders.HASH.decode(bytes);
          Twin twin = Coders.TWIN.decode(bytes);
          Twin before = firsts.putIfAbsent(node, twin);
          if (before != null) {
            boolean less = twin.origin().compareTo(before.origin()) < 0;
            if (less) {
              firsts.put(node, twin);
            }
            others.add(KV.of(node, less ? before : twin));
          }
        }
      }
      for (KV<Hash128, Twin> other : others) {
        Twin first = Objects.requireNonNull(firsts.get(other.getKey()));
        out.output(KV.of(other.getValue().bundle(), TakeOut.whole(other.getValue(), first)));
      }
    }
  }
}
