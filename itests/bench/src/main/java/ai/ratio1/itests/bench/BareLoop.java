package ai.ratio1.itests.bench;

import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Verdict;
import java.util.List;

/** The least an oracle could do with a message: parse it and verify its signature. */
final class BareLoop {

  private final Json json = new Json(JsonLimits.DEFAULT.withDocumentBytes(Traffic.LARGEST));
  private final Signatures signatures;

  BareLoop(Signatures signatures) {
    this.signatures = signatures;
  }

  void hear(List<Traffic.Arrival> arrivals) {
    for (Traffic.Arrival arrival : arrivals) {
      Verdict verdict = SignedMessage.verify(json.parseObject(arrival.payload()), signatures);
      if (!verdict.isValid()) {
        throw new IllegalStateException("a valid beat was refused: " + verdict.reason());
      }
    }
  }
}
