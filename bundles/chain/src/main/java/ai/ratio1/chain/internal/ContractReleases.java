package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Maintainers;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.Release;
import ai.ratio1.chain.ReleaseAct;
import ai.ratio1.chain.ReleaseChannel;
import ai.ratio1.chain.Releases;
import ai.ratio1.chain.internal.contracts.ReleaseRegistry;
import ai.ratio1.chain.internal.core.ReleaseDigests;
import ai.ratio1.chain.internal.core.ReleaseValues;
import ai.ratio1.wire.evm.Eip712;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The release registry, which the directory names. */
final class ContractReleases implements Releases {

  private static final String NAME = "ReleaseRegistry";

  private final Chain chain;
  private final TransactionSender sender;
  private final ContractCalls calls;
  private final ContractDirectory directory;

  ContractReleases(
      Chain chain, TransactionSender sender, ContractCalls calls, ContractDirectory directory) {
    this.chain = chain;
    this.sender = sender;
    this.calls = calls;
    this.directory = directory;
  }

  @Override
  public ReleaseChannel channel(String channel, EvmAddress node, List<String> groups) {
    List<byte[]> scopes = new ArrayList<>();
    scopes.add(ReleaseValues.key(node));
    groups.forEach(group -> scopes.add(ReleaseValues.key(group)));
    return calls.read(
        address(),
        registry().stateOf(ReleaseValues.key(channel), scopes),
        answer -> ReleaseValues.channel(channel, groups, answer));
  }

  @Override
  public Optional<Release> release(String channel, long version) {
    if (version < 0) {
      return Optional.empty();
    }
    return calls.read(
        address(),
        registry().releaseOf(ReleaseValues.key(channel), number(version)),
        ReleaseValues::release);
  }

  @Override
  public boolean includes(String channel, Release release, EvmAddress node) {
    return ReleaseValues.includes(channel, release, node);
  }

  @Override
  public Maintainers maintainers() {
    return calls.read(address(), registry().signers(), ReleaseValues::maintainers);
  }

  @Override
  public Bytes32 digest(ReleaseAct act) {
    Bytes32 domain = ReleaseDigests.domain(chain.chainId(), address(), chain.networkId());
    return Eip712.digest(domain, hash(act, signersVersion()));
  }

  @Override
  public Receipt propose(Account payer, ReleaseAct.Approval proposal, byte[] signature) {
    return send(
        payer,
        ReleaseRegistry.getABI_propose(
            ReleaseValues.key(proposal.channel()),
            ReleaseValues.proposal(proposal.release()),
            deadline(proposal),
            ReleaseValues.compact(signature)));
  }

  @Override
  public Receipt approve(Account payer, ReleaseAct.Approval approval, byte[] signature) {
    return send(
        payer,
        ReleaseRegistry.getABI_approve(
            ReleaseValues.key(approval.channel()),
            number(approval.release().version()),
            approval.release().manifestSha256().toArray(),
            deadline(approval),
            ReleaseValues.compact(signature)));
  }

  @Override
  public Receipt activate(Account payer, String channel, long version) {
    byte[] key = ReleaseValues.key(channel);
    return send(payer, ReleaseRegistry.getABI_activate(key, number(version)));
  }

  @Override
  public Receipt carryOut(Account payer, ReleaseAct act, List<byte[]> signatures) {
    return send(payer, data(act, signatures.stream().map(ReleaseValues::compact).toList()));
  }

  private static String data(ReleaseAct act, List<ReleaseRegistry.CompactSignature> signatures) {
    byte[] key = ReleaseValues.key(act.channel());
    BigInteger deadline = deadline(act);
    if (act instanceof ReleaseAct.Pause) {
      return ReleaseRegistry.getABI_pause(key, deadline, signatures);
    }
    if (act instanceof ReleaseAct.Resumption) {
      return ReleaseRegistry.getABI_resume(key, deadline, signatures);
    }
    if (act instanceof ReleaseAct.Revocation revocation) {
      BigInteger version = number(revocation.version());
      return ReleaseRegistry.getABI_revoke(key, version, deadline, signatures);
    }
    if (act instanceof ReleaseAct.Rollout rollout) {
      BigInteger share = number(rollout.rolloutBps());
      BigInteger version = number(rollout.version());
      return ReleaseRegistry.getABI_setRollout(key, version, share, deadline, signatures);
    }
    throw new IllegalArgumentException("approvals are sent one by one");
  }

  private Bytes32 hash(ReleaseAct act, long signersVersion) {
    if (act instanceof ReleaseAct.Approval approval) {
      return ReleaseDigests.approval(approval, signersVersion);
    }
    if (act instanceof ReleaseAct.Revocation revocation) {
      Bytes32 manifest = manifest(revocation.channel(), revocation.version());
      return ReleaseDigests.revocation(revocation, manifest, signersVersion);
    }
    if (act instanceof ReleaseAct.Rollout rollout) {
      Bytes32 manifest = manifest(rollout.channel(), rollout.version());
      return ReleaseDigests.rollout(rollout, manifest, signersVersion);
    }
    boolean paused = act instanceof ReleaseAct.Pause;
    return ReleaseDigests.pause(act, paused, nonce(act.channel()), signersVersion);
  }

  /** Zero where there is no release: the contract will say so. */
  private Bytes32 manifest(String channel, long version) {
    return release(channel, version).map(Release::manifestSha256).orElse(Bytes32.ZERO);
  }

  private long nonce(String channel) {
    return ContractCalls.read(
        registry().channels(ReleaseValues.key(channel)),
        state -> state.component4().longValueExact());
  }

  private long signersVersion() {
    return ContractCalls.read(registry().signersVersion(), BigInteger::longValueExact);
  }

  private Receipt send(Account payer, String data) {
    return Receipts.of(sender.send(SigningAccount.of(payer), address(), data));
  }

  private ReleaseRegistry registry() {
    return calls.releaseRegistry(address());
  }

  private EvmAddress address() {
    return directory.require(NAME);
  }

  private static BigInteger deadline(ReleaseAct act) {
    return ReleaseValues.seconds(act.deadline());
  }

  private static BigInteger number(long value) {
    return BigInteger.valueOf(value);
  }
}
