package dev.rootstock.preprocess.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Unpacks pages of files that others wrote, without a Hadoop runtime. */
final class ForeignCodecs implements CompressionCodecFactory {
  private static final int LARGEST = 256 << 20; // bytes of a page, unpacked; usual is 1 MiB

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("reads only");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED -> new Unpacker((bytes, size) -> bytes);
      case ZSTD -> new Unpacker(Zstd::decompress);
      case SNAPPY -> new Unpacker(ForeignCodecs::unsnapped);
      case GZIP -> new Unpacker(ForeignCodecs::gunzipped);
      default ->
          throw new IllegalArgumentException(
              "columns compressed by " + codec + "; zstd, snappy, gzip and none can be read");
    };
  }

  @Override
  public void release() {}

  private static byte[] unsnapped(byte[] packed, int size) throws IOException {
    if (Snappy.uncompressedLength(packed) != size) {
      throw new IOException("a snappy page of another size than its header says");
    }
    return Snappy.uncompress(packed);
  }

  private static byte[] gunzipped(byte[] packed, int size) throws IOException {
    try (InputStream bytes = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return bytes.readNBytes(size);
    }
  }

  private interface Unpack {
    byte[] unpack(byte[] packed, int size) throws IOException;
  }

  private record Unpacker(Unpack codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream((int) bytes.size());
      bytes.writeAllTo(packed);
      return BytesInput.from(unpacked(packed.toByteArray(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize)
        throws IOException {
      byte[] packed = new byte[inputSize];
      input.get(packed);
      output.put(unpacked(packed, outputSize));
      output.flip();
    }

    private byte[] unpacked(byte[] packed, int size) throws IOException {
      if (size < 0 || size > LARGEST) {
        throw new IOException(
            "a page of " + size + " bytes; at most " + LARGEST + " are held in memory");
      }
      return codec.unpack(packed, size);
    }

    @Override
    public void release() {}
  }
}
