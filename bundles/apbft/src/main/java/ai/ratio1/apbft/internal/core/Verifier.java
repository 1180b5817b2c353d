package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionCommit;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionPrepare;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Checks signatures. Remembers the newest locks it found good, since a quorum shows the same. */
public final class Verifier {

  private static final int REMEMBERED = 64;

  private final Bytes32 domain;
  private final Recoverer recoverer;
  private final Set<KnownLock> goodLocks = new LinkedHashSet<>();

  /** Checks what is signed in this domain. */
  public Verifier(Bytes32 domain, Recoverer recoverer) {
    this.domain = domain;
    this.recoverer = recoverer;
  }

  /** Whether the sender said it. */
  boolean signed(Signed<?> message) {
    EvmAddress sender = message.message().header().oracle();
    return signedBy(sender, message.digest(domain), message.signature());
  }

  /** Whether a statement can justify a proposal: form, lock, signature. */
  boolean newView(Signed<NewView> signed, Committee committee) {
    NewView message = signed.message();
    return message.seen().size() == committee.size()
        && committee.indexOf(message.header().oracle()) >= 0
        && signed(signed)
        && message.lock().map(lock -> lock(lock, message, committee)).orElse(true);
  }

  /** Whether a quorum of the set signed a certificate. */
  boolean certificate(
      EpochOutcome outcome, long view, int signers, List<Octets> signatures, Committee committee) {
    Bytes32 digest = CertificateHash.digest(domain, outcome, view);
    return outcome.configDigest().equals(committee.set().configDigest())
        && quorumSigned(signers, signatures, committee, oracle -> digest);
  }

  /** Whether a quorum of a set signed a certificate; never throws. */
  public boolean certificate(SignedCertificate certificate, OracleSet oracles) {
    boolean formed =
        certificate.signatures().size() == Integer.bitCount(certificate.signers())
            && certificate.signatures().stream().allMatch(s -> s.length == Signed.SIGNATURE_LENGTH);
    return formed
        && certificate(
            certificate.outcome(),
            certificate.view(),
            certificate.signers(),
            certificate.signatures().stream().map(Octets::of).toList(),
            new Committee(oracles, Bytes32.ZERO, EvmAddress.ZERO, Rules.STANDARD));
  }

  /** The same for a slot. */
  boolean newView(Signed<DecisionNewView> signed, Committee committee, Slot slot) {
    DecisionNewView message = signed.message();
    Header header = message.header();
    return committee.indexOf(header.oracle()) >= 0
        && signed(signed)
        && message
            .lock()
            .map(
                lock ->
                    lock(
                        lock,
                        message,
                        slot,
                        committee,
                        oracle ->
                            new DecisionPrepare(
                                header.of(oracle), slot, lock.view(), lock.valueHash())))
            .orElse(true);
  }

  /** Whether a quorum of the set signed a decision. */
  boolean decision(DecisionCert cert, Committee committee) {
    Bytes32 digest =
        new DecisionCommit(cert.header(), cert.slot(), cert.view(), cert.valueHash())
            .digest(domain);
    return cert.header().configDigest().equals(committee.set().configDigest())
        && quorumSigned(cert.signers(), cert.signatures(), committee, oracle -> digest);
  }

  private boolean lock(Lock lock, NewView shown, Committee committee) {
    Header header = shown.header();
    Bytes32 inputs = lock.inputs().digest();
    return (lock.inputs().observers() & ~committee.serving()) == 0
        && lock(
            lock,
            shown,
            header.epoch(),
            committee,
            oracle -> new Prepare(header.of(oracle), lock.view(), inputs, lock.outcomeDigest()));
  }

  private boolean lock(
      Proof lock,
      Introduction<?> shown,
      Object place,
      Committee committee,
      Function<EvmAddress, Message> prepares) {
    if (lock.view() >= shown.view()) {
      return false;
    }
    KnownLock key = new KnownLock(shown.header().configDigest(), place, lock);
    boolean good =
        goodLocks.contains(key)
            || quorumSigned(
                lock.signers(),
                lock.signatures(),
                committee,
                oracle -> prepares.apply(oracle).digest(domain));
    if (good) {
      remember(key);
    }
    return good;
  }

  private boolean quorumSigned(
      int signers,
      List<Octets> signatures,
      Committee committee,
      Function<EvmAddress, Bytes32> digests) {
    if ((signers & ~committee.serving()) != 0 || signatures.size() != committee.quorum()) {
      return false;
    }
    Iterator<Octets> next = signatures.iterator();
    for (int i = 0; i < committee.size(); i++) {
      if ((signers >> i & 1) == 1) {
        EvmAddress oracle = committee.oracle(i);
        if (!signedBy(oracle, digests.apply(oracle), next.next())) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean signedBy(EvmAddress oracle, Bytes32 digest, Octets signature) {
    return recoverer.recover(digest, signature).filter(oracle::equals).isPresent();
  }

  private void remember(KnownLock key) {
    if (goodLocks.add(key) && goodLocks.size() > REMEMBERED) {
      goodLocks.remove(goodLocks.iterator().next());
    }
  }

  private record KnownLock(Bytes32 configDigest, Object place, Proof lock) {}
}
