package ai.ratio1.itests.node;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Vector;
import java.util.function.UnaryOperator;
import org.w3c.dom.Element;

/** Configurations as hands, tools and older versions would write them: good, odd and wrong. */
final class RandomSettings {

  /** What an operator may type where a secret is wanted. */
  static final String SECRET = "0nly-The.Operator~Knows+This/0123456789";

  private static final String PLACEHOLDER = "placeholder";
  private static final int TEXT_LENGTH = 40;

  private final List<Element> attributes;
  private final Map<String, Object> good;
  private final Random random;
  private final UnaryOperator<String> encrypt;

  /**
   * One configuration.
   *
   * @param values what is given
   * @param wrong settings that no component may take, by the form alone
   */
  record Draw(Map<String, Object> values, List<String> wrong) {}

  /**
   * Draws.
   *
   * @param encrypt makes of a secret what the node's components are given of it
   */
  RandomSettings(
      PackedForm form, Map<String, Object> good, Random random, UnaryOperator<String> encrypt) {
    this.attributes = form.attributes();
    this.good = good;
    this.random = random;
    this.encrypt = encrypt;
  }

  /** The good configuration with some settings replaced; three of four draws have a wrong one. */
  Draw next() {
    Map<String, Object> values = new HashMap<>(good);
    List<String> wrong = new ArrayList<>();
    boolean bad = random.nextInt(4) > 0;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      Element attribute = attributes.get(random.nextInt(attributes.size()));
      String id = attribute.getAttribute("id");
      wrong.remove(id);
      Optional<Object> outside = bad ? wrong(attribute) : Optional.empty();
      if (outside.isPresent()) {
        values.put(id, outside.get());
        wrong.add(id);
      } else if (random.nextInt(3) == 0) {
        values.remove(id);
      } else {
        values.put(id, allowed(attribute));
      }
    }
    return new Draw(values, wrong);
  }

  private Optional<Object> wrong(Element attribute) {
    boolean secret = attribute.getAttribute("type").equals("Password");
    return switch (random.nextInt(secret ? 6 : 3)) {
      case 3, 4, 5 -> Optional.of(wrongSecret());
      case 0 -> outOfRange(attribute);
      case 1 -> unknownOption(attribute);
      default -> Optional.of(wrongType(attribute));
    };
  }

  private Object wrongType(Element attribute) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                new int[] {1, 2},
                new Boolean[] {true, false},
                'x',
                new byte[] {1},
                new Vector<>(List.of(1.5, 2.5))));
    switch (attribute.getAttribute("type")) {
      case "String", "Password" -> all.addAll(List.of(7, 7L, 0.5, true));
      case "Boolean" -> all.addAll(List.of("true", "", 1, encrypted()));
      case "Double", "Float" -> all.addAll(List.of("0.5", "", true, Double.NaN));
      default ->
          all.addAll(
              List.of(
                  "" + random.nextInt(1000),
                  "",
                  "ten",
                  0.5,
                  Long.MAX_VALUE - 1,
                  true,
                  Double.NaN,
                  Double.POSITIVE_INFINITY,
                  new String[] {"1"},
                  encrypted()));
    }
    if (attribute.getAttribute("type").equals("Long")) {
      all.remove((Object) (Long.MAX_VALUE - 1));
    }
    return all.get(random.nextInt(all.size()));
  }

  /** Of another node, cut short, in plain, or what stands in for a secret. */
  private String wrongSecret() {
    String right = encrypt.apply(SECRET);
    return switch (random.nextInt(5)) {
      case 0 -> encrypted();
      case 1 -> right.substring(0, random.nextInt(1, right.length() - 1));
      case 2 -> "plain-" + text("x");
      case 3 -> encrypt.apply(PLACEHOLDER);
      default -> PLACEHOLDER;
    };
  }

  private Optional<Object> outOfRange(Element attribute) {
    String bound = attribute.getAttribute(random.nextBoolean() ? "min" : "max");
    if (bound.isEmpty() || attribute.getAttribute("type").equals("String")) {
      return Optional.empty();
    }
    boolean least = bound.equals(attribute.getAttribute("min"));
    BigDecimal far = BigDecimal.valueOf(1 + random.nextInt(1000));
    BigDecimal outside =
        least ? new BigDecimal(bound).subtract(far) : new BigDecimal(bound).add(far);
    return Optional.of(outside.longValue());
  }

  private Optional<Object> unknownOption(Element attribute) {
    return PackedForm.children(attribute, "Option").isEmpty()
        ? Optional.empty()
        : Optional.of(random.nextBoolean() ? encrypted() : "no-such-option");
  }

  private Object allowed(Element attribute) {
    List<Element> options = PackedForm.children(attribute, "Option");
    String usual = attribute.getAttribute("default");
    boolean list = attribute.hasAttribute("cardinality");
    return switch (attribute.getAttribute("type")) {
      case "Password" -> random.nextBoolean() ? "" : encrypt.apply(SECRET);
      case "String" -> {
        String text =
            options.isEmpty()
                ? text(usual)
                : options.get(random.nextInt(options.size())).getAttribute("value");
        yield list ? new String[] {text, text("")} : text;
      }
      case "Boolean" -> random.nextBoolean();
      case "Integer" -> random.nextBoolean() ? (int) number(attribute) : number(attribute);
      case "Long" -> number(attribute);
      default -> throw new AssertionError("no generator for " + attribute.getAttribute("type"));
    };
  }

  /** Of the form's range; small ones more often than their share. */
  private long numberIn(long least, long most) {
    long width = Math.min(most - least, 1L << random.nextInt(1, 40));
    return least + (long) (random.nextDouble() * width);
  }

  private long number(Element attribute) {
    long least = Long.parseLong(attribute.getAttribute("min"));
    String most = attribute.getAttribute("max");
    return numberIn(least, most.isEmpty() ? Long.MAX_VALUE >> 1 : Long.parseLong(most));
  }

  private String text(String usual) {
    return switch (random.nextInt(5)) {
      case 0 -> usual;
      case 1 -> encrypted();
      case 2 -> "";
      case 3 -> "x".repeat(random.nextInt(1, 100));
      default -> {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(TEXT_LENGTH), 0, 0x3000).forEach(text::appendCodePoint);
        yield text.toString();
      }
    };
  }

  /** As Kura's crypto service writes secrets. */
  private String encrypted() {
    byte[] nonce = new byte[12];
    byte[] sealed = new byte[24];
    random.nextBytes(nonce);
    random.nextBytes(sealed);
    Base64.Encoder base64 = Base64.getEncoder();
    return base64.encodeToString(nonce) + "-" + base64.encodeToString(sealed);
  }
}
