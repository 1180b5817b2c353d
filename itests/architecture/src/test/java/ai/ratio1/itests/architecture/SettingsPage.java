package ai.ratio1.itests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** What the bundles on the class path can be configured with, as Markdown. */
final class SettingsPage {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final String METATYPE = "OSGI-INF/metatype";
  private static final String OURS = "ai.ratio1.";

  private final Map<String, String> sections = new TreeMap<>();

  private SettingsPage() {}

  /** Reads the metatype files of every jar and folder of classes. */
  static SettingsPage ofClassPath()
      throws IOException, URISyntaxException, ParserConfigurationException, SAXException {
    SettingsPage page = new SettingsPage();
    ClassLoader loader = SettingsPage.class.getClassLoader();
    for (URL manifest : Collections.list(loader.getResources(MANIFEST))) {
      URLConnection connection = manifest.openConnection();
      if (connection instanceof JarURLConnection jar) {
        Path file = Path.of(jar.getJarFileURL().toURI());
        try (FileSystem content = FileSystems.newFileSystem(file)) {
          page.readAll(content.getPath(METATYPE));
        }
      } else {
        Path classes = Path.of(manifest.toURI()).getParent().getParent();
        page.readAll(classes.resolve(METATYPE));
      }
    }
    return page;
  }

  Set<String> pids() {
    return sections.keySet();
  }

  /** A section for every PID. */
  String text() {
    return String.join("\n", sections.values());
  }

  private void readAll(Path folder) throws IOException, ParserConfigurationException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    for (Path file : Sources.files(folder, ".xml")) {
      try (InputStream in = Files.newInputStream(file)) {
        MetatypeFile metatype = new MetatypeFile(factory.newDocumentBuilder().parse(in));
        metatype.sections().forEach(this::add);
      }
    }
  }

  private void add(String pid, String section) {
    if (pid.startsWith(OURS)) {
      String before = sections.put(pid, section);
      if (!Objects.requireNonNullElse(before, section).equals(section)) {
        throw new IllegalStateException(pid + " is described twice");
      }
    }
  }
}
