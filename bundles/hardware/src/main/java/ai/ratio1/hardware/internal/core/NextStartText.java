package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareProfile;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files that carry a profile to the next start. */
public final class NextStartText {

  private static final JsonFactory JSON = new JsonFactory();

  private NextStartText() {}

  /** A file for {@code java @file}. */
  public static String jvmOptions(HardwareProfile profile) {
    return "# Written by ai.ratio1.hardware for the profile "
        + profile.id()
        + ".\n"
        + String.join("\n", profile.jvm())
        + "\n";
  }

  /** A resource for the OSGi Configurator. */
  public static String defaults(HardwareProfile profile) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      for (Map.Entry<String, Map<String, Object>> pid : profile.defaults().entrySet()) {
        json.writeObjectFieldStart(pid.getKey());
        for (Map.Entry<String, Object> value : pid.getValue().entrySet()) {
          json.writeObjectField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
