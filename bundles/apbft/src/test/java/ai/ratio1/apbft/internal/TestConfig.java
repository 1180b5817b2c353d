package ai.ratio1.apbft.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration as Declarative Services would hand it over. */
final class TestConfig {

  private TestConfig() {}

  /** The defaults, but for some attributes by method name. */
  static ApbftConfig with(Map<String, Object> changes) {
    return (ApbftConfig)
        Proxy.newProxyInstance(
            ApbftConfig.class.getClassLoader(),
            new Class<?>[] {ApbftConfig.class},
            (proxy, method, arguments) ->
                changes.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
