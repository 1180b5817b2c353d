package ai.ratio1.hardware.internal;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of NVIDIA's management library that are used, by their C names so that its manual
 * applies. Structures travel as arrays of their size. Public for JNA alone, which makes a proxy.
 */
public interface Nvml extends Library {

  /** Done. */
  int SUCCESS = 0;

  /** The device does not have what was asked for. */
  int NOT_SUPPORTED = 3;

  /** There is no driver. */
  int DRIVER_NOT_LOADED = 9;

  /** The device fell off the bus. */
  int GPU_IS_LOST = 15;

  /** Size of nvmlPciInfo_t: 16 characters, 5 numbers, 32 characters. */
  int PCI_INFO = 68;

  /** Where the PCI address begins in nvmlPciInfo_t, and how long it is. */
  int PCI_BUS_ID = 36;

  int nvmlInit_v2();

  int nvmlShutdown();

  int nvmlSystemGetDriverVersion(byte[] version, int length);

  int nvmlSystemGetCudaDriverVersion_v2(IntByReference version);

  int nvmlDeviceGetCount_v2(IntByReference count);

  int nvmlDeviceGetHandleByIndex_v2(int index, PointerByReference device);

  int nvmlDeviceGetPciInfo_v3(Pointer device, byte[] info);

  int nvmlDeviceGetName(Pointer device, byte[] name, int length);

  int nvmlDeviceGetUUID(Pointer device, byte[] uuid, int length);

  /** Total, free and used bytes. */
  int nvmlDeviceGetMemoryInfo(Pointer device, long[] memory);

  /** Percent of time the GPU and its memory were busy. */
  int nvmlDeviceGetUtilizationRates(Pointer device, int[] rates);

  int nvmlDeviceGetTemperature(Pointer device, int sensor, IntByReference celsius);

  int nvmlDeviceGetPowerUsage(Pointer device, IntByReference milliwatts);

  int nvmlDeviceGetCudaComputeCapability(
      Pointer device, IntByReference major, IntByReference minor);
}
