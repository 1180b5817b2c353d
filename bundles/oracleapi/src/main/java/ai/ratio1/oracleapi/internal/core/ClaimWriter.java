package ai.ratio1.oracleapi.internal.core;

import ai.ratio1.chain.Licence;
import ai.ratio1.consensus.AvailabilityHistory;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.AvailabilityClaim;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.OracleAnswer;
import ai.ratio1.wire.evm.Eip55;
import ai.ratio1.wire.evm.PackedValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Writes and signs what owners claim rewards with (protocol dossier, sections 7.6 and 7.7). */
public final class ClaimWriter {

  private static final long NEVER = 9_999_999_999L;

  private final NodeIdentity signer;

  /** A writer that signs with the key of the oracle. */
  public ClaimWriter(NodeIdentity signer) {
    this.signer = signer;
  }

  /**
   * The claim object, or the genuine refusal when the epochs are not all known, or the node is not.
   *
   * @param history covers the range; empty when an epoch of it is not over or not kept
   * @param licence what the chain says of the node's licence, if somebody asked
   */
  public ObjectNode write(
      OracleView view,
      Subject subject,
      EpochRange range,
      Optional<AvailabilityHistory> history,
      Optional<Licence> licence) {
    boolean known =
        subject.sighting().isPresent()
            || history.filter(h -> h.values().containsKey(subject.evmAddress())).isPresent();
    boolean nameless = subject.address().isEmpty();
    if (history.isEmpty() || !(known || nameless)) {
      return refusal(view, subject);
    }
    ObjectNode claim = head(subject);
    putBytes(claim, subject, values(subject, range, history.get()), range);
    putNode(claim, view, subject, licence);
    claim.set(
        "oracle",
        view.state(
            range, history.get().voided().subSet(range.first(), Math.addExact(range.last(), 1))));
    if (!known) {
      OracleAnswer.putError(
          claim,
          "[No internal node address found]:  " + subject.node(),
          OracleApiError.UNKNOWN_NODE.code());
    }
    return claim;
  }

  private static ObjectNode refusal(OracleView view, Subject subject) {
    ObjectNode refusal = head(subject);
    refusal.put("node_is_online", subject.isOnline(view.now()));
    return OracleAnswer.putError(
        refusal, "No epochs found for the given node", OracleApiError.NO_EPOCHS.code());
  }

  private static ObjectNode head(Subject subject) {
    return Json.object()
        .put("node", subject.node())
        .put("node_eth_address", subject.evm())
        .put("node_alias", subject.alias());
  }

  private static List<Integer> values(
      Subject subject, EpochRange range, AvailabilityHistory history) {
    return LongStream.rangeClosed(range.first(), range.last())
        .mapToObj(epoch -> history.of(subject.evmAddress(), epoch))
        .toList();
  }

  private void putBytes(ObjectNode claim, Subject subject, List<Integer> values, EpochRange range) {
    List<Long> epochs = new ArrayList<>();
    LongStream.rangeClosed(range.first(), range.last()).forEach(epochs::add);
    AvailabilityClaim signed = AvailabilityClaim.of(subject.evmAddress(), epochs, values);
    PackedValues packed = signed.packed();
    epochs.forEach(claim.putArray("epochs")::add);
    values.forEach(claim.putArray("epochs_vals")::add);
    claim.put("from_epoch", signed.firstEpoch());
    claim.put("to_epoch", signed.lastEpoch());
    claim.put("packed_availabilities", hex(signed.availabilities()));
    ObjectNode data = claim.putObject("eth_signed_data");
    packed.types().forEach(data.putArray("input")::add);
    data.put("signature_field", "eth_signature");
    claim.putArray("eth_signatures").add(hex(signer.signRecoverable(packed.digest())));
    claim.putArray("eth_addresses").add(Eip55.format(signer.evmAddress()));
  }

  private static void putNode(
      ObjectNode claim, OracleView view, Subject subject, Optional<Licence> licence) {
    subject
        .lastSeen(view.now())
        .ifPresentOrElse(
            ago -> claim.put("node_last_seen_sec", Python.seconds(ago)),
            () -> claim.put("node_last_seen_sec", NEVER));
    claim.putObject("resources");
    claim.putArray("tags");
    claim.put("node_is_online", subject.isOnline(view.now()));
    claim.putNull("node_version");
    claim.put("node_is_oracle", view.oracles().contains(subject.evmAddress()));
    JsonNode info = licence.map(LicenceInfo::of).orElse(null);
    claim.set("node_license_info", info);
    // The genuine field, and its misspelling that clients may still read.
    claim.set("node_licese_info", info);
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
