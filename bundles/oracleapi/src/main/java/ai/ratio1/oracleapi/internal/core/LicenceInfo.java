package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.chain.Licence;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the chain says of a licence, in the words of the genuine reader contract. */
final class LicenceInfo {

  private LicenceInfo() {}

  static ObjectNode of(Licence licence) {
    ObjectNode info = Json.object();
    info.put("licenseType", licence.id().type().code());
    info.put("licenseId", licence.id().number());
    info.put("owner", Eip55.format(licence.owner()));
    info.put("nodeAddress", licence.node().map(Eip55::format).orElse(null));
    info.put("totalClaimedAmount", licence.claimed());
    licence
        .linkedSince()
        .ifPresentOrElse(
            since -> info.put("assignTimestamp", since.getEpochSecond()),
            () -> info.putNull("assignTimestamp"));
    info.put("isBanned", licence.banned());
    return info;
  }
}
