package ai.ratio1.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.cm.json.io.ConfigurationReader;
import org.apache.felix.cm.json.io.ConfigurationResource;
import org.apache.felix.cm.json.io.Configurations;

/**
 * The configuration a node starts with: what the features say, then what the machine's profile
 * says, then what the operator's file says, key by key; as text, a resource for the OSGi
 * Configurator.
 */
final class Seed {

  private static final String SYMBOLIC_NAME = ":configurator:symbolic-name";
  private static final String VERSION = ":configurator:version";

  private final Map<String, Map<String, Object>> byPid = new TreeMap<>();

  Seed(LaunchPlan plan) {
    plan.configurations().forEach((pid, values) -> byPid.put(pid, new LinkedHashMap<>(values)));
  }

  void overlay(Path file) throws IOException {
    String text = Files.readString(file);
    try {
      ConfigurationReader parser =
          Configurations.buildReader().verifyAsBundleResource(true).build(new StringReader(text));
      parser.readConfigurationResource().getConfigurations().forEach(this::merge);
    } catch (IOException | RuntimeException e) {
      throw LaunchError.badConfiguration(file, e);
    }
  }

  void put(String pid, Map<String, ?> values) {
    byPid.computeIfAbsent(pid, p -> new LinkedHashMap<>()).putAll(values);
  }

  String text() throws IOException {
    ConfigurationResource resource = new ConfigurationResource();
    resource.getProperties().put(SYMBOLIC_NAME, SeedBundle.SYMBOLIC_NAME);
    resource.getProperties().put(VERSION, "1.0.0");
    byPid.forEach((pid, values) -> resource.getConfigurations().put(pid, dictionary(values)));
    StringWriter text = new StringWriter();
    Configurations.buildWriter().build(text).writeConfigurationResource(resource);
    return text.toString();
  }

  private void merge(String pid, Dictionary<String, Object> values) {
    Map<String, Object> merged = byPid.computeIfAbsent(pid, p -> new LinkedHashMap<>());
    for (Enumeration<String> keys = values.keys(); keys.hasMoreElements(); ) {
      String key = keys.nextElement();
      merged.put(key, values.get(key));
    }
  }

  // The library's own signature asks for this class.
  @SuppressWarnings("JdkObsolete")
  private static Hashtable<String, Object> dictionary(Map<String, Object> values) {
    return new Hashtable<>(values);
  }
}
