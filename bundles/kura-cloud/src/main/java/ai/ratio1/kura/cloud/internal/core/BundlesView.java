package ai.ratio1.kura.cloud.internal.core;

import ai.ratio1.kura.BundleHealth.Finding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Bundles that do not run, as JSON. */
public final class BundlesView {

  private static final JsonFactory FACTORY = new JsonFactory();

  private BundlesView() {}

  /** An object whose {@code down} is empty when everything runs. */
  public static byte[] of(List<Finding> down) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("down");
      for (Finding finding : down) {
        json.writeStartObject();
        json.writeStringField("name", finding.name());
        json.writeStringField("version", finding.version());
        json.writeStringField("state", finding.state());
        json.writeStringField("reason", finding.reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
