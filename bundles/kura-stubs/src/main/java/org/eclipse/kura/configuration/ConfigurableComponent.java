package org.eclipse.kura.configuration;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks a component that operators configure: Kura shows it in the web admin and seeds its
 * configuration from the metatype of its PID. On plain Felix it says the same to kura-compat.
 */
@ConsumerType
public interface ConfigurableComponent {}
