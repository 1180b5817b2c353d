package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what {@link Packer} wrote, inside the bytes there are. */
final class Unpacker {

  private final DataInputStream in;

  private Unpacker(DataInputStream in) {
    this.in = in;
  }

  /** Reads one value. */
  @FunctionalInterface
  interface Part<T> {
    T read() throws IOException;
  }

  /** Reads everything. */
  @FunctionalInterface
  interface Content<T> {
    T read(Unpacker in) throws IOException;
  }

  /**
   * Reads all of {@code bytes}.
   *
   * @throws IllegalArgumentException if they are of another version, too short or too long
   */
  static <T> T unpack(int version, byte[] bytes, Content<T> content) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int found = in.readUnsignedByte();
      if (found != version) {
        throw new IllegalArgumentException("layout " + found + ", expected " + version);
      }
      T value = content.read(new Unpacker(in));
      if (in.available() > 0) {
        throw new IllegalArgumentException(in.available() + " bytes too many");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException("cut off", e);
    }
  }

  long number() throws IOException {
    return in.readLong();
  }

  byte[] bytes() throws IOException {
    return exactly(count());
  }

  Bytes32 hash() throws IOException {
    return Bytes32.of(exactly(32));
  }

  EvmAddress address() throws IOException {
    return EvmAddress.of(exactly(20));
  }

  <T> Optional<T> optional(Part<T> part) throws IOException {
    return in.readBoolean() ? Optional.of(part.read()) : Optional.empty();
  }

  <T> List<T> list(Part<T> part) throws IOException {
    int size = count();
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(part.read());
    }
    return values;
  }

  /** A length that the rest can hold: every element takes at least one byte. */
  int count() throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("length " + count + " of " + in.available() + " bytes");
    }
    return count;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] value = new byte[length];
    in.readFully(value);
    return value;
  }
}
