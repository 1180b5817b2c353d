package ai.ratio1.itests.kura;

import java.lang.reflect.Method;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;

/**
 * A gateway that has the package, whichever Kura it has. Its start takes longer than most tests, so
 * they share it, and each leaves it as it found it.
 */
interface InstalledGateway {

  /** Stands in for the clouds, and on Kura 5 for the web admin. */
  String STAND_IN = "ai.ratio1.itests.kura-platform";

  Equinox equinox();

  /** Where the gateway's HTTP server listens. */
  int port() throws Exception;

  /** Opens or closes what the node shows itself in: the web admin and the clouds. */
  void open(boolean open) throws Exception;

  /** Where the web admin takes a password. */
  String login();

  /** Where a browser sees the node's page. */
  String shownAt();

  /** The bundle that puts the page there. */
  String pageBundle();

  /** Somebody who has not logged in. */
  default Visitor visitor() throws Exception {
    return new Visitor(port(), login());
  }

  /** Waits until everything that the tests ask has its configuration. */
  default void awaitNode() throws Exception {
    equinox().awaitMatch("(objectClass=" + Gateway.IDENTITY + ")");
    equinox().awaitMatch("(objectClass=ai.ratio1.metrics.MetricReader)");
    equinox().awaitMatch("(objectClass=" + Gateway.DOOR + ")");
    equinox().awaitMatch(Gateway.DOORS);
    equinox().awaitMatch("(kura.service.pid=ai.ratio1.rest)");
    equinox().awaitMatch("(kura.service.pid=ai.ratio1.kura.figures)");
  }

  /** The node's own address. */
  default String address() throws Exception {
    Object identity = equinox().awaitMatch("(objectClass=" + Gateway.IDENTITY + ")");
    Object address = question(identity, "address").invoke(identity);
    return address.getClass().getMethod("text").invoke(address).toString();
  }

  /** Changes some values, as the web admin does. */
  @SuppressWarnings("unchecked")
  default void configure(String pid, Map<String, Object> changes) throws Exception {
    Object admin = equinox().awaitMatch("(objectClass=org.osgi.service.cm.ConfigurationAdmin)");
    // Its types are the test's on Kura 5 alone.
    Object configuration =
        question(admin, "getConfiguration", String.class, String.class).invoke(admin, pid, "?");
    var before =
        (Dictionary<String, Object>) question(configuration, "getProperties").invoke(configuration);
    Map<String, Object> values = new HashMap<>(FrameworkUtil.asMap(before));
    values.putAll(changes);
    question(configuration, "update", Dictionary.class)
        .invoke(configuration, FrameworkUtil.asDictionary(values));
  }

  private static Method question(Object service, String name, Class<?>... types)
      throws ReflectiveOperationException {
    Method question = service.getClass().getMethod(name, types);
    question.setAccessible(true);
    return question;
  }
}
