package org.eclipse.kura.configuration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Filter;

/** Changes configurations and keeps snapshots of them. */
@ProviderType
public interface ConfigurationService {

  /** The property by which a component is known here. */
  String KURA_SERVICE_PID = "kura.service.pid";

  /** PIDs of factories. */
  Set<String> getFactoryComponentPids();

  /** Makes an instance. */
  void createFactoryConfiguration(
      String factoryPid, String pid, @Nullable Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /** Removes an instance. */
  void deleteFactoryConfiguration(String pid, boolean takeSnapshot) throws KuraException;

  /** PIDs of components. */
  Set<String> getConfigurableComponentPids();

  /** Every configuration. */
  List<ComponentConfiguration> getComponentConfigurations() throws KuraException;

  /** The configurations that match. */
  List<ComponentConfiguration> getComponentConfigurations(Filter filter) throws KuraException;

  /** The configuration of a component. */
  @Nullable ComponentConfiguration getComponentConfiguration(String pid) throws KuraException;

  /** What a component would have if nobody had configured it. */
  @Nullable ComponentConfiguration getDefaultComponentConfiguration(String pid)
      throws KuraException;

  /** Changes settings and takes a snapshot. */
  void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException;

  /** Changes settings. */
  void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException;

  /** Changes settings of several components and takes a snapshot. */
  void updateConfigurations(List<ComponentConfiguration> configurations) throws KuraException;

  /** Changes settings of several components. */
  void updateConfigurations(List<ComponentConfiguration> configurations, boolean takeSnapshot)
      throws KuraException;

  /** Snapshots, oldest first. */
  Set<Long> getSnapshots() throws KuraException;

  /** What a snapshot holds. */
  List<ComponentConfiguration> getSnapshot(long id) throws KuraException;

  /** Takes a snapshot. */
  long snapshot() throws KuraException;

  /** Goes back to the snapshot before the newest. */
  long rollback() throws KuraException;

  /** Goes back to a snapshot. */
  void rollback(long id) throws KuraException;
}
