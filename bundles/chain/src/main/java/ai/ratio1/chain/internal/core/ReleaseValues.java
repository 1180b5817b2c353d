package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.ConfigurationHash;
import ai.ratio1.chain.Maintainers;
import ai.ratio1.chain.Release;
import ai.ratio1.chain.ReleaseChannel;
import ai.ratio1.chain.ReleaseStatus;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import ai.ratio1.wire.evm.AbiReader;
import ai.ratio1.wire.evm.Keccak256;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Between what the release registry speaks and the values of the service contract. */
public final class ReleaseValues {

  private static final int EVERYONE = 10_000;

  private ReleaseValues() {}

  /**
   * State of a channel: {@code ReleaseRegistry.stateOf(…)} with the scope of the node first.
   *
   * @param groups those whose scopes followed, in order
   */
  public static ReleaseChannel channel(String name, List<String> groups, AbiReader from) {
    AbiReader state = from.dynamic();
    state.uint63(); // the newest version is that of the newest release
    state.uint63(); // what is only proposed is nobody's to install
    final long floor = state.uint63();
    state.uint(56);
    final boolean paused = state.bool();
    final Optional<Release> latest = release(state);
    final Optional<Release> usable = release(state);
    final long rootVersion = state.uint63();
    final Bytes32 rootSha256 = state.bytes32();
    state.uint63(); // the set of maintainers is asked for by those who sign
    List<Optional<ConfigurationHash>> configurations =
        state.dynamic().array(ReleaseValues::configuration);
    if (configurations.size() != groups.size() + 1) {
      throw new IllegalArgumentException("not as many configurations as were asked for");
    }
    Map<String, ConfigurationHash> byGroup = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      String group = groups.get(i);
      configurations.get(i + 1).ifPresent(known -> byGroup.put(group, known));
    }
    return new ReleaseChannel(
        name,
        paused,
        floor,
        latest,
        usable,
        rootVersion,
        rootSha256,
        configurations.get(0),
        byGroup,
        state.uint63(),
        instant(state));
  }

  /** A release, or nothing: {@code ReleaseRegistry.releaseOf(channel, version)}. */
  public static Optional<Release> release(AbiReader from) {
    final long version = from.uint63();
    final Bytes32 manifest = from.bytes32();
    final Bytes32 cid = from.bytes32();
    final long floor = from.uint63();
    final Instant notBefore = instant(from);
    final Instant expires = instant(from);
    final int rollout = from.uint(16).intValueExact();
    int status = from.uint(8).intValueExact();
    return status == 0
        ? Optional.empty()
        : Optional.of(
            new Release(
                version,
                manifest,
                cid,
                floor,
                notBefore,
                expires,
                rollout,
                ReleaseStatus.ofCode(status)));
  }

  /** The maintainers: {@code ReleaseRegistry.signers()}. */
  public static Maintainers maintainers(AbiReader from) {
    AbiReader set = from.dynamic();
    return new Maintainers(
        set.uint63(),
        set.uint(8).intValueExact(),
        set.uint(8).intValueExact(),
        set.dynamic().array(AbiReader::address));
  }

  /** A release as it is proposed. */
  public static ReleaseRegistry.Release proposal(Release from) {
    return new ReleaseRegistry.Release(
        BigInteger.valueOf(from.version()),
        from.manifestSha256().toArray(),
        from.cidDigest().toArray(),
        BigInteger.valueOf(from.floor()),
        seconds(from.notBefore()),
        seconds(from.expires()),
        BigInteger.valueOf(from.rolloutBps()),
        BigInteger.valueOf(ReleaseStatus.PROPOSED.code()));
  }

  /** A signature in the 64 bytes of EIP-2098, from 65 bytes r, s, v. */
  public static ReleaseRegistry.CompactSignature compact(byte[] signature) {
    Controller.CompactSignature parts = ContractValues.compact(signature);
    return new ReleaseRegistry.CompactSignature(parts.r, parts.vs);
  }

  /** What the contract calls a channel or a group: the hash of its name. */
  public static byte[] key(String name) {
    return Keccak256.of(name.getBytes(StandardCharsets.UTF_8)).toArray();
  }

  /** What the contract calls the scope of a node. */
  public static byte[] key(EvmAddress node) {
    return Keccak256.of(node.toArray()).toArray();
  }

  /** Whether a node is in a release's share, as the contract draws it. */
  public static boolean includes(String channel, Release release, EvmAddress node) {
    byte[] version = new byte[Long.BYTES];
    ByteBuffer.wrap(version).putLong(release.version());
    byte[] hash = Keccak256.of(node.toArray(), key(channel), version).toArray();
    int draw = new BigInteger(1, hash).mod(BigInteger.valueOf(EVERYONE)).intValueExact();
    return draw < release.rolloutBps();
  }

  /** Whole seconds since 1970. */
  public static BigInteger seconds(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond());
  }

  private static Optional<ConfigurationHash> configuration(AbiReader from) {
    long version = from.uint63();
    ConfigurationHash known = new ConfigurationHash(version, from.bytes32(), instant(from));
    return version == 0 ? Optional.empty() : Optional.of(known);
  }

  private static Instant instant(AbiReader from) {
    return Instant.ofEpochSecond(from.uint63());
  }
}
