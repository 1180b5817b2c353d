package ai.ratio1.http.internal.gate;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Where the doors keep the operator's token. */
public final class DataFolder {

  private static final ErrorCode NO_FOLDER = new ErrorCode("R1-HTTP-011");

  private DataFolder() {}

  /**
   * The folder {@code http} of the node's data.
   *
   * @throws R1Exception {@code R1-HTTP-011} when the framework does not say where that is
   */
  public static Path of(BundleContext context) {
    String data = context.getProperty("r1.data");
    if (data == null || data.isEmpty()) {
      throw new R1Exception(
          NO_FOLDER,
          "The framework property r1.data is not set.",
          "Start the node by its launcher; on a Kura gateway let ratio1:check say why the bundle"
              + " ai.ratio1.kura did not set it.");
    }
    return Path.of(data).resolve("http");
  }
}
