package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareProfile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** The files that carry a profile to the next start. */
public final class NextStartText {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
    try {
      return JSON.writeValueAsString(profile.defaults()) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of scalars always has a text", e);
    }
  }
}
