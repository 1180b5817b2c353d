package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes values one after the other, each with its length where it has none by nature. */
final class Packer {

  private final DataOutputStream out;

  private Packer(DataOutputStream out) {
    this.out = out;
  }

  /** Writes one part; streams in memory never fail. */
  @FunctionalInterface
  interface Part<T> {
    void write(T value) throws IOException;
  }

  static byte[] pack(int version, Part<Packer> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(version);
      content.write(new Packer(out));
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  void bytes(byte[] value) throws IOException {
    out.writeInt(value.length);
    out.write(value);
  }

  void hash(Bytes32 value) throws IOException {
    out.write(value.toArray());
  }

  void address(EvmAddress value) throws IOException {
    out.write(value.toArray());
  }

  <T> void optional(Optional<T> value, Part<T> part) throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      part.write(value.get());
    }
  }

  <T> void list(List<T> values, Part<T> part) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      part.write(value);
    }
  }
}
