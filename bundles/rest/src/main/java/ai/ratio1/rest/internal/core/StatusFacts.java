package ai.ratio1.rest.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.Role;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.transport.LinkStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the node at a moment. Services come and go, so that nearly everything may be
 * missing.
 *
 * @param now by the node's clock
 * @param started when the face started
 * @param alias the name the node gives itself
 * @param identity who it is
 * @param boot how far it got through the boot gate
 * @param session its session
 * @param link its connection to the broker
 * @param network which chain and network it lives on
 * @param head the newest block it saw
 * @param finalised the newest finalised block it saw
 * @param newestCertified the newest certified epoch, on oracles
 * @param lastBeat when its newest beat left
 * @param versions of product and platform
 * @param bundles the framework's bundles
 * @param settingsRefused components whose newest configuration is not used, by PID
 */
public record StatusFacts(
    Instant now,
    Instant started,
    String alias,
    Optional<Identity> identity,
    Optional<BootStatus> boot,
    Optional<Held> session,
    Optional<LinkStatus> link,
    Optional<Network> network,
    Optional<BlockRef> head,
    Optional<BlockRef> finalised,
    Optional<Long> newestCertified,
    Optional<Instant> lastBeat,
    Map<String, String> versions,
    List<BundleState> bundles,
    List<SettingsRefused> settingsRefused) {

  /**
   * Who the node is.
   *
   * @param address its Ratio1 address
   * @param evmAddress its EVM address
   * @param engine what computes its signatures
   */
  public record Identity(NodeAddress address, EvmAddress evmAddress, Optional<String> engine) {}

  /**
   * Its session.
   *
   * @param role what it does
   * @param licence by which licence
   * @param since since when
   */
  public record Held(Role role, LicenceId licence, Instant since) {}

  /**
   * A component that goes on with another configuration than its newest.
   *
   * @param pid its PID
   * @param why what is wrong with the newest
   */
  public record SettingsRefused(String pid, R1Exception why) {}

  /**
   * A bundle of the framework.
   *
   * @param name symbolic name
   * @param version its version
   * @param state its state
   * @param healthy whether that is as it should be
   */
  public record BundleState(String name, String version, String state, boolean healthy) {}
}
