package ai.ratio1.settings.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.settings.SettingsError;
import ai.ratio1.settings.internal.core.Form;
import ai.ratio1.storage.DurableFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a component was given and could use, as a file of the data folder. Secrets lie in it as they
 * were handed over, which is encrypted. Without a data folder nothing is kept.
 */
public final class LastGood {

  private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
  private static final long LARGEST = 1 << 20;

  private final Supplier<Optional<Path>> file;
  private @Nullable Map<String, Object> kept;

  /** The folder may become known later than the first configuration. */
  public LastGood(Supplier<Optional<Path>> data, String pid) {
    this.file = () -> data.get().map(folder -> folder.resolve("settings").resolve(pid + ".conf"));
  }

  /** Its settings in the types of a form; empty when there is none that can be read. */
  public Optional<Map<String, Object>> read(Form form) {
    Optional<Path> from = file.get().filter(Files::isRegularFile);
    if (from.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (Files.size(from.get()) > LARGEST) {
        throw new IOException("it is longer than " + LARGEST + " bytes");
      }
      Properties lines = new Properties();
      lines.load(new StringReader(Files.readString(from.get())));
      return Optional.of(form.parse(values(lines)));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn(
          "{}",
          SettingsError.NOT_READ
              .because(from.get() + " cannot be read: " + e.getMessage() + ".", e)
              .describe());
      return Optional.empty();
    }
  }

  /** Keeps a configuration; a failure is logged, for the component can work without it. */
  public void keep(Map<String, Object> good) {
    Optional<Path> to = file.get();
    if (to.isEmpty() || (good.equals(kept) && Files.isRegularFile(to.get()))) {
      return;
    }
    try {
      Properties lines = new Properties();
      good.forEach((id, value) -> put(lines, id, value));
      StringWriter text = new StringWriter();
      lines.store(text, null);
      DurableFile.write(to.get(), text.toString().getBytes(StandardCharsets.UTF_8));
      kept = Map.copyOf(good);
    } catch (IOException e) {
      R1Exception failure =
          SettingsError.NOT_KEPT.because(to.get() + " was not written: " + e.getMessage() + ".", e);
      LOG.warn("{}", failure.describe());
    }
  }

  private static void put(Properties lines, String id, Object value) {
    if (!(value instanceof List<?> items)) {
      lines.setProperty(id, value.toString());
      return;
    }
    lines.setProperty(id + "[]", "" + items.size());
    for (int i = 0; i < items.size(); i++) {
      lines.setProperty(id + "[" + i + "]", items.get(i).toString());
    }
  }

  private static Map<String, List<String>> values(Properties lines) {
    Map<String, List<String>> values = new TreeMap<>();
    for (String name : lines.stringPropertyNames()) {
      if (name.endsWith("[]")) {
        String id = name.substring(0, name.length() - 2);
        int size = Integer.parseInt(lines.getProperty(name));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < Math.min(size, lines.size()); i++) {
          items.add(lines.getProperty(id + "[" + i + "]", ""));
        }
        values.put(id, items);
      } else if (!name.endsWith("]")) {
        values.put(name, List.of(lines.getProperty(name)));
      }
    }
    return values;
  }
}
