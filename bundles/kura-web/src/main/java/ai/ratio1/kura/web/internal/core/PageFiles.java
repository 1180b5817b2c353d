package ai.ratio1.kura.web.internal.core;

import ai.ratio1.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The files of the page, which lie beside this class. */
final class PageFiles {

  /** Where the script is that draws the page, wherever it is shown. */
  static final String SCRIPT = "/node.js";

  /** What shows the page where no web admin does. */
  static final Response SHELL = file("page.html", "text/html");

  private static final Map<String, Response> BY_PATH =
      Map.of(
          "",
          SHELL,
          SCRIPT,
          file("node.js", "text/javascript"),
          "/node.css",
          file("node.css", "text/css"));

  private PageFiles() {}

  /** By path below the page's own. */
  static Map<String, Response> byPath() {
    return BY_PATH;
  }

  private static Response file(String name, String type) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      byte[] content = Objects.requireNonNull(in, name).readAllBytes();
      return new Response(200, type + "; charset=utf-8", content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
