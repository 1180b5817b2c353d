package ai.ratio1.features;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The newest section of the changelog in the form that a Debian package carries. Equal inputs make
 * equal bytes.
 *
 * <p>Source: Debian Policy Manual, sections 4.4 and 12.7.
 */
public final class DebianChangelog {

  private static final int WIDTH = 78;
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\([^)]*\\)");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private DebianChangelog() {}

  /**
   * Writes it.
   *
   * @param arguments the changelog; name of the package; project version; maintainer; time of the
   *     build (ISO 8601); the file to write
   */
  public static void main(String[] arguments) throws IOException {
    String text =
        text(
            Files.readAllLines(Path.of(arguments[0])),
            arguments[1] + " (" + arguments[2].replace('-', '~') + ")",
            arguments[3] + "  " + TIME.format(Instant.parse(arguments[4])));
    Path to = Path.of(arguments[5]);
    Files.createDirectories(Objects.requireNonNull(to.toAbsolutePath().getParent()));
    Files.write(to, compressed(text));
  }

  /**
   * The text.
   *
   * @param lines of the changelog, in Markdown
   * @param release name and version
   * @param signature who made it, and when
   */
  static String text(List<String> lines, String release, String signature) {
    StringBuilder text = new StringBuilder(release + " unstable; urgency=medium\n\n");
    for (String paragraph : newest(lines)) {
      if (paragraph.startsWith("### ")) {
        text.append("  [ ").append(paragraph.substring(4)).append(" ]\n");
      } else {
        wrap(LINK.matcher(paragraph.substring(2)).replaceAll("$1"), text);
      }
    }
    return text.append("\n -- ").append(signature).append('\n').toString();
  }

  /** Headings and items of the newest section, each in a line of its own. */
  private static List<String> newest(List<String> lines) {
    List<String> paragraphs = new ArrayList<>();
    boolean within = false;
    for (String line : lines) {
      if (line.startsWith("## ")) {
        if (within) {
          break;
        }
        within = true;
      } else if (within && (line.startsWith("- ") || line.startsWith("### "))) {
        paragraphs.add(line);
      } else if (within && !line.isBlank() && !paragraphs.isEmpty()) {
        paragraphs.add(paragraphs.remove(paragraphs.size() - 1) + " " + line.strip());
      }
    }
    if (paragraphs.isEmpty()) {
      throw new IllegalStateException("the changelog says nothing of the newest release");
    }
    return paragraphs;
  }

  private static void wrap(String item, StringBuilder to) {
    StringBuilder line = new StringBuilder("  *");
    for (String word : item.split(" +", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        to.append(line).append('\n');
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    to.append(line).append('\n');
  }

  private static byte[] compressed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new Smallest(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    whole[8] = 2; // As gzip -9 says of itself (RFC 1952, XFL); Java leaves it out.
    return whole;
  }

  private static final class Smallest extends GZIPOutputStream {

    Smallest(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
