package ai.ratio1.cli;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.client.NodeOperator.Consent;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** A node's consent to be linked, as its operator handed it to the owner of a deed. */
final class ConsentFile {

  private static final ErrorCode NO_CONSENT = new ErrorCode("R1-CLI-011");
  private static final int LARGEST = 4096;
  private static final String NEXT_STEP =
      "Name the file with the node's answer to /v1/link-authorisations.";

  private ConsentFile() {}

  static Consent read(Path file) {
    byte[] text = ArtefactFiles.read(file, LARGEST, NEXT_STEP);
    try {
      return Consent.of(new ObjectMapper().readTree(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new R1Exception(NO_CONSENT, file + " is no consent of a node.", NEXT_STEP, e);
    }
  }

  /** Says before the contract does, which knows no words, that a consent is for somebody else. */
  static void require(Consent consent, EvmAddress owner, LicenceId licence) {
    LinkAuthorisation given = consent.authorisation();
    if (!given.owner().equals(owner) || !given.licence().equals(licence)) {
      throw new R1Exception(
          NO_CONSENT,
          "The node consented to %s of %s, not to %s of %s."
              .formatted(given.licence(), given.owner(), licence, owner),
          "Let its operator ask it again, for this deed and owner.");
    }
  }
}
