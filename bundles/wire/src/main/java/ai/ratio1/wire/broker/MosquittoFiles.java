package ai.ratio1.wire.broker;

import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.BrokerCredential.Role;
import ai.ratio1.wire.broker.AccessRule.Action;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The three files that make mosquitto (1.6 and later) follow the {@link AccessRules}: pure text,
 * the caller writes them. Keep the password file private.
 *
 * <p>Weaker than the embedded broker where mosquitto has no means: it accepts any subscription and
 * filters at delivery, limits no publisher's rate, and does not look into a message for its sender.
 */
public final class MosquittoFiles {

  private static final int ITERATIONS = 101;
  private static final int SALT_BYTES = 12;
  private static final int HASH_BITS = 512;

  private MosquittoFiles() {}

  /**
   * One client.
   *
   * @param user node address text
   * @param role what it may do
   */
  public record Account(String user, Role role) {}

  /** The password file: every account with the password that follows from the secret. */
  public static String passwords(
      byte[] secret, Collection<Account> accounts, RandomGenerator random) {
    StringBuilder lines = new StringBuilder();
    for (Account account : accounts) {
      String password = BrokerCredential.password(secret, account.role(), account.user());
      lines.append(passwordLine(account.user(), password, random)).append('\n');
    }
    return lines.toString();
  }

  /** One line of a password file, as {@code mosquitto_passwd} writes it ({@code $7$} format). */
  public static String passwordLine(String user, String password, RandomGenerator random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    try {
      KeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return user
          + ":$7$"
          + ITERATIONS
          + "$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 with SHA-512", e);
    }
  }

  /**
   * The access file. Rules for everybody are patterns; the others are repeated for each account
   * that has the role, and taken away from each that has not, since a pattern's single-level
   * wildcard matches more than addresses.
   */
  public static String access(AccessRules rules, Collection<Account> accounts) {
    String root = rules.topics().root() + "/";
    List<String> lines = new ArrayList<>();
    for (Account account : accounts) {
      lines.add("user " + account.user());
      exclusive(rules)
          .flatMap(rule -> line(rule, account.role(), root + rule.pattern()))
          .distinct()
          .forEach(lines::add);
    }
    rules.rules().stream()
        .filter(MosquittoFiles::forEverybody)
        .map(rule -> "pattern " + verb(rule.action()) + " " + root + rule.pattern())
        .forEach(lines::add);
    return text(lines);
  }

  /** The configuration file. It names the other two files by the paths given. */
  public static String configuration(MosquittoListener listener, Path passwords, Path access) {
    List<String> lines = new ArrayList<>();
    lines.add("per_listener_settings false");
    lines.add("allow_anonymous false");
    lines.add("password_file " + passwords.toAbsolutePath());
    lines.add("acl_file " + access.toAbsolutePath());
    listener.runAs().ifPresent(user -> lines.add("user " + user));
    lines.add("max_packet_size " + listener.packetLimit());
    lines.add("max_queued_messages " + listener.queuedMessages());
    lines.add("persistent_client_expiration " + hours(listener) + "h");
    lines.add("allow_zero_length_clientid false");
    lines.add("retain_available false");
    lines.add("persistence false");
    lines.add("log_dest stderr");
    lines.add("log_type error");
    lines.add("log_type warning");
    if (listener.port() != 0) {
      addListener(lines, listener, listener.port());
    }
    listener
        .tls()
        .ifPresent(
            tls -> {
              addListener(lines, listener, tls.port());
              lines.add("certfile " + tls.certificate().toAbsolutePath());
              lines.add("keyfile " + tls.key().toAbsolutePath());
              lines.add("tls_version tlsv1.2");
            });
    return text(lines);
  }

  /**
   * Before the first listener, {@code max_connections} would describe one more: mosquitto's default
   * listener, on port 1883 of every interface.
   */
  private static void addListener(List<String> lines, MosquittoListener listener, int port) {
    lines.add("listener " + port + " " + listener.host());
    lines.add("max_connections " + listener.connections());
  }

  private static long hours(MosquittoListener listener) {
    return Math.max(1, listener.sessionExpiry().toHours());
  }

  private static Stream<AccessRule> exclusive(AccessRules rules) {
    return rules.rules().stream().filter(rule -> !forEverybody(rule));
  }

  private static Stream<String> line(AccessRule rule, Role role, String topic) {
    if (rule.roles().contains(role)) {
      return Stream.of("topic " + verb(rule.action()) + " " + topic);
    }
    return topic.endsWith("/#") ? Stream.of("topic deny " + topic) : Stream.empty();
  }

  private static boolean forEverybody(AccessRule rule) {
    return rule.roles().size() == Role.values().length;
  }

  private static String verb(Action action) {
    return action == Action.PUBLISH ? "write" : "read";
  }

  private static String text(List<String> lines) {
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }
}
