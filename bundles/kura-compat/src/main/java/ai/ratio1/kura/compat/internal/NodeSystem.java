package ai.ratio1.kura.compat.internal;

import org.eclipse.kura.system.SystemService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The system as the JVM sees it, with the node's data folder in the place of Kura's. */
@Component(name = "ai.ratio1.kura.compat.system")
public final class NodeSystem implements SystemService {

  private static final String UNKNOWN = "UNKNOWN";

  private final String data;

  /** Needs a data folder. */
  @Activate
  public NodeSystem(BundleContext context) {
    data = FrameworkFolder.of(context, "kura.data", "r1.data").toString();
  }

  @Override
  public String getKuraVersion() {
    return UNKNOWN;
  }

  @Override
  public String getKuraDataDirectory() {
    return data;
  }

  @Override
  public String getDeviceName() {
    return UNKNOWN;
  }

  @Override
  public String getModelName() {
    return UNKNOWN;
  }

  @Override
  public String getOsArch() {
    return System.getProperty("os.arch", UNKNOWN);
  }
}
