package ai.ratio1.hardware.internal;

import ai.ratio1.hardware.internal.core.NvmlAnswer;
import ai.ratio1.hardware.internal.core.NvmlDevice;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

/**
 * Asks NVML once. What a device or an older library does not support is unknown; a device that is
 * lost does not hide the others.
 */
final class NvmlReader {

  private static final int TEXT = 96;
  private static final int MOST_DEVICES = 64;
  private static final int LARGEST_NUMBER = 1_000_000;
  private static final long LARGEST_MEMORY = 1L << 44;
  private static final int CUDA_MAJOR = 1000;
  private static final int CUDA_MINOR = 10;

  // nvmlPciInfo_t says 00000000:01:00.0, the kernel 0000:01:00.0.
  private static final String PCI = "0000[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]";
  private static final int KERNEL_PCI = 4;

  private final Nvml nvml;

  NvmlReader(Nvml nvml) {
    this.nvml = nvml;
  }

  /** Asks a library that is initialised. */
  NvmlAnswer read() {
    IntByReference count = new IntByReference();
    int result = call(() -> nvml.nvmlDeviceGetCount_v2(count));
    if (result != Nvml.SUCCESS) {
      return new NvmlAnswer.Failed("nvmlDeviceGetCount_v2 returns " + result);
    }
    if (count.getValue() < 0 || count.getValue() > MOST_DEVICES) {
      return new NvmlAnswer.Failed("it claims to have " + count.getValue() + " devices");
    }
    List<NvmlDevice> devices = new ArrayList<>();
    for (int index = 0; index < count.getValue(); index++) {
      devices.add(device(index));
    }
    Optional<String> driver = text(b -> nvml.nvmlSystemGetDriverVersion(b, b.length));
    return new NvmlAnswer.Devices(driver, cuda(), List.copyOf(devices));
  }

  private NvmlDevice device(int index) {
    PointerByReference handle = new PointerByReference();
    int result = call(() -> nvml.nvmlDeviceGetHandleByIndex_v2(index, handle));
    if (result != Nvml.SUCCESS) {
      return NvmlDevice.lost("nvml-" + index);
    }
    Pointer device = handle.getValue();
    String id = pciAddress(device).orElse("nvml-" + index);
    long[] memory = new long[3];
    int[] rates = new int[2];
    int asked = call(() -> nvml.nvmlDeviceGetMemoryInfo(device, memory));
    if (asked == Nvml.GPU_IS_LOST) {
      return NvmlDevice.lost(id);
    }
    return new NvmlDevice(
        id,
        false,
        text(b -> nvml.nvmlDeviceGetName(device, b, b.length)),
        text(b -> nvml.nvmlDeviceGetUUID(device, b, b.length)),
        within(asked, memory[0], LARGEST_MEMORY),
        computeCapability(device),
        number(n -> nvml.nvmlDeviceGetTemperature(device, 0, n)),
        within(call(() -> nvml.nvmlDeviceGetUtilizationRates(device, rates)), rates[0], 100),
        number(n -> nvml.nvmlDeviceGetPowerUsage(device, n)));
  }

  private Optional<String> pciAddress(Pointer device) {
    byte[] info = new byte[Nvml.PCI_INFO];
    if (call(() -> nvml.nvmlDeviceGetPciInfo_v3(device, info)) != Nvml.SUCCESS) {
      return Optional.empty();
    }
    return line(Arrays.copyOfRange(info, Nvml.PCI_BUS_ID, info.length))
        .map(address -> address.toLowerCase(Locale.ROOT))
        .filter(address -> address.matches(PCI))
        .map(address -> address.substring(KERNEL_PCI));
  }

  private Optional<String> cuda() {
    return number(nvml::nvmlSystemGetCudaDriverVersion_v2).stream()
        .mapToObj(v -> v / CUDA_MAJOR + "." + v % CUDA_MAJOR / CUDA_MINOR)
        .findFirst();
  }

  private Optional<String> computeCapability(Pointer device) {
    IntByReference minor = new IntByReference();
    return number(major -> nvml.nvmlDeviceGetCudaComputeCapability(device, major, minor)).stream()
        .filter(
            major -> major > 0 && major < 100 && minor.getValue() >= 0 && minor.getValue() < 100)
        .mapToObj(major -> major + "." + minor.getValue())
        .findFirst();
  }

  private interface ByNumber {
    int ask(IntByReference number);
  }

  private interface ByText {
    int ask(byte[] text);
  }

  private static OptionalLong number(ByNumber question) {
    IntByReference number = new IntByReference();
    int result = call(() -> question.ask(number));
    return within(result, number.getValue(), LARGEST_NUMBER);
  }

  private static Optional<String> text(ByText question) {
    byte[] text = new byte[TEXT];
    return call(() -> question.ask(text)) == Nvml.SUCCESS ? line(text) : Optional.empty();
  }

  private static Optional<String> line(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return Optional.of(end < 0 ? "" : text.substring(0, end)).filter(t -> t.matches("[ -~]{1,95}"));
  }

  private static OptionalLong within(int result, long value, long most) {
    return result == Nvml.SUCCESS && value >= 0 && value <= most
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /** An older library lacks a function: that is not supported, too. */
  private static int call(IntSupplier function) {
    try {
      return function.getAsInt();
    } catch (UnsatisfiedLinkError e) {
      return Nvml.NOT_SUPPORTED;
    }
  }
}
