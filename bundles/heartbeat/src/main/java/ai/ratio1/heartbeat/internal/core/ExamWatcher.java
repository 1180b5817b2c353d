package ai.ratio1.heartbeat.internal.core;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityFinding;
import java.util.Optional;

/** Hears what an examiner comes across. */
public interface ExamWatcher {

  /** A proof was not looked at. */
  void refused(ProofRefusal refusal, Optional<EvmAddress> sender, String detail);

  /** A claim is to be doubted; once for each node and epoch. */
  void doubted(CapabilityFinding finding);
}
