package ai.ratio1.identity.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.internal.core.IdentityError;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration after its check.
 *
 * @param engine which implementation does the work
 * @param passwordFile where the password of the key is, if it has one
 * @param cacheSize how many peers' points are kept
 */
record Settings(Engine engine, Optional<Path> passwordFile, int cacheSize) {

  private static final int SMALLEST_CACHE = 64;
  private static final int LARGEST_CACHE = 1 << 20;

  /**
   * Checks a configuration.
   *
   * @param data what relative paths start from
   * @throws R1Exception R1-IDENT-013 with the setting that is wrong
   */
  static Settings of(IdentityConfig config, Path data) {
    int size = config.address_cache_size();
    if (size < SMALLEST_CACHE || size > LARGEST_CACHE) {
      throw IdentityError.CONFIGURATION.failure(
          "address.cache.size is " + size + ", but has to be 64 to 1048576.");
    }
    String file = config.key_password_file();
    try {
      return new Settings(
          Engine.parse(config.engine()),
          file.isBlank() ? Optional.empty() : Optional.of(data.resolve(file)),
          size);
    } catch (InvalidPathException e) {
      throw IdentityError.CONFIGURATION.failure("key.password.file is no path.", e);
    }
  }
}
