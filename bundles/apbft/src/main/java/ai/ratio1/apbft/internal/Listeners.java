package ai.ratio1.apbft.internal;

import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.CertificateListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to know of certificates. Thread-safe; one that fails does not keep the others from it.
 */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<CertificateListener> all = new CopyOnWriteArrayList<>();

  void add(CertificateListener listener) {
    all.add(listener);
  }

  void remove(CertificateListener listener) {
    all.remove(listener);
  }

  List<CertificateListener> all() {
    return all;
  }

  void certified(SignedCertificate certificate) {
    all.forEach(listener -> tell(listener, certificate));
  }

  /** Tells one listener, if it is still there. */
  void tell(CertificateListener listener, SignedCertificate certificate) {
    if (!all.contains(listener)) {
      return;
    }
    try {
      listener.certified(certificate);
    } catch (RuntimeException e) {
      LOG.error("a certificate listener failed on epoch {}", certificate.outcome().epoch(), e);
    }
  }
}
