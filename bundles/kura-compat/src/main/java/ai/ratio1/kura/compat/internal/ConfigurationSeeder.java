package ai.ratio1.kura.compat.internal;

import java.io.IOException;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every configurable component of an active bundle a configuration from its metatype, and the
 * name by which Kura knows it. One that is configured stays as it is.
 */
@Component(
    name = "ai.ratio1.kura.compat.seeder",
    immediate = true,
    service = {})
public final class ConfigurationSeeder {

  static final String KURA_SERVICE_PID = "kura.service.pid";

  private static final String MARKED = ConfigurableComponent.class.getPackageName();

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationSeeder.class);

  private final BundleTracker<Bundle> bundles;
  private final ConfigurationAdmin admin;
  private final MetaTypeService metatypes;

  /** Seeds what is active, and what becomes so. */
  @Activate
  public ConfigurationSeeder(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference MetaTypeService metatypes) {
    this.admin = admin;
    this.metatypes = metatypes;
    bundles =
        new BundleTracker<>(context, Bundle.ACTIVE, null) {
          @Override
          public Bundle addingBundle(Bundle bundle, BundleEvent event) {
            seed(bundle);
            return bundle;
          }
        };
    bundles.open();
  }

  /** Stops; configurations stay. */
  @Deactivate
  void close() {
    bundles.close();
  }

  private void seed(Bundle bundle) {
    if (!isConfigurable(bundle)) {
      return;
    }
    MetaTypeInformation information = metatypes.getMetaTypeInformation(bundle);
    if (information == null) {
      return;
    }
    for (String pid : information.getPids()) {
      try {
        Configuration configuration = admin.getConfiguration(pid, "?");
        if (configuration.getProperties() == null) {
          Map<String, Object> values =
              MetatypeDefaults.of(information.getObjectClassDefinition(pid, null));
          values.put(KURA_SERVICE_PID, pid);
          configuration.update(FrameworkUtil.asDictionary(values));
        }
      } catch (IOException | IllegalArgumentException e) {
        LOG.error("{} could not be configured with the defaults of {}.", pid, bundle, e);
      }
    }
  }

  /** Who does not know the marker has no component that carries it. */
  static boolean isConfigurable(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    return wiring != null
        && wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE).stream()
            .map(wire -> wire.getCapability().getAttributes())
            .anyMatch(exported -> MARKED.equals(exported.get(PackageNamespace.PACKAGE_NAMESPACE)));
  }
}
