package ai.ratio1.outcome;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.identity.Signatures;
import ai.ratio1.identity.internal.PortableSignatures;
import ai.ratio1.identity.internal.core.JavaCurve;
import ai.ratio1.identity.internal.core.NodeKey;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.ConfigHash;
import ai.ratio1.wire.certificate.RevealHash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An epoch of a network of four oracles and two edge nodes, with genuine keys and signatures: what
 * each oracle saw, revealed and signed. Oracle 3 was seen too seldom by the others.
 */
public final class SampleEpoch {

  public static final Signatures SIGNATURES = new PortableSignatures();
  public static final NetworkName NETWORK =
      new NetworkName(Sample.hash("network"), 31337, Sample.node(200));
  public static final int NODES = 6;
  public static final long EPOCH = 7;

  private static final int SLOTS = Sample.SCHEDULE.slots();

  private final List<NodeKey> keys =
      IntStream.range(0, NODES)
          .mapToObj(i -> new NodeKey(new JavaCurve(), Sample.hash("key " + i).toArray()))
          .toList();
  private final EndedEpoch ended;
  private final EpochState before = EpochState.founding();
  private final Map<Integer, SlotBitmaps> bitmaps = new HashMap<>();
  private final EpochArtefacts artefacts;

  public SampleEpoch() {
    List<EvmAddress> oracles = keys.subList(0, 4).stream().map(NodeKey::evmAddress).toList();
    Bytes32 config =
        ConfigHash.of(
            NETWORK.networkId(), NETWORK.chainId(), NETWORK.controller(), oracles, Sample.SCHEDULE);
    List<RegistryRow> rows =
        IntStream.range(0, NODES)
            .mapToObj(
                i -> new RegistryRow(Sample.rows(NODES).get(i).licence(), keys.get(i).evmAddress()))
            .toList();
    this.ended =
        new EndedEpoch(
            EPOCH,
            Sample.SCHEDULE,
            new OracleSet(oracles, config),
            Sample.hash("beacon"),
            rows,
            Collections.nCopies(NODES, Sample.RATE),
            Lookback.NOTHING);
    this.artefacts = make();
  }

  private EpochArtefacts make() {
    List<Observation> observations = new ArrayList<>();
    List<byte[]> tables = new ArrayList<>();
    List<SignedReveal> reveals = new ArrayList<>();
    for (int oracle = 0; oracle < 4; oracle++) {
      Map<EvmAddress, Presence> seen = seen(oracle);
      bitmaps.put(oracle, SlotBitmaps.of(ended, seen));
      byte[] table = new byte[NODES];
      for (int row = 0; row < NODES; row++) {
        table[row] = (byte) seen.get(ended.rows().get(row).node()).value();
      }
      byte[] deflated = CanonicalDeflate.deflate(table);
      Bytes32 hash = OutcomeRule.sha256(deflated);
      tables.add(deflated);
      observations.add(new Observation(address(oracle), oracle, hash, table));
      reveals.add(reveal(oracle, hash, deflated.length, bitmaps.get(oracle).root()));
    }
    AgreedEpoch agreed = OutcomeRule.agree(ended, before, observations);
    return new EpochArtefacts(
        new SignedEpoch(
            NETWORK, EPOCH, Sample.SCHEDULE, ended.oracles(), certificate(agreed, 0b0111), reveals),
        ended,
        before,
        tables);
  }

  /** Everybody sees everybody all the time, but oracle 3 half of it, and node 5 in some gaps. */
  private Map<EvmAddress, Presence> seen(int oracle) {
    Map<EvmAddress, Presence> seen = new HashMap<>();
    for (int node = 0; node < NODES; node++) {
      BitSet slots = new BitSet();
      slots.set(0, node == 3 ? SLOTS / 2 : SLOTS);
      if (node == 5) {
        slots.clear(10, 13 + oracle);
      }
      seen.put(address(node), new Presence(slots, SLOTS));
    }
    return seen;
  }

  public SignedReveal reveal(int oracle, Bytes32 table, long length, Bytes32 root) {
    SignedReveal unsigned =
        new SignedReveal(
            address(oracle), table, length, Sample.hash("salt " + oracle), root, new byte[65]);
    Bytes32 digest =
        RevealHash.digest(NETWORK.domain(), ended.oracles().configDigest(), EPOCH, unsigned);
    return new SignedReveal(
        unsigned.oracle(),
        table,
        length,
        unsigned.salt(),
        root,
        keys.get(oracle).signRecoverable(digest));
  }

  /** A certificate of an outcome, by some oracles. */
  public SignedCertificate certificate(AgreedEpoch agreed, int signers) {
    Bytes32 digest = CertificateHash.digest(NETWORK.domain(), agreed.outcome(), 0);
    List<byte[]> signatures =
        IntStream.range(0, 4)
            .filter(i -> (signers >>> i & 1) == 1)
            .mapToObj(i -> keys.get(i).signRecoverable(digest))
            .toList();
    return new SignedCertificate(agreed.outcome(), 0, signers, signatures);
  }

  public EvmAddress address(int node) {
    return keys.get(node).evmAddress();
  }

  public NodeKey key(int node) {
    return keys.get(node);
  }

  public EndedEpoch ended() {
    return ended;
  }

  public SlotBitmaps bitmaps(int oracle) {
    return bitmaps.get(oracle);
  }

  public EpochArtefacts artefacts() {
    return artefacts;
  }
}
