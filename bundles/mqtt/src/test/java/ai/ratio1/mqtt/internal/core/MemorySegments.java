package ai.ratio1.mqtt.internal.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Segments in memory, on a machine that may stop at any byte it writes. */
class MemorySegments implements SegmentStore {

  /** The process is gone; what was written stays. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  final Map<String, ByteArrayOutputStream> files = new TreeMap<>();
  private long bytesToCrash = Long.MAX_VALUE;
  private long bytesToFailure = Long.MAX_VALUE;

  /** Ends the process after so many more bytes; a deletion counts as one. */
  void crashAfter(long bytes) {
    bytesToCrash = bytes;
  }

  /** Lets one write fail after so many more bytes. */
  void failAfter(long bytes) {
    bytesToFailure = bytes;
  }

  byte[] bytes(String name) {
    return files.get(name).toByteArray();
  }

  void replace(String name, byte[] bytes) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes);
    files.put(name, file);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public byte[] read(String name) throws IOException {
    return bytes(name);
  }

  @Override
  public void append(String name, byte[] bytes) throws IOException {
    ByteArrayOutputStream file = files.computeIfAbsent(name, n -> new ByteArrayOutputStream());
    int part = (int) Math.min(bytes.length, Math.min(bytesToCrash, bytesToFailure));
    file.write(bytes, 0, part);
    spend(part);
    if (part < bytes.length) {
      bytesToFailure = Long.MAX_VALUE;
      throw new IOException("no space left");
    }
  }

  @Override
  public void delete(String name) {
    spend(1);
    files.remove(name);
  }

  private void spend(int bytes) {
    bytesToFailure -= bytesToFailure == Long.MAX_VALUE ? 0 : bytes;
    bytesToCrash -= bytesToCrash == Long.MAX_VALUE ? 0 : bytes;
    if (bytesToCrash <= 0) {
      throw new Crash();
    }
  }
}
