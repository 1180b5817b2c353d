package ai.ratio1.kura.compat.internal;

import ai.ratio1.kura.compat.internal.core.StoredConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.crypto.CryptoService;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Changes configurations as Kura does, and keeps snapshots of them in {@code
 * <r1.data>/kura-compat/snapshots}. What was changed here is laid over the operator's file again at
 * every start, and instances of factories are made again. Thread-safe.
 */
@Component(name = "ai.ratio1.kura.compat.configurations", immediate = true)
public final class NodeConfigurations implements ConfigurationService {

  private static final String FACTORY = ConfigurationAdmin.SERVICE_FACTORYPID;

  private final ConfigurationAdmin admin;
  private final Definitions definitions;
  private final SnapshotFolder snapshots;
  private final Clock clock;

  /** By PID, what was changed here: what the next snapshot holds. */
  private final Map<String, StoredConfiguration> changed = new TreeMap<>();

  private record Known(
      String getPid, @Nullable OCD getDefinition, Map<String, Object> getConfigurationProperties)
      implements ComponentConfiguration {}

  /**
   * Takes up the newest snapshot that can be read.
   *
   * @throws IOException when the data folder cannot be used
   */
  @Activate
  public NodeConfigurations(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference MetaTypeService metatypes,
      @Reference CryptoService crypto,
      @Reference Clock clock)
      throws IOException {
    this.admin = admin;
    this.clock = clock;
    this.definitions = new Definitions(context, metatypes, crypto);
    Path data = FrameworkFolder.of(context, "r1.data");
    this.snapshots =
        new SnapshotFolder(data.resolve("kura-compat").resolve("snapshots"), crypto, Disk.REAL);
    for (StoredConfiguration one : snapshots.newest().orElse(List.of())) {
      changed.put(one.pid(), one);
      apply(one);
    }
  }

  @Override
  public Set<String> getFactoryComponentPids() {
    return definitions.factories();
  }

  @Override
  public synchronized void createFactoryConfiguration(
      String factoryPid, String pid, @Nullable Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    ObjectClassDefinition definition =
        definitions.of(factoryPid).orElseThrow(() -> unknown(factoryPid));
    if (find(pid).isPresent()) {
      throw new KuraException(KuraErrorCode.INVALID_PARAMETER, pid + " is there already");
    }
    Map<String, Object> values = MetatypeDefaults.of(definition);
    values.putAll(properties == null ? Map.of() : properties);
    Map<String, Object> checked = definitions.checked(definition, values);
    Definitions.requireComplete(definition, checked);
    use(new StoredConfiguration(pid, factoryPid, settings(checked)));
    snapshotIf(takeSnapshot);
  }

  @Override
  public synchronized void deleteFactoryConfiguration(String pid, boolean takeSnapshot)
      throws KuraException {
    Configuration instance =
        find(pid).filter(c -> c.getFactoryPid() != null).orElseThrow(() -> unknown(pid));
    delete(instance);
    changed.remove(pid);
    snapshotIf(takeSnapshot);
  }

  @Override
  public Set<String> getConfigurableComponentPids() {
    Set<String> pids = new TreeSet<>();
    for (Configuration one : list("(" + KURA_SERVICE_PID + "=*)")) {
      pids.add(String.valueOf(one.getProperties().get(KURA_SERVICE_PID)));
    }
    return pids;
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations() {
    return list("(" + KURA_SERVICE_PID + "=*)").stream().map(this::known).toList();
  }

  @Override
  public List<ComponentConfiguration> getComponentConfigurations(Filter filter) {
    return list("(&(" + KURA_SERVICE_PID + "=*)" + filter + ")").stream().map(this::known).toList();
  }

  @Override
  public @Nullable ComponentConfiguration getComponentConfiguration(String pid) {
    return find(pid).map(this::known).orElse(null);
  }

  @Override
  public @Nullable ComponentConfiguration getDefaultComponentConfiguration(String pid) {
    String of = find(pid).map(Configuration::getFactoryPid).orElse(pid);
    return definitions
        .of(of)
        .map(definition -> new Known(pid, new Form(definition), MetatypeDefaults.of(definition)))
        .orElse(null);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties) throws KuraException {
    updateConfiguration(pid, properties, true);
  }

  @Override
  public void updateConfiguration(String pid, Map<String, Object> properties, boolean takeSnapshot)
      throws KuraException {
    updateConfigurations(List.of(new Known(pid, null, properties)), takeSnapshot);
  }

  @Override
  public void updateConfigurations(List<ComponentConfiguration> configurations)
      throws KuraException {
    updateConfigurations(configurations, true);
  }

  /** All of them or none: nothing is changed before everything is checked. */
  @Override
  public synchronized void updateConfigurations(
      List<ComponentConfiguration> configurations, boolean takeSnapshot) throws KuraException {
    List<StoredConfiguration> wanted = new ArrayList<>();
    for (ComponentConfiguration one : configurations) {
      Configuration now = find(one.getPid()).orElseThrow(() -> unknown(one.getPid()));
      String factory = now.getFactoryPid() == null ? "" : now.getFactoryPid();
      ObjectClassDefinition definition =
          definitions
              .of(factory.isEmpty() ? one.getPid() : factory)
              .orElseThrow(() -> unknown(one.getPid()));
      Map<String, Object> values = settings(now);
      values.putAll(definitions.checked(definition, one.getConfigurationProperties()));
      wanted.add(new StoredConfiguration(one.getPid(), factory, settings(values)));
    }
    for (StoredConfiguration one : wanted) {
      use(one);
    }
    snapshotIf(takeSnapshot);
  }

  @Override
  public Set<Long> getSnapshots() throws KuraException {
    try {
      return snapshots.ids();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.IO_ERROR, e, "snapshots");
    }
  }

  @Override
  public List<ComponentConfiguration> getSnapshot(long id) throws KuraException {
    List<ComponentConfiguration> configurations = new ArrayList<>();
    for (StoredConfiguration one : snapshots.read(id)) {
      configurations.add(
          known(
              one.pid(), one.factoryPid().isEmpty() ? one.pid() : one.factoryPid(), one.values()));
    }
    return configurations;
  }

  @Override
  public synchronized long snapshot() throws KuraException {
    return snapshots.keep(clock.millis(), List.copyOf(changed.values()));
  }

  @Override
  public synchronized long rollback() throws KuraException {
    List<Long> ids = List.copyOf(getSnapshots());
    if (ids.size() < 2) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, "there is no snapshot before the newest");
    }
    long id = ids.get(ids.size() - 2);
    rollback(id);
    return id;
  }

  /** What was changed since and is not in the snapshot goes back to its defaults. */
  @Override
  public synchronized void rollback(long id) throws KuraException {
    Map<String, StoredConfiguration> wanted = new TreeMap<>();
    snapshots.read(id).forEach(one -> wanted.put(one.pid(), one));
    for (StoredConfiguration one : List.copyOf(changed.values())) {
      if (!wanted.containsKey(one.pid())) {
        forget(one);
      }
    }
    for (StoredConfiguration one : wanted.values()) {
      use(one);
    }
    snapshot();
  }

  private void forget(StoredConfiguration one) throws KuraException {
    changed.remove(one.pid());
    if (!one.factoryPid().isEmpty()) {
      find(one.pid()).ifPresent(NodeConfigurations::delete);
      return;
    }
    Optional<ObjectClassDefinition> definition = definitions.of(one.pid());
    if (definition.isPresent()) {
      applyOrFail(new StoredConfiguration(one.pid(), "", MetatypeDefaults.of(definition.get())));
    }
  }

  private void use(StoredConfiguration one) throws KuraException {
    applyOrFail(one);
    changed.put(one.pid(), one);
  }

  private void applyOrFail(StoredConfiguration one) throws KuraException {
    try {
      apply(one);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, one.pid());
    }
  }

  /** Makes the configuration what it is to be, and says so only when it was not. */
  private void apply(StoredConfiguration one) throws IOException {
    Optional<Configuration> there = find(one.pid());
    Configuration configuration;
    if (there.isPresent()) {
      configuration = there.get();
    } else if (one.factoryPid().isEmpty()) {
      configuration = admin.getConfiguration(one.pid(), "?");
    } else {
      configuration = admin.createFactoryConfiguration(one.factoryPid(), "?");
    }
    Map<String, Object> values = new HashMap<>(one.values());
    values.put(KURA_SERVICE_PID, one.pid());
    configuration.updateIfDifferent(FrameworkUtil.asDictionary(values));
  }

  private void snapshotIf(boolean wanted) throws KuraException {
    if (wanted) {
      snapshot();
    }
  }

  private ComponentConfiguration known(Configuration configuration) {
    String pid = String.valueOf(configuration.getProperties().get(KURA_SERVICE_PID));
    String factory = configuration.getFactoryPid();
    return known(pid, factory == null ? pid : factory, settings(configuration));
  }

  private ComponentConfiguration known(String pid, String form, Map<String, Object> values) {
    return definitions
        .of(form)
        .map(one -> new Known(pid, new Form(one), definitions.opened(one, values)))
        .orElseGet(() -> new Known(pid, null, values));
  }

  /** By the name that Kura knows, or by the PID where nobody gave it one. */
  private Optional<Configuration> find(String pid) {
    String name = pid.replaceAll("([\\\\*()])", "\\\\$1");
    return list("(|(" + KURA_SERVICE_PID + "=" + name + ")(service.pid=" + name + "))").stream()
        .findFirst();
  }

  private List<Configuration> list(String filter) {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? List.of() : List.of(found);
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(filter, e);
    }
  }

  private static Map<String, Object> settings(Configuration configuration) {
    Dictionary<String, Object> properties = configuration.getProperties();
    Map<String, Object> values = new HashMap<>();
    for (String key : Collections.list(properties.keys())) {
      values.put(key, properties.get(key));
    }
    return settings(values);
  }

  /** Without what the framework adds: PIDs of instances are others after every start. */
  private static Map<String, Object> settings(Map<String, Object> values) {
    Map<String, Object> settings = new TreeMap<>(values);
    settings.keySet().removeAll(Set.of("service.pid", FACTORY, KURA_SERVICE_PID));
    settings.values().removeIf(Objects::isNull);
    settings.keySet().removeIf(key -> key.startsWith(":") || key.startsWith("service.bundle"));
    return settings;
  }

  private static void delete(Configuration configuration) {
    try {
      configuration.delete();
    } catch (IOException e) {
      throw new IllegalStateException(configuration.getPid(), e);
    }
  }

  private static KuraException unknown(String pid) {
    return new KuraException(KuraErrorCode.NOT_FOUND, pid + " is not known");
  }
}
