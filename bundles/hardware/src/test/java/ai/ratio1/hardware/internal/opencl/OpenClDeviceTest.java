package ai.ratio1.hardware.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.Gpu;
import ai.ratio1.hardware.GpuTask;
import ai.ratio1.outcome.capability.GpuSize;
import ai.ratio1.outcome.capability.GpuWork;
import com.sun.jna.Pointer;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real OpenCL, PoCL, which compiles the kernels for the main processor and runs them on it: it
 * has to find what the reference finds.
 */
class OpenClDeviceTest {

  private static final GpuWork WORK = work(4, 1, 1);

  private static OpenCl cl;
  private static Gpu device;

  @BeforeAll
  static void load() {
    cl =
        OpenClGpus.driver()
            .orElseThrow(() -> new AssertionError("./r1 test installs pocl-opencl-icd"));
    List<OpenClDevice> found = OpenClDevice.find(cl, OpenCl.DEVICE_TYPE_CPU);
    assertThat(found).as("./r1 test installs pocl-opencl-icd").isNotEmpty();
    device = found.get(0);
  }

  /** Of the last, a segment's rounds do not fit one run of the kernel. */
  @ParameterizedTest
  @CsvSource({"256, 8, 1", "64, 3, 5", "4, 1, 16387"})
  void findsWhatTheReferenceFinds(int groups, int segments, int rounds) {
    GpuWork work = work(groups, segments, rounds);
    assertThat(device.walk(task(work), () -> true)).contains(expected(work));
    assertThat(device.name()).isNotEqualTo("unknown");
    assertThat(OpenClDevice.find(cl, OpenCl.DEVICE_TYPE_CPU)).contains((OpenClDevice) device);
  }

  @Test
  void stopsWhenToldTo() {
    AtomicInteger left = new AtomicInteger(2);
    assertThat(device.walk(task(work(256, 8, 1)), () -> left.getAndDecrement() > 0)).isEmpty();
    assertThat(left).hasValue(-1);
  }

  @Test
  void aMainProcessorIsNoGraphicsProcessor() {
    assertThat(new OpenClGpus().all()).doesNotContain(device);
  }

  /** Whatever fails first, everything that was made is released, the newest first. */
  @ParameterizedTest
  @CsvSource({
    "clCreateContext, 0",
    "clCreateCommandQueue, 1",
    "clBuildProgram, 3",
    "clCreateKernel, 3",
    "clCreateBuffer, 6",
    "clEnqueueWriteBuffer, 7",
    "clSetKernelArg, 10",
    "clEnqueueNDRangeKernel, 10",
    "clFinish, 10",
    "clEnqueueReadBuffer, 10"
  })
  void aDeviceThatFailsIsToldAndLeavesNothingBehind(String function, int releases) {
    List<String> called = new ArrayList<>();
    Gpu broken = new OpenClDevice(failing(function, called), new Pointer(1));
    assertThatThrownBy(() -> broken.walk(task(WORK), () -> true))
        .isInstanceOf(R1Exception.class)
        .hasMessageContaining(function + " returns -5");
    assertThat(called.stream().filter(name -> name.startsWith("clRelease"))).hasSize(releases);
    assertThat(called.get(called.size() - 2))
        .isEqualTo(releases == 0 ? "clCreateContext" : "clReleaseContext");
  }

  @Test
  void aDriverThatListsNothingHasNone() {
    assertThat(OpenClDevice.find(failing("clGetPlatformIDs", new ArrayList<>()), 4)).isEmpty();
    assertThat(OpenClDevice.find(failing("clGetDeviceIDs", new ArrayList<>()), 4)).isEmpty();
  }

  /** A driver of which one function fails. */
  private static OpenCl failing(String function, List<String> called) {
    return (OpenCl)
        Proxy.newProxyInstance(
            OpenCl.class.getClassLoader(),
            new Class<?>[] {OpenCl.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              int result = method.getName().equals(function) ? -5 : OpenCl.SUCCESS;
              if (method.getName().equals("clGetPlatformIDs")) {
                ((com.sun.jna.ptr.IntByReference) arguments[2]).setValue(1);
              }
              if (method.getReturnType() == int.class) {
                return result;
              }
              ((com.sun.jna.ptr.IntByReference) arguments[arguments.length - 1]).setValue(result);
              return new Pointer(called.size());
            });
  }

  private static GpuWork work(int groups, int segments, int rounds) {
    return new GpuWork(
        Bytes32.parse("0x" + "5a".repeat(32)),
        EvmAddress.parse("0x" + "44".repeat(20)),
        new GpuSize(1, groups, segments, rounds));
  }

  private static GpuTask task(GpuWork work) {
    GpuSize size = work.size();
    long[] seeds =
        IntStream.range(0, size.groups()).mapToLong(group -> work.seed(0, group)).toArray();
    return new GpuTask(work.table(), seeds, size.walks(), size.segments(), size.rounds());
  }

  private static long[] expected(GpuWork work) {
    long[] words = new long[work.size().places()];
    ByteBuffer.wrap(work.checkpoints()).asLongBuffer().get(words);
    return words;
  }
}
