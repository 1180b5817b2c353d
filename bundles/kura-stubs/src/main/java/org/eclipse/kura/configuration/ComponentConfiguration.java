package org.eclipse.kura.configuration;

import java.util.Map;
import org.eclipse.kura.configuration.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The configuration of a component, with its form. */
@ProviderType
public interface ComponentConfiguration {

  /** The component's name. */
  String getPid();

  /** The component's form, when its bundle is there. */
  @Nullable OCD getDefinition();

  /** Its settings; secrets are {@link Password}s. */
  Map<String, Object> getConfigurationProperties();
}
