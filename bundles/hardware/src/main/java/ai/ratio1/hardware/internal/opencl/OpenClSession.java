package ai.ratio1.hardware.internal.opencl;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A device that a program was built for; what it holds is released when it is closed. */
final class OpenClSession implements AutoCloseable {

  private static final int BLOCKING = 1;

  private final OpenCl cl;
  private final Deque<Runnable> releases = new ArrayDeque<>();
  private final Pointer context;
  private final Pointer queue;
  private final Pointer program;

  OpenClSession(OpenCl cl, Pointer device, String source) throws OpenClException {
    this.cl = cl;
    Pointer[] devices = {device};
    IntByReference error = new IntByReference();
    try {
      Pointer opened = cl.clCreateContext(null, 1, devices, null, null, error);
      context = made("clCreateContext", opened, error, cl::clReleaseContext);
      queue =
          made(
              "clCreateCommandQueue",
              cl.clCreateCommandQueue(context, device, 0, error),
              error,
              cl::clReleaseCommandQueue);
      program =
          made(
              "clCreateProgramWithSource",
              cl.clCreateProgramWithSource(context, 1, new String[] {source}, null, error),
              error,
              cl::clReleaseProgram);
      check("clBuildProgram", cl.clBuildProgram(program, 1, devices, "", null, null));
    } catch (OpenClException e) {
      close();
      throw e;
    }
  }

  Pointer kernel(String name) throws OpenClException {
    IntByReference error = new IntByReference();
    Pointer kernel = cl.clCreateKernel(program, name, error);
    return made("clCreateKernel", kernel, error, cl::clReleaseKernel);
  }

  /** A buffer of so many 64-bit words, of which the first are given. */
  Pointer buffer(int words, long[] first) throws OpenClException {
    IntByReference error = new IntByReference();
    long bytes = (long) words * Long.BYTES;
    Pointer made = cl.clCreateBuffer(context, OpenCl.MEM_READ_WRITE, bytes, null, error);
    Pointer buffer = made("clCreateBuffer", made, error, cl::clReleaseMemObject);
    if (first.length > 0) {
      long size = (long) first.length * Long.BYTES;
      check(
          "clEnqueueWriteBuffer",
          cl.clEnqueueWriteBuffer(queue, buffer, BLOCKING, 0, size, first, 0, null, null));
    }
    return buffer;
  }

  void read(Pointer buffer, long[] into) throws OpenClException {
    long size = (long) into.length * Long.BYTES;
    check(
        "clEnqueueReadBuffer",
        cl.clEnqueueReadBuffer(queue, buffer, BLOCKING, 0, size, into, 0, null, null));
  }

  /**
   * Runs a kernel to its end.
   *
   * @param items how many times
   * @param together how many of them share their memory; 0 for what the driver thinks best
   * @param arguments buffers, and numbers of 32 bits
   */
  void run(Pointer kernel, int items, int together, Object... arguments) throws OpenClException {
    for (int i = 0; i < arguments.length; i++) {
      boolean number = arguments[i] instanceof Integer;
      int size = number ? Integer.BYTES : Native.POINTER_SIZE;
      try (Memory value = new Memory(size)) {
        if (number) {
          value.setInt(0, (Integer) arguments[i]);
        } else {
          value.setPointer(0, (Pointer) arguments[i]);
        }
        check("clSetKernelArg", cl.clSetKernelArg(kernel, i, size, value));
      }
    }
    long[] local = together == 0 ? null : new long[] {together};
    long[] global = {items};
    check(
        "clEnqueueNDRangeKernel",
        cl.clEnqueueNDRangeKernel(queue, kernel, 1, null, global, local, 0, null, null));
    check("clFinish", cl.clFinish(queue));
  }

  /** Releases in the opposite order; a release that fails has nobody to tell. */
  @Override
  public void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }

  private interface Release {
    int of(Pointer made);
  }

  private Pointer made(
      String function, @Nullable Pointer result, IntByReference error, Release release)
      throws OpenClException {
    check(function, error.getValue());
    if (result == null) {
      throw new OpenClException(function, OpenCl.SUCCESS);
    }
    releases.push(() -> release.of(result));
    return result;
  }

  private static void check(String function, int result) throws OpenClException {
    if (result != OpenCl.SUCCESS) {
      throw new OpenClException(function, result);
    }
  }
}
