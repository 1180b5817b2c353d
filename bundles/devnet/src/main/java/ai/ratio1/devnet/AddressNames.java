package ai.ratio1.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the nodes of a devnet are called, for texts that know them by address alone. */
final class AddressNames {

  private static final Pattern ADDRESS =
      Pattern.compile("0x[0-9a-fA-F]{40}|0xai_[A-Za-z0-9_-]{44}");

  private final Map<String, String> names;

  private AddressNames(Map<String, String> names) {
    this.names = names;
  }

  /** Asks every node who it is. */
  static AddressNames of(DevnetFolder folder, List<NodeEntry> nodes) {
    Map<String, String> names = new HashMap<>();
    for (NodeEntry node : nodes) {
      JsonNode identity = NodeFace.await(folder, node);
      names.put(identity.path("address").asText(), node.name());
      names.put(key(identity.path("evmAddress").asText()), node.name());
    }
    return new AddressNames(names);
  }

  /** The text with names in place of the addresses that are known. */
  String inserted(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(names.getOrDefault(key(found.group()), found.group())));
  }

  /** EVM addresses come in several cases, node addresses in one. */
  private static String key(String address) {
    return address.startsWith("0xai_") ? address : address.toLowerCase(Locale.ROOT);
  }
}
