package ai.ratio1.rest.internal.core;

import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Claims and the names of licences. */
public final class ClaimView {

  private static final Pattern NAME = Pattern.compile("(ND|MND|GND)[-/]([1-9]\\d{0,17})");

  private ClaimView() {}

  /** Reads {@code ND-7} or {@code ND/7}. */
  public static Optional<LicenceId> licence(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      return Optional.empty();
    }
    LicenceType type =
        switch (name.group(1)) {
          case "ND" -> LicenceType.NODE_DEED;
          case "MND" -> LicenceType.MASTER_NODE_DEED;
          default -> LicenceType.GENESIS_NODE_DEED;
        };
    return Optional.of(new LicenceId(type, Long.parseLong(name.group(2))));
  }

  /** The proof as JSON. */
  public static ObjectNode of(ClaimProof proof) {
    ObjectNode claim = Values.object();
    LicenceId licence = proof.reward().licence();
    claim.put("licence", licence.toString());
    claim.put("licenceType", licence.type().code());
    claim.put("licenceNumber", Long.toString(licence.number()));
    claim.put("credits", proof.reward().credits().toString());
    claim.put("weight", proof.reward().weight().toString());
    claim.put("epoch", proof.epoch());
    claim.put("root", proof.root().toHex());
    ArrayNode path = claim.putArray("path");
    proof.path().forEach(hash -> path.add(hash.toHex()));
    return claim;
  }
}
