package dev.rootstock.preprocess.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Zstandard for Parquet; the codecs that Parquet brings need a Hadoop runtime. */
final class ZstdCodec implements CompressionCodecFactory {
  /** Of what is handed on; part of the files' bytes. */
  static final int LASTING = 3;

  /** Of what a later pass writes again: a tenth larger for 40 % of the time. */
  static final int PASSING = 1;

  private final int level;

  ZstdCodec(int level) {
    this.level = level;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    check(codec);
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(Zstd.compress(array(bytes), level));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    check(codec);
    return new BytesInputDecompressor() {
      @Override
      public BytesInput decompress(BytesInput bytes, int size) throws IOException {
        return BytesInput.from(Zstd.decompress(array(bytes), size));
      }

      @Override
      public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize) {
        byte[] packed = new byte[inputSize];
        input.get(packed);
        output.put(Zstd.decompress(packed, outputSize));
        output.flip();
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public void release() {}

  private static byte[] array(BytesInput bytes) throws IOException {
    ByteArrayOutputStream array = new ByteArrayOutputStream((int) bytes.size());
    bytes.writeAllTo(array);
    return array.toByteArray();
  }

  private static void check(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException(
          "a Parquet file is compressed by " + codec + "; it must be ZSTD");
    }
  }
}
