package ai.ratio1.outcome;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.ConfigHash;
import ai.ratio1.wire.certificate.RevealHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks what oracles signed about an epoch, against the oracle set that their digest names. */
public final class SignatureAudit {

  private final Signatures signatures;
  private final SignedEpoch epoch;
  private final List<Finding> findings = new ArrayList<>();

  private SignatureAudit(SignedEpoch epoch, Signatures signatures) {
    this.epoch = epoch;
    this.signatures = signatures;
  }

  /** Everything that there is to check; nothing of it throws. */
  public static List<Finding> of(SignedEpoch epoch, Signatures signatures) {
    SignatureAudit audit = new SignatureAudit(epoch, signatures);
    audit.configuration();
    audit.certificate();
    epoch.reveals().forEach(audit::reveal);
    return List.copyOf(audit.findings);
  }

  /** Whether an oracle signed this reveal. */
  public static boolean signed(SignedEpoch epoch, SignedReveal reveal, Signatures signatures) {
    Bytes32 digest =
        RevealHash.digest(
            epoch.network().domain(), epoch.oracles().configDigest(), epoch.epoch(), reveal);
    return signatures
        .recover(digest, reveal.signature())
        .filter(reveal.oracle()::equals)
        .isPresent();
  }

  private void configuration() {
    NetworkName network = epoch.network();
    OracleSet set = epoch.oracles();
    Bytes32 computed =
        ConfigHash.of(
            network.networkId(),
            network.chainId(),
            network.controller(),
            set.oracles(),
            epoch.schedule());
    findings.add(Finding.compare("configuration digest", set.configDigest(), computed));
    findings.add(
        Finding.compare(
            "configuration of the certificate",
            epoch.certificate().outcome().configDigest(),
            set.configDigest()));
    findings.add(
        Finding.compare(
            "epoch of the certificate", epoch.certificate().outcome().epoch(), epoch.epoch()));
  }

  private void certificate() {
    SignedCertificate certificate = epoch.certificate();
    OracleSet set = epoch.oracles();
    int count = certificate.signatures().size();
    findings.add(
        Finding.of(
            "quorum",
            count == set.quorum() && Integer.bitCount(certificate.signers()) == count,
            count + " signatures of " + set.size() + " oracles; " + set.quorum() + " are needed"));
    Bytes32 digest =
        CertificateHash.digest(epoch.network().domain(), certificate.outcome(), certificate.view());
    int next = 0;
    for (int index = 0; index < Integer.SIZE - 1; index++) {
      if ((certificate.signers() >>> index & 1) == 1) {
        byte[] signature = next < count ? certificate.signatures().get(next) : new byte[0];
        next++;
        signer(index, signatures.recover(digest, signature));
      }
    }
  }

  private void signer(int index, Optional<EvmAddress> recovered) {
    OracleSet set = epoch.oracles();
    String check = "signature of oracle " + index;
    if (index >= set.size()) {
      findings.add(Finding.of(check, false, "there is no such oracle"));
    } else if (set.isBarred(index)) {
      findings.add(Finding.of(check, false, set.oracles().get(index) + " is barred"));
    } else {
      EvmAddress expected = set.oracles().get(index);
      findings.add(
          Finding.of(
              check,
              recovered.filter(expected::equals).isPresent(),
              expected
                  + recovered
                      .filter(other -> !other.equals(expected))
                      .map(other -> ", but signed by " + other)
                      .orElse("")));
    }
  }

  private void reveal(SignedReveal reveal) {
    int index = epoch.oracles().indexOf(reveal.oracle());
    findings.add(
        Finding.of(
            "reveal of " + (index < 0 ? "a stranger" : "oracle " + index),
            index >= 0 && signed(epoch, reveal, signatures),
            reveal.oracle().toString()));
  }
}
