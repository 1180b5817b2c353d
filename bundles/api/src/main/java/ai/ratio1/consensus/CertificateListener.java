package ai.ratio1.consensus;

import ai.ratio1.chain.SignedCertificate;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service by whoever wants to know of certificates. */
@ConsumerType
@FunctionalInterface
public interface CertificateListener {

  /**
   * A certificate became known; called on the engine's thread, at least once per epoch after each
   * start. Must be quick.
   */
  void certified(SignedCertificate certificate);
}
