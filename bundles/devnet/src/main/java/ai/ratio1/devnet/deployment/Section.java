package ai.ratio1.devnet.deployment;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An object of a configuration, read strictly: every value must be of its kind and inside its
 * range, and {@link #requireAllRead} refuses what nobody asked for. Every failure names the place.
 */
final class Section {

  private static final int MAX_LIST = 64;
  private static final int R1_DECIMALS = 18;
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,18})?");

  private final String path;
  private final JsonNode object;
  private final Set<String> unread = new HashSet<>();

  private Section(String path, JsonNode object) {
    this.path = path;
    this.object = object;
    object.fieldNames().forEachRemaining(unread::add);
  }

  static Section root(JsonNode object) {
    return of("", object);
  }

  private static Section of(String path, JsonNode value) {
    if (!value.isObject()) {
      throw DeploymentError.configuration((path.isEmpty() ? "it" : path) + " is no object");
    }
    return new Section(path, value);
  }

  Section section(String key) {
    return of(place(key), required(key));
  }

  /** A section that may be missing, read to its end. */
  <T> Optional<T> optional(String key, Function<Section, T> read) {
    if (!object.has(key)) {
      return Optional.empty();
    }
    Section section = section(key);
    T value = section.checked(() -> read.apply(section));
    section.requireAllRead();
    return Optional.of(value);
  }

  /** A section, read to its end. */
  <T> T whole(String key, Function<Section, T> read) {
    return optional(key, read).orElseThrow(() -> refused(key, "is missing"));
  }

  boolean has(String key) {
    return object.has(key);
  }

  String text(String key) {
    JsonNode value = required(key);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw refused(key, "is no text");
    }
    return value.textValue();
  }

  long number(String key, long low, long high) {
    JsonNode value = required(key);
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    if (!fits || value.longValue() < low || value.longValue() > high) {
      throw refused(key, "is no number from " + low + " to " + high);
    }
    return value.longValue();
  }

  long number(String key, long low, long high, long otherwise) {
    return object.has(key) ? number(key, low, high) : otherwise;
  }

  Duration seconds(String key) {
    return Duration.ofSeconds(number(key, 1, Integer.MAX_VALUE));
  }

  /** An amount in 10⁻¹⁸, written as a decimal text such as {@code "2.5"}. */
  BigInteger amount(String key) {
    String text = text(key);
    if (!AMOUNT.matcher(text).matches()) {
      throw refused(key, "is no amount such as \"100\" or \"2.5\"");
    }
    return new BigDecimal(text).movePointRight(R1_DECIMALS).toBigIntegerExact();
  }

  EvmAddress address(String key) {
    return address(key, text(key));
  }

  Optional<EvmAddress> optionalAddress(String key) {
    return object.has(key) ? Optional.of(address(key)) : Optional.empty();
  }

  List<EvmAddress> addresses(String key) {
    JsonNode list = required(key);
    if (!list.isArray() || list.isEmpty() || list.size() > MAX_LIST) {
      throw refused(key, "is no list of 1 to " + MAX_LIST + " addresses");
    }
    List<EvmAddress> addresses = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      addresses.add(address(key + "[" + i + "]", list.get(i).asText()));
    }
    return addresses;
  }

  Optional<Bytes32> optionalBytes32(String key) {
    if (!object.has(key)) {
      return Optional.empty();
    }
    String text = text(key);
    if (!text.matches("0x[0-9a-f]{64}")) {
      throw refused(key, "is not 0x and 64 lower-case hexadecimal digits");
    }
    return Optional.of(Bytes32.parse(text.substring(2)));
  }

  void requireAllRead() {
    if (!unread.isEmpty()) {
      throw refused(unread.stream().sorted().findFirst().orElseThrow(), "is unknown here");
    }
  }

  /** Rules that several values keep together. */
  <T> T checked(java.util.function.Supplier<T> values) {
    try {
      return values.get();
    } catch (IllegalArgumentException rule) {
      throw DeploymentError.configuration(path + ": " + rule.getMessage(), rule);
    }
  }

  R1Exception refused(String key, String why) {
    return DeploymentError.configuration(place(key) + " " + why);
  }

  /** A wrong digit shows where the case is a checksum (EIP-55); without one nothing shows it. */
  private EvmAddress address(String key, String text) {
    EvmAddress address;
    try {
      address = EvmAddress.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw refused(key, "is no address");
    }
    boolean plain = text.equals(text.toLowerCase(Locale.ROOT));
    if (!plain && !text.equals(Eip55.format(address))) {
      throw refused(key, "is an address with a mistake in it: its checksum does not match");
    }
    if (address.equals(EvmAddress.ZERO)) {
      throw refused(key, "is zero");
    }
    return address;
  }

  private JsonNode required(String key) {
    unread.remove(key);
    JsonNode value = object.get(key);
    if (value == null || value.isNull()) {
      throw refused(key, "is missing");
    }
    return value;
  }

  private String place(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
