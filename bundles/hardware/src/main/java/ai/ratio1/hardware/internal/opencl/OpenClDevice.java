package ai.ratio1.hardware.internal.opencl;

import ai.ratio1.hardware.Gpu;
import ai.ratio1.hardware.GpuTask;
import ai.ratio1.hardware.internal.core.HardwareError;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * A device that computes. Nothing is held on it between two tasks: its memory belongs to jobs.
 *
 * @param cl the driver
 * @param id the driver's own
 */
record OpenClDevice(OpenCl cl, Pointer id) implements Gpu {

  /** No driver lists more of its platforms and devices than that. */
  private static final int MOST = 64;

  /** Short enough for a driver that draws a screen beside, and to stop soon. */
  private static final int ROUNDS_AT_ONCE = 1 << 14;

  /** The devices of a type, as the driver lists them; a platform that fails hides no other. */
  static List<OpenClDevice> find(OpenCl cl, long type) {
    List<OpenClDevice> found = new ArrayList<>();
    Pointer[] platforms = new Pointer[MOST];
    IntByReference count = new IntByReference();
    if (cl.clGetPlatformIDs(MOST, platforms, count) != OpenCl.SUCCESS) {
      return found;
    }
    for (int i = 0; i < Math.min(MOST, count.getValue()); i++) {
      Pointer[] devices = new Pointer[MOST];
      IntByReference there = new IntByReference();
      if (cl.clGetDeviceIDs(platforms[i], type, MOST, devices, there) == OpenCl.SUCCESS) {
        IntStream.range(0, Math.min(MOST, there.getValue()))
            .forEach(index -> found.add(new OpenClDevice(cl, devices[index])));
      }
    }
    return found;
  }

  @Override
  public Optional<long[]> walk(GpuTask task, BooleanSupplier goOn) {
    try (OpenClSession session = new OpenClSession(cl, id, source())) {
      return walk(session, task, goOn);
    } catch (OpenClException e) {
      throw HardwareError.DEVICE_FAILED.failure(
          "A graphics processor failed, " + name() + ": " + e.getMessage() + ".", e);
    }
  }

  private static Optional<long[]> walk(OpenClSession session, GpuTask task, BooleanSupplier goOn)
      throws OpenClException {
    int groups = task.seeds().length;
    int all = groups * task.walks();
    long[] ends = new long[groups];
    long[] checkpoints = new long[groups * task.segments()];
    Pointer begin = session.kernel("begin");
    Pointer walk = session.kernel("walk");
    Pointer fold = session.kernel("fold");
    Pointer table = session.buffer(GpuTask.TABLE, task.table());
    Pointer seeds = session.buffer(groups, task.seeds());
    Pointer folded = session.buffer(groups, ends);
    Pointer walks = session.buffer(all, new long[0]);
    for (int segment = 0; segment < task.segments(); segment++) {
      session.run(begin, all, 0, seeds, folded, segment, task.walks(), walks);
      for (int left = task.rounds(); left > 0; left -= ROUNDS_AT_ONCE) {
        if (!goOn.getAsBoolean()) {
          return Optional.empty();
        }
        int rounds = Math.min(left, ROUNDS_AT_ONCE);
        session.run(walk, all, GpuTask.TOGETHER, table, walks, rounds);
      }
      session.run(fold, groups, 0, walks, task.walks(), folded);
      session.read(folded, ends);
      for (int group = 0; group < groups; group++) {
        checkpoints[group * task.segments() + segment] = ends[group];
      }
    }
    return Optional.of(checkpoints);
  }

  @Override
  public String name() {
    byte[] name = new byte[256];
    if (cl.clGetDeviceInfo(id, OpenCl.DEVICE_NAME, name.length, name, null) != OpenCl.SUCCESS) {
      return "unknown";
    }
    String text = new String(name, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    String printable = (end < 0 ? text : text.substring(0, end)).replaceAll("[^ -~]", "").strip();
    return printable.isEmpty() ? "unknown" : printable;
  }

  private static String source() {
    try (InputStream in = OpenClDevice.class.getResourceAsStream("walks.cl")) {
      return new String(
          Objects.requireNonNull(in, "walks.cl").readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("walks.cl is part of the bundle", e);
    }
  }
}
