package dev.rootstock.training.data;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks Parquet pages, plain or by Zstandard; the codecs that Parquet brings need a Hadoop
 * runtime.
 */
final class PageCodecs implements CompressionCodecFactory {
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new IllegalStateException("training reads Parquet and writes none");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD && codec != CompressionCodecName.UNCOMPRESSED) {
      throw new IllegalArgumentException(
          "a token shard is packed by " + codec + "; it must be ZSTD");
    }
    return new Unpacker(codec == CompressionCodecName.ZSTD);
  }

  @Override
  public void release() {}

  private record Unpacker(boolean packed) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return packed
          ? BytesInput.from(Zstd.decompress(bytes.toInputStream().readAllBytes(), size))
          : bytes;
    }

    @Override
    public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize) {
      byte[] bytes = new byte[inputSize];
      input.get(bytes);
      output.put(packed ? Zstd.decompress(bytes, outputSize) : bytes);
      output.flip();
    }

    @Override
    public void release() {}
  }
}
