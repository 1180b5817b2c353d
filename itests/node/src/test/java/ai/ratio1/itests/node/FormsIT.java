package ai.ratio1.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** Every component is a good form in a web admin. */
class FormsIT {

  private static final Set<String> NUMBERS =
      Set.of("Integer", "Long", "Short", "Byte", "Double", "Float");

  /** Kura takes what is behind the last bar of a description for the name of a widget. */
  private static final String BAR = "|";

  static List<PackedForm> forms() throws IOException {
    return Appliance.forms();
  }

  @Test
  void everyConfigurableComponentHasOne() throws Exception {
    List<PackedForm> forms = forms();
    assertThat(forms).allSatisfy(form -> assertThat(form.component()).as(form.pid()).isTrue());
    assertThat(forms.stream().map(PackedForm::pid))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(17)
        .contains("ai.ratio1.broker", "ai.ratio1.hardware", "ai.ratio1.kura.http");
  }

  /** Configured while an event is on its way to them, they would stop for good: decision 0197. */
  @ParameterizedTest
  @MethodSource("forms")
  void itsBundleDeclaresNoEventHandler(PackedForm form) throws Exception {
    try (JarFile jar = new JarFile(form.jar().toFile())) {
      assertThat(PackedForm.components(jar, "org.osgi.service.event.EventHandler")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void itsNamesSayWhatIsMeant(PackedForm form) {
    assertThat(form.definition().getAttribute("id"))
        .as("Kura looks for the file of the PID")
        .isEqualTo(form.pid());
    assertThat(form.definition().getAttribute("name")).startsWith("Ratio1 ");
    assertSentence(form.pid(), form.definition().getAttribute("description"));
    Set<String> names = new HashSet<>();
    for (Element attribute : form.attributes()) {
      String id = attribute.getAttribute("id");
      String name = attribute.getAttribute("name");
      assertThat(name).as(id).matches("[A-Zd]\\S.*").isNotEqualTo(id);
      assertThat(names.add(name)).as("two settings are called " + name).isTrue();
      assertSentence(id, attribute.getAttribute("description"));
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void itAllowsWhatMakesSense(PackedForm form) {
    for (Element attribute : form.attributes()) {
      String id = attribute.getAttribute("id");
      String type = attribute.getAttribute("type");
      List<Element> options = PackedForm.children(attribute, "Option");
      if (NUMBERS.contains(type) && options.isEmpty()) {
        assertThat(attribute.hasAttribute("min")).as(id + " has a least value").isTrue();
        assertThat(attribute.hasAttribute("max")).as(id + " has a greatest value").isTrue();
      }
      assertThat(options)
          .as(id)
          .allSatisfy(option -> assertThat(option.getAttribute("label")).isNotBlank());
      boolean required = !attribute.getAttribute("required").equals("false");
      if (!required) {
        assertThat(attribute.hasAttribute("default")).as(id + " has a default").isTrue();
      } else if (type.equals("Boolean") || NUMBERS.contains(type)) {
        assertThat(attribute.getAttribute("default")).as(id + " has a default").isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void secretsAreFilesOrPasswords(PackedForm form) {
    for (Element attribute : form.attributes()) {
      String id = attribute.getAttribute("id");
      if (id.matches(".*(password|secret|token|private).*") && !id.endsWith(".file")) {
        assertThat(attribute.getAttribute("type")).as(id).isEqualTo("Password");
        assertThat(attribute.getAttribute("default")).as(id).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void itHasAnIcon(PackedForm form) throws Exception {
    List<Element> icons = PackedForm.children(form.definition(), "Icon");
    assertThat(icons).as(form.pid()).hasSize(1);
    assertThat(icons.get(0).getAttribute("size")).isEqualTo("32");
    String resource = icons.get(0).getAttribute("resource");
    try (JarFile jar = new JarFile(form.jar().toFile())) {
      assertThat(jar.getEntry(resource)).as(form.jar() + " lacks " + resource).isNotNull();
      try (InputStream in = jar.getInputStream(jar.getEntry(resource))) {
        BufferedImage image = ImageIO.read(in);
        assertThat(image).as("no PNG").isNotNull();
        assertThat(image.getWidth()).isEqualTo(32);
        assertThat(image.getHeight()).isEqualTo(32);
      }
      assertThat(jar.getEntry(resource).getSize()).as("bytes").isLessThan(2048);
    }
  }

  private static void assertSentence(String what, String text) {
    assertThat(text).as(what).hasSizeBetween(10, 300).doesNotContain(BAR).matches("\\p{L}.*");
  }
}
