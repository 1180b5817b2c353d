package ai.ratio1.hardware.internal.opencl;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of OpenCL 1.2 that are used, by their C names so that its manual applies; size_t is
 * a long, since nodes run on 64 bits alone. Public for JNA alone, which makes a proxy.
 */
// As many parameters as in C.
@SuppressWarnings("checkstyle:ParameterNumber")
public interface OpenCl extends Library {

  /** Done. */
  int SUCCESS = 0;

  /** Of clGetDeviceIDs: main processors. */
  long DEVICE_TYPE_CPU = 1 << 1;

  /** Of clGetDeviceIDs: graphics processors. */
  long DEVICE_TYPE_GPU = 1 << 2;

  /** Of clGetDeviceInfo: the name, as text. */
  int DEVICE_NAME = 0x102B;

  /** Of clCreateBuffer: kernels read and write it. */
  long MEM_READ_WRITE = 1;

  int clGetPlatformIDs(int room, Pointer @Nullable [] platforms, IntByReference count);

  int clGetDeviceIDs(
      Pointer platform, long type, int room, Pointer @Nullable [] devices, IntByReference count);

  int clGetDeviceInfo(
      Pointer device, int what, long room, byte[] value, @Nullable Pointer actualSize);

  @Nullable Pointer clCreateContext(
      @Nullable Pointer properties,
      int count,
      Pointer[] devices,
      @Nullable Pointer notify,
      @Nullable Pointer userData,
      IntByReference error);

  @Nullable Pointer clCreateCommandQueue(
      Pointer context, Pointer device, long properties, IntByReference error);

  @Nullable Pointer clCreateProgramWithSource(
      Pointer context,
      int count,
      String[] sources,
      @Nullable Pointer lengths,
      IntByReference error);

  int clBuildProgram(
      Pointer program,
      int count,
      Pointer[] devices,
      String options,
      @Nullable Pointer notify,
      @Nullable Pointer userData);

  @Nullable Pointer clCreateKernel(Pointer program, String name, IntByReference error);

  @Nullable Pointer clCreateBuffer(
      Pointer context, long flags, long size, @Nullable Pointer host, IntByReference error);

  int clSetKernelArg(Pointer kernel, int index, long size, Pointer value);

  int clEnqueueWriteBuffer(
      Pointer queue,
      Pointer buffer,
      int blocking,
      long offset,
      long size,
      long[] from,
      int waits,
      @Nullable Pointer waitList,
      @Nullable Pointer event);

  int clEnqueueReadBuffer(
      Pointer queue,
      Pointer buffer,
      int blocking,
      long offset,
      long size,
      long[] into,
      int waits,
      @Nullable Pointer waitList,
      @Nullable Pointer event);

  int clEnqueueNDRangeKernel(
      Pointer queue,
      Pointer kernel,
      int dimensions,
      long @Nullable [] offset,
      long[] global,
      long @Nullable [] local,
      int waits,
      @Nullable Pointer waitList,
      @Nullable Pointer event);

  int clFinish(Pointer queue);

  int clReleaseMemObject(Pointer buffer);

  int clReleaseKernel(Pointer kernel);

  int clReleaseProgram(Pointer program);

  int clReleaseCommandQueue(Pointer queue);

  int clReleaseContext(Pointer context);
}
