package ai.ratio1.rest.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.BeatAnchor;
import ai.ratio1.availability.Heartbeat;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.CumulativeReward;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.EpochReport;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.consensus.SlotProof;
import ai.ratio1.dauth.BootStatus;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Role;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.settings.Refusals;
import ai.ratio1.transport.LinkStatus;
import ai.ratio1.transport.Transport;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** An oracle's services with something in every field. */
final class TestServices {

  static final Instant NOW = Instant.parse("2026-11-21T10:01:02.250Z");
  static final LicenceId LICENCE = new LicenceId(LicenceType.NODE_DEED, 7);
  static final EvmAddress NODE = EvmAddress.parse("0x" + "0a".repeat(20));
  static final EvmAddress OWNER = EvmAddress.parse("0x" + "0b".repeat(20));
  static final NodeAddress ADDRESS = address();
  static final Bytes32 HASH = Bytes32.parse("0x" + "cd".repeat(32));
  static final byte[] SIGNATURE = new byte[65];
  static final R1Exception REFUSED =
      new R1Exception(
          new ErrorCode("R1-SETTINGS-001"), "port is the Integer \"0\".", "Give it another value.");
  static final EpochSchedule SCHEDULE =
      new EpochSchedule(
          Instant.parse("2026-11-21T10:00:00Z"),
          Duration.ofSeconds(30),
          Duration.ofMillis(500),
          Duration.ofMillis(125),
          Duration.ofSeconds(3),
          Duration.ofMillis(1500),
          250);

  private TestServices() {}

  private static NodeAddress address() {
    byte[] key = new byte[33];
    key[0] = 2;
    return NodeAddress.of(key);
  }

  /** A service that answers the named methods and fails on others, which nobody should call. */
  @SuppressWarnings("unchecked")
  private static <S> S answering(Class<S> type, Map<String, Function<Object[], Object>> methods) {
    return (S)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> type.getSimpleName();
                };
              }
              Function<Object[], Object> answer = methods.get(method.getName());
              if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answer.apply(arguments);
            });
  }

  static Map<Class<?>, Object> all() {
    Map<Class<?>, Object> all = new HashMap<>(others());
    all.put(
        CapabilityLedger.class,
        answering(
            CapabilityLedger.class,
            Map.of(
                "finding",
                a -> a[1].equals(NODE) ? Optional.of(finding()) : Optional.empty(),
                "evidence",
                a -> Optional.of(new byte[] {1, 2}))));
    all.put(
        Refusals.class,
        answering(Refusals.class, Map.of("now", a -> Map.of("ai.ratio1.x", REFUSED))));
    all.put(
        AvailabilityLedger.class,
        answering(AvailabilityLedger.class, Map.of("contradictions", a -> List.of(charge()))));
    return all;
  }

  private static Map<Class<?>, Object> others() {
    return Map.of(
        NodeIdentity.class,
            answering(
                NodeIdentity.class,
                Map.of(
                    "address", a -> ADDRESS,
                    "evmAddress", a -> NODE,
                    "signRecoverable", a -> SIGNATURE)),
        Signatures.class, answering(Signatures.class, Map.of("engine", a -> "bouncycastle")),
        DAuth.class, answering(DAuth.class, Map.of("status", a -> boot())),
        Session.class,
            answering(
                Session.class,
                Map.of(
                    "role", a -> Role.ORACLE,
                    "licence", a -> LICENCE,
                    "since", a -> NOW.minusSeconds(60))),
        Transport.class,
            answering(
                Transport.class,
                Map.of("status", a -> new LinkStatus(true, NOW, "tcp://broker:1883", ""))),
        Chain.class,
            answering(
                Chain.class,
                Map.of(
                    "chainId", a -> 31337L,
                    "networkId", a -> HASH,
                    "controller", a -> OWNER,
                    "schedule", a -> Optional.of(SCHEDULE),
                    "head", a -> new BlockRef(12, HASH, NOW),
                    "finalised", a -> new BlockRef(10, HASH, NOW))),
        Licences.class,
            answering(
                Licences.class,
                Map.of(
                    "linkNonce", a -> BigInteger.TWO,
                    "digest", a -> digest((LinkAuthorisation) a[0]))),
        Epochs.class,
            answering(
                Epochs.class,
                Map.of(
                    "current", a -> 2L,
                    "newestCertified", a -> 1L,
                    "report", a -> (long) a[0] == 1 ? Optional.of(report()) : Optional.empty(),
                    "latest", a -> List.of(report()),
                    "artefacts",
                        a ->
                            (long) a[0] == 1
                                ? Optional.of("{\"format\":\"made up\"}".getBytes(US_ASCII))
                                : Optional.empty(),
                    "slots", a -> a[1].equals(NODE) ? Optional.of(slots()) : Optional.empty(),
                    "claim", a -> a[0].equals(LICENCE) ? Optional.of(claim()) : Optional.empty())),
        Agreement.class,
            answering(
                Agreement.class,
                Map.of(
                    "status",
                    a ->
                        Optional.of(
                            new RoundStatus(1, RoundStatus.Phase.CERTIFIED, 0, 4, 4, Set.of())))),
        Heartbeat.class,
            answering(
                Heartbeat.class,
                Map.of("lastSent", a -> Optional.of(NOW), "sent", a -> Optional.of(sent()))));
  }

  static Bytes32 digest(LinkAuthorisation authorisation) {
    byte[] digest = new byte[32];
    digest[0] = (byte) authorisation.licence().number();
    digest[1] = authorisation.nonce().byteValue();
    return Bytes32.of(digest);
  }

  private static BootStatus boot() {
    return new BootStatus(
        BootStatus.Stage.AUTHORISED, "Licence ND-7.", Optional.empty(), Optional.of(NOW));
  }

  private static ClaimProof claim() {
    return new ClaimProof(
        new CumulativeReward(LICENCE, BigInteger.TEN, BigInteger.TWO.pow(90)),
        1,
        HASH,
        List.of(HASH, HASH));
  }

  private static CapabilityFinding finding() {
    return new CapabilityFinding(
        1,
        NODE,
        new CapabilityClaim("x86_64-generic", 64, 16_384, 0),
        CapabilityVerdict.WRONG,
        HASH,
        Duration.ofMillis(412),
        Duration.ofMillis(1150),
        2,
        71);
  }

  private static AnchorContradiction charge() {
    return new AnchorContradiction(
        new BeatAnchor(1, NODE, HASH, 120, HASH),
        SIGNATURE,
        new BeatAnchor(1, NODE, Bytes32.ZERO, 120, HASH),
        SIGNATURE);
  }

  private static SlotProof slots() {
    BitSet present = new BitSet();
    present.set(3, 60);
    RegistryRow row = new RegistryRow(LICENCE, NODE);
    return new SlotProof(1, row, new Presence(present, 60), HASH, List.of(HASH));
  }

  private static Presence sent() {
    BitSet sent = new BitSet();
    sent.set(0, 3);
    return new Presence(sent, 60);
  }

  private static EpochReport report() {
    BitSet present = new BitSet();
    present.set(3, 60);
    EpochOutcome outcome =
        new EpochOutcome(HASH, 1, 15, 8, 250, 1, HASH, HASH, HASH, HASH, HASH, HASH);
    return new EpochReport(
        1,
        EpochReport.Stage.RECORDED,
        List.of(NODE, OWNER),
        Optional.of(new SignedCertificate(outcome, 0, 7, List.of(SIGNATURE))),
        Optional.of(HASH),
        List.of(new Observation(OWNER, 1, HASH, new byte[] {(byte) 240})),
        List.of(new RegistryRow(LICENCE, NODE)),
        List.of(240),
        Map.of(NODE, new Presence(present, 60)));
  }
}
