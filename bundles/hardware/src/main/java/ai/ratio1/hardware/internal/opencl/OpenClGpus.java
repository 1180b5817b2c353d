package ai.ratio1.hardware.internal.opencl;

import ai.ratio1.hardware.Gpu;
import ai.ratio1.hardware.Gpus;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The graphics processors that OpenCL lists. */
@Component(name = "ai.ratio1.hardware.gpus")
public final class OpenClGpus implements Gpus {

  private static final Logger LOG = LoggerFactory.getLogger(OpenClGpus.class);
  private static final String LIBRARY = "libOpenCL.so.1";

  /** Loaded when it is first asked for; machines without graphics processors never ask. */
  private static final class Driver {
    private static final Optional<OpenCl> OPEN_CL = load();
  }

  /** Asks nothing yet. */
  @Activate
  public OpenClGpus() {}

  static Optional<OpenCl> driver() {
    return Driver.OPEN_CL;
  }

  private static Optional<OpenCl> load() {
    try {
      NativeLibrary library = NativeLibrary.getInstance(LIBRARY);
      // One that lacks a function is refused as a whole now, and not in the middle of a task.
      Arrays.stream(OpenCl.class.getMethods()).map(Method::getName).forEach(library::getFunction);
      return Optional.of(Native.load(LIBRARY, OpenCl.class));
    } catch (UnsatisfiedLinkError e) {
      // The lines after the first are the class path.
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      LOG.info("No OpenCL, so graphics processors get no work: {}", why);
      return Optional.empty();
    }
  }

  @Override
  public List<Gpu> all() {
    return Driver.OPEN_CL.stream()
        .flatMap(cl -> OpenClDevice.find(cl, OpenCl.DEVICE_TYPE_GPU).stream())
        .map(Gpu.class::cast)
        .toList();
  }
}
