package ai.ratio1.oracleapi.internal;

import ai.ratio1.oracleapi.internal.core.OracleApiError;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A configuration that was checked.
 *
 * @param alias name of this server
 * @param network name of the network
 * @param appVersion version it counts as
 * @param versions of application, core and SDK, joined as genuine servers do
 * @param requestNodes how many nodes a request may name
 * @param pageNodes how many nodes a page has at most
 * @param listNodes how many nodes the list of all has at most
 */
record Settings(
    String alias,
    String network,
    String appVersion,
    String versions,
    int requestNodes,
    int pageNodes,
    int listNodes) {

  private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]{1,64}");
  private static final int MOST_PER_REQUEST = 1000;
  private static final int MOST_PER_LIST = 100_000;

  /**
   * Checks a configuration.
   *
   * @throws ai.ratio1.base.R1Exception {@code R1-ORACLEAPI-001} when it is wrong
   */
  static Settings of(OracleApiConfig config) {
    List<String> versions =
        List.of(config.app_version(), config.core_version(), config.sdk_version());
    boolean texts =
        isText(config.alias())
            && isText(config.network_name())
            && versions.stream().allMatch(Settings::isText);
    if (!texts) {
      throw OracleApiError.CONFIGURATION.because(
          "alias, network.name and the versions have to be 1 to 64 printable ASCII characters.");
    }
    if (!isWithin(config.request_nodes(), MOST_PER_REQUEST)
        || !isWithin(config.page_nodes(), MOST_PER_REQUEST)
        || !isWithin(config.list_nodes(), MOST_PER_LIST)) {
      throw OracleApiError.CONFIGURATION.because(
          "request.nodes and page.nodes have to be 1 to 1000, list.nodes 1 to 100000.");
    }
    return new Settings(
        config.alias(),
        config.network_name(),
        config.app_version(),
        String.join(" / ", versions),
        config.request_nodes(),
        config.page_nodes(),
        config.list_nodes());
  }

  private static boolean isText(String text) {
    return TEXT.matcher(text).matches();
  }

  private static boolean isWithin(int value, int most) {
    return value >= 1 && value <= most;
  }
}
