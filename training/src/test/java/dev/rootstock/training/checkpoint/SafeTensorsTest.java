package dev.rootstock.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SafeTensorsTest {
  @TempDir private Path folder;

  private static Map<String, INDArray> read(byte[] bytes, DataType type) throws IOException {
    Map<String, INDArray> tensors = new TreeMap<>();
    SafeTensors.read(
        new ByteArrayInputStream(bytes),
        bytes.length,
        type,
        (name, values) -> tensors.put(name, values.dup('c')));
    return tensors;
  }

  private static byte[] file(String header, byte... data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
    out.writeBytes(json);
    out.writeBytes(data);
    return out.toByteArray();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    INDArray large = Nd4j.rand(DataType.FLOAT, 300, 301); // more than one chunk
    INDArray small = Nd4j.createFromArray(1.5f, -2f, Float.MIN_VALUE);
    Path file = folder.resolve("model.safetensors");

    SafeTensors.write(
        file,
        List.of(
            new SafeTensors.Named("z", List.of(300L, 301L)),
            new SafeTensors.Named("a", List.of(3L))),
        DataType.FLOAT,
        name -> (name.equals("z") ? large : small).dup());

    byte[] bytes = Files.readAllBytes(file);
    Map<String, INDArray> tensors = read(bytes, DataType.FLOAT);
    assertThat(tensors).containsOnlyKeys("a", "z");
    assertThat(tensors.get("z")).isEqualTo(large);
    assertThat(tensors.get("a").toFloatVector()).containsExactly(1.5f, -2f, Float.MIN_VALUE);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(new String(bytes, 8, (int) header, StandardCharsets.UTF_8))
        .startsWith("{\"__metadata__\":{\"format\":\"pt\"},\"a\":");
  }

  @Test
  void keepsDoublesExactly() throws IOException {
    INDArray values = Nd4j.createFromArray(Math.PI, 1e-300, -0.1);
    Path file = folder.resolve("double.safetensors");
    SafeTensors.write(
        file,
        List.of(new SafeTensors.Named("x", List.of(3L))),
        DataType.DOUBLE,
        name -> values.dup());

    assertThat(read(Files.readAllBytes(file), DataType.DOUBLE).get("x").toDoubleVector())
        .containsExactly(Math.PI, 1e-300, -0.1);
  }

  @Test
  void readsHalvesOfBothKinds() throws IOException {
    byte[] bytes =
        file(
            "{\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[4,12]}}",
            (byte) 0x80,
            (byte) 0x3f,
            (byte) 0x40,
            (byte) 0xc0, // 1, -3
            (byte) 0,
            (byte) 0x3c,
            (byte) 1,
            (byte) 0,
            (byte) 0xff,
            (byte) 0x7b,
            (byte) 0,
            (byte) 0xb8);

    Map<String, INDArray> tensors = read(bytes, DataType.FLOAT);

    assertThat(tensors.get("b").toFloatVector()).containsExactly(1f, -3f);
    assertThat(tensors.get("h").toFloatVector()).containsExactly(1f, 0x1p-24f, 65504f, -0.5f);
    assertThat(Halves.fromFloat16((short) 0x7c00)).isInfinite();
    assertThat(Halves.fromFloat16((short) 0x7c01)).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | has 2 elements of F32 in 4 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | describes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}} | not UTF-8 JSON",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}} | overflows",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | where a whole number",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | in -8 bytes",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}} | dtype I32",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | must have exactly",
        "{\"__metadata__\":{\"format\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | strings to strings",
        "[] | must begin with"
      })
  void refusesAHeaderThatDoesNotFitItsFile(String header, String message) {
    byte[] bytes = file(header, new byte[8]);

    assertThatThrownBy(() -> read(bytes, DataType.FLOAT))
        .isInstanceOf(BadTensors.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAHeaderLongerThanItsFileBeforeReadingIt() {
    byte[] bytes = file("{}");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
    assertThatThrownBy(() -> read(bytes, DataType.FLOAT))
        .hasMessageContaining("claims 1099511627776 bytes");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -1);
    assertThatThrownBy(() -> read(bytes, DataType.FLOAT))
        .hasMessageContaining("claims 18446744073709551615 bytes");
    assertThatThrownBy(() -> read(new byte[5], DataType.FLOAT)).hasMessageContaining("at least 8");
  }

  @Test
  void noticesAFileCutShortWhileItIsRead() {
    byte[] bytes =
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
    ByteArrayInputStream cut = new ByteArrayInputStream(bytes, 0, bytes.length - 3);

    assertThatThrownBy(
            () -> SafeTensors.read(cut, bytes.length, DataType.FLOAT, (name, values) -> {}))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("3 bytes early");
  }
}
