package ai.ratio1.dauth.internal.core;

import ai.ratio1.availability.Sighting;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.BrokerCredential;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.DAuthRequest;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Verdict;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides on a dAuth request. First what genuine servers check, in their order and words (protocol
 * dossier, section 5.2); what they leave out (age, replay, rate, second instance) comes where it is
 * cheapest: before the chain is asked, but after the signature, so that nobody spends another's
 * share. Thread-safe.
 */
public final class DAuthJudge {

  /** What the genuine server's language says of a missing sender; its answers are compared. */
  private static final String NO_SENDER = "'NoneType' object is not subscriptable";

  private static final int LONGEST_NONCE = 256;
  private static final String NOT_ALLOWED = "Node not allowed to request auth data. ";

  private final Signatures signatures;
  private final JudgeSettings settings;
  private final ReplayMemory memory;
  private final SenderRate rate;

  /** A judge who has seen nothing yet. */
  public DAuthJudge(Signatures signatures, JudgeSettings settings) {
    this(signatures, settings, new ReplayMemory(settings.replayEntries()));
  }

  private DAuthJudge(Signatures signatures, JudgeSettings settings, ReplayMemory memory) {
    this.signatures = signatures;
    this.settings = settings;
    this.memory = memory;
    this.rate = new SenderRate(settings.perMinute(), settings.senders());
  }

  /** A judge with other settings who remembers the same requests. */
  public DAuthJudge with(JudgeSettings changed) {
    memory.limit(changed.replayEntries());
    return new DAuthJudge(signatures, changed, memory);
  }

  /** A request whose signature is valid. */
  private record Case(
      ObjectNode body, NodeAddress sender, EvmAddress evmAddress, DAuthRequest request) {

    String evmText() {
      return Eip55.format(evmAddress);
    }
  }

  /** Decides on the signed part of a request. */
  public Ruling judge(ObjectNode body, Facts facts, Instant now) {
    String claimed = body.path(SignedMessage.SENDER).textValue();
    Optional<NodeAddress> sender = claimed == null ? Optional.empty() : signatures.parse(claimed);
    if (sender.isEmpty()) {
      return new Ruling.Anonymous(DAuthError.NO_SENDER, NO_SENDER);
    }
    EvmAddress evmAddress = signatures.evmAddress(sender.get());
    String evmText = Eip55.format(evmAddress);
    if (!evmText.equals(body.path(SignedMessage.ETH_SENDER).textValue())) {
      return unproven(
          DAuthError.ADDRESS_MISMATCH,
          "Sender eth address and recovered eth address do not match.",
          evmText,
          body);
    }
    Verdict verdict = SignedMessage.verify(body, signatures);
    if (!verdict.isValid() || body.path(SignedMessage.HASH).asText().isEmpty()) {
      // Without a digest there is nothing to know a replay by; every genuine signer sends one.
      String reason = verdict.isValid() ? "Digest is NULL" : verdict.reason();
      return unproven(
          DAuthError.INVALID_SIGNATURE, "Invalid request signature: " + reason, evmText, body);
    }
    return judgeSigned(body, sender.get(), evmAddress, facts, now);
  }

  private Ruling judgeSigned(
      ObjectNode body, NodeAddress sender, EvmAddress evmAddress, Facts facts, Instant now) {
    DAuthRequest request;
    try {
      request = DAuthRequest.read(body);
    } catch (R1Exception e) {
      return new Ruling.Refused(
          DAuthError.MALFORMED,
          String.valueOf(e.getMessage()),
          asker(Eip55.format(evmAddress), Optional.empty()),
          Optional.of(evmAddress),
          Optional.empty());
    }
    Case known = new Case(body, sender, evmAddress, request);
    VersionCheck versions =
        VersionCheck.of(
            new VersionCheck.Versions(
                request.appVersion(), request.coreVersion(), request.sdkVersion()),
            settings.versions());
    if (!versions.accepted()) {
      return refused(
          known, versions, DAuthError.VERSION, "Version check failed: " + versions.message());
    }
    return freshness(known, versions, now).orElseGet(() -> permission(known, versions, facts, now));
  }

  private Optional<Ruling> freshness(Case known, VersionCheck versions, Instant now) {
    Optional<Duration> age = known.request().timestamp().map(made -> Duration.between(made, now));
    if (age.isPresent() && age.get().compareTo(settings.skew()) > 0) {
      return Optional.of(
          refused(known, versions, DAuthError.EXPIRED, "The request is expired: " + age(age)));
    }
    if (age.isPresent() && age.get().negated().compareTo(settings.skew()) > 0) {
      return Optional.of(
          refused(
              known,
              versions,
              DAuthError.FROM_THE_FUTURE,
              "The request is from the future: " + age(age)));
    }
    if (!memory.isFirst(known.body().path(SignedMessage.HASH).asText())) {
      return Optional.of(
          refused(known, versions, DAuthError.REPLAYED, "The request was sent before (replay)."));
    }
    if (!rate.admits(known.sender(), now)) {
      return Optional.of(
          refused(known, versions, DAuthError.TOO_OFTEN, "Too many requests of this sender."));
    }
    return Optional.empty();
  }

  private String age(Optional<Duration> age) {
    return String.format(
        "its clock is %d ms behind the server's, %d are tolerated.",
        age.map(Duration::toMillis).orElse(0L), settings.skew().toMillis());
  }

  private Ruling permission(Case known, VersionCheck versions, Facts facts, Instant now) {
    if (versions.type().equals(VersionCheck.SDK)) {
      return accepted(known, versions, BrokerCredential.Role.CLIENT);
    }
    try {
      if (!facts.isActive(known.evmAddress())) {
        return refused(
            known,
            versions,
            DAuthError.NOT_LICENSED,
            NOT_ALLOWED
                + String.format("node %s not allowed on %s", known.evmText(), settings.network()));
      }
      if (isElsewhere(known, facts, now)) {
        return refused(
            known,
            versions,
            DAuthError.SECOND_INSTANCE,
            "This key is in use by another instance, which is alive. Stop one of the two.");
      }
      if (known.request().instance().isPresent() && !facts.hears(now, settings.alive())) {
        return refused(
            known,
            versions,
            DAuthError.UNDECIDED,
            "This oracle hears no beats at the moment, so it cannot tell whether the key is in use.");
      }
      boolean oracle = facts.isOracle(known.evmAddress());
      return accepted(
          known, versions, oracle ? BrokerCredential.Role.ORACLE : BrokerCredential.Role.NODE);
    } catch (R1Exception e) {
      return refused(
          known,
          versions,
          DAuthError.UNDECIDED,
          NOT_ALLOWED
              + String.format(
                  "Error checking if node is allowed (%s on %s): %s ",
                  known.evmText(), settings.network(), e.getMessage()));
    }
  }

  private boolean isElsewhere(Case known, Facts facts, Instant now) {
    Optional<String> instance = known.request().instance();
    Optional<Sighting> seen = facts.lastSeen(known.evmAddress());
    return instance.isPresent()
        && seen.isPresent()
        && !seen.get().instance().isEmpty()
        && !seen.get().instance().equals(instance.get())
        && seen.get().receivedAt().plus(settings.alive()).isAfter(now);
  }

  private static Ruling accepted(Case known, VersionCheck versions, BrokerCredential.Role role) {
    return new Ruling.Accepted(
        known.sender(),
        known.evmAddress(),
        known.request().alias(),
        role,
        versions.type(),
        versions.message(),
        known.request().nonce());
  }

  private Ruling refused(Case known, VersionCheck versions, DAuthError error, String message) {
    return new Ruling.Refused(
        error,
        message,
        asker(known.evmText(), Optional.of(versions.type())),
        Optional.of(known.evmAddress()),
        Optional.of(known.request().nonce()));
  }

  private Ruling unproven(DAuthError error, String message, String evmText, ObjectNode body) {
    Optional<String> nonce =
        Optional.ofNullable(body.path("nonce").textValue())
            .filter(text -> text.length() <= LONGEST_NONCE);
    return new Ruling.Refused(
        error, message, asker(evmText, Optional.empty()), Optional.empty(), nonce);
  }

  private DAuthAnswer.Asker asker(String evmText, Optional<String> type) {
    return new DAuthAnswer.Asker(evmText, type, settings.seed());
  }
}
