package ai.ratio1.itests.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.ChainConnection;
import ai.ratio1.chain.ClaimProof;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Rewards;
import ai.ratio1.client.NodeOperator;
import ai.ratio1.devnet.DevnetSettings.BrokerKind;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.launcher.NodeFolder;
import ai.ratio1.testing.AnvilRpc;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** From deed to claimed reward, over mosquitto, with every framework in this JVM. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TripIT {

  private static final BigInteger HIGH_PRICE = BigInteger.TEN.pow(22);
  private static final DateTimeFormatter BEAT_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static TestNetwork network;

  @BeforeAll
  static void start() {
    network =
        TestNetwork.inThisJvm(
            folder.resolve("devnet"), BrokerKind.MOSQUITTO, TestAppliance.original());
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  @Order(1)
  void aNodeWithoutADeedDoesNotGetPastBoot() {
    network.awaitSaid(
        "stranger",
        NodeEvents.SESSION_REFUSED,
        line -> line.code().equals(Optional.of("R1-DAUTH-004")));
    JsonNode status = network.client("stranger").get("/v1/status");
    assertThat(status.path("boot").path("stage").asText()).isEqualTo("REFUSED");
    assertThat(status.path("boot").path("code").asText()).isEqualTo("R1-DAUTH-004");
    assertThat(status.path("role").isNull()).isTrue();
    assertThatThrownBy(() -> network.client("stranger").get("/readyz"))
        .isInstanceOf(R1Exception.class);
    assertThat(network.figure("stranger", "r1_heartbeat_sent_total")).isZero();
  }

  @Test
  @Order(2)
  void theChainRecordsWhatEveryOracleCertified() {
    network.licensed().forEach(network::awaitReady);
    network.awaitRecorded(0);
    String recorded = network.devnet().chain().epochs().outcomeHash(0).orElseThrow().toHex();
    for (String oracle : network.oracles()) {
      JsonNode view = network.awaitCertified(oracle, 0);
      assertThat(view.path("outcomeHash").asText()).isEqualTo(recorded);
      assertThat(view.path("rows")).hasSize(6);
      assertThat(view.path("certificate").path("signers").size()).isGreaterThanOrEqualTo(3);
      // A busy machine needs a part of the first epoch to get everybody up.
      assertThat(network.agreed(view, "edge-1")).isBetween(1, 255);
    }
  }

  @Test
  @Order(3)
  void anOwnerClaimsExactlyWhatTheScheduleSays() {
    ChainConnection chain = network.devnet().chain();
    LicenceId deed = network.licenceOf("edge-1");
    network.awaitRecorded(0);
    try (Account alice = network.devnet().owners().open("alice")) {
      BigInteger before = chain.chain().r1Balance(alice.address());
      BigInteger due = network.due("edge-1", network.claim("edge-1", alice));
      assertThat(chain.chain().r1Balance(alice.address()).subtract(before)).isEqualTo(due);
      assertThat(network.paid("edge-1")).isEqualTo(due);
      ContractRefusal again = network.withProof(deed, proof -> claimTwice(alice, proof));
      assertThat(again.error()).isEqualTo("NothingToClaim");
    }
  }

  /** Why the second one is refused; the first may have something to claim again by now. */
  private static ContractRefusal claimTwice(Account owner, ClaimProof proof) {
    Rewards rewards = network.devnet().chain().rewards();
    if (rewards.claimable(proof).signum() > 0) {
      rewards.claim(owner, proof);
    }
    ContractRefusal refused =
        catchThrowableOfType(ContractRefusal.class, () -> rewards.claim(owner, proof));
    if (refused.is("InvalidProof")) {
      throw refused;
    }
    return refused;
  }

  @Test
  @Order(4)
  void aLinkNeedsTheSignatureOfTheNodesOwnKey() {
    ChainConnection chain = network.devnet().chain();
    try (Account bob = network.devnet().owners().open("bob");
        Account otto = network.devnet().owners().open("otto")) {
      LicenceId bobs = chain.licences().buy(bob, 1, HIGH_PRICE).get(0);
      NodeOperator.Consent forBob = network.consent("stranger", bob, bobs);
      LicenceId ottos = chain.licences().buy(otto, 1, HIGH_PRICE).get(0);
      LinkAuthorisation given = forBob.authorisation();
      LinkAuthorisation stolen =
          new LinkAuthorisation(
              otto.address(), ottos, given.node(), given.nonce(), given.deadline());
      // A front-runner has seen bob's transaction and copies the consent out of it.
      assertThatThrownBy(() -> chain.licences().link(otto, stolen, forBob.signature()))
          .hasMessageContaining("InvalidNodeSignature");

      chain.licences().link(bob, given, forBob.signature());
      network.awaitReady("stranger");
      assertThatThrownBy(() -> chain.licences().link(bob, given, forBob.signature()))
          .isInstanceOf(R1Exception.class);
    }
  }

  @Test
  @Order(5)
  void aSessionEndsWithinTwoBlocksOfTheUnlink() {
    ChainConnection chain = network.devnet().chain();
    try (Account bob = network.devnet().owners().open("bob")) {
      AnvilRpc anvil = new AnvilRpc(network.devnet().network().endpoint());
      JsonNode status =
          anvil.withoutTime(
              1,
              () -> {
                chain.licences().unlink(bob, network.licenceOf("stranger"));
                anvil.call("evm_mine");
                anvil.call("evm_mine");
                return Await.value(
                    "the end of the session",
                    Duration.ofSeconds(60),
                    () ->
                        Optional.of(network.client("stranger").get("/v1/status"))
                            .filter(now -> now.path("session").isNull()));
              });
      assertThat(status.path("boot").path("code").asText()).isEqualTo("R1-DAUTH-005");
    }
  }

  @Test
  @Order(6)
  void hostileMessagesAreRefusedAndCountedAndValidBeatsAreNotLost() throws Exception {
    long epoch = network.epoch() + 1;
    String victim = network.client("edge-1").get("/v1/identity").path("address").asText();
    network.awaitTime(epoch, 0.1);
    int flooded;
    try (HostileSender sender = new HostileSender(network, "edge-2")) {
      ObjectNode old = sender.nextBeatOf(victim);
      expect("forged", () -> sender.send(fresh(sender.nextBeatOf(victim), 0)));
      expect("skewed", () -> sender.send(fresh(sender.nextBeatOf(victim), 3600)));
      expect("duplicate", () -> sender.send(sender.nextBeatOf(victim)));
      expect(
          "replayed",
          () -> {
            // One at least arrives while its time is still good.
            for (int i = 0; i < 4; i++) {
              sender.send(sender.nextBeatOf(victim).put("EE_MESSAGE_ID", "another"));
            }
          });
      expect("unreadable", () -> sender.send(HostileSender.deep(victim)));
      // A forged bomb is not even opened.
      String bomb = HostileSender.bomb();
      expect("forged", () -> sender.send(fresh(old, 0).put("ENCODED_DATA", bomb)));
      expect("no_sender", () -> sender.send("{}"));
      expect("too_large", () -> sender.send(" ".repeat(1 << 20)));
      double before = network.figure("oracle-1", "r1_heartbeat_refused_total");
      int begin = network.slotsSince(epoch);
      for (int i = 0; i < 500; i++) {
        sender.pour(fresh(old, 0).put("EE_MESSAGE_ID", "flood " + i));
      }
      Await.until(
          "the flood is refused",
          Duration.ofSeconds(60),
          () -> network.figure("oracle-1", "r1_heartbeat_refused_total") >= before + 500);
      flooded = network.slotsSince(epoch) - begin;
      // mosquitto ends the connection of who sends more than it takes.
      assertThat(sender.send(new byte[10 << 20])).isPresent();
    }
    network.awaitRecorded(epoch);
    JsonNode view = network.awaitCertified("oracle-1", epoch);
    // Whom nobody attacked had the same machine: two slots of ten are chance. What a flood in its
    // name leaves of a node is what the machine has time for.
    assertThat(network.agreed(view, "edge-1"))
        .isPositive()
        .isGreaterThanOrEqualTo(network.agreed(view, "edge-2") - (2 + flooded) * 26);
    network.awaitSaid("oracle-1", NodeEvents.BEAT_REFUSED);
  }

  @Test
  @Order(7)
  void everyOracleSignsTheCertifiedBytesForClaimClients() {
    String path =
        "/node_epochs_range?start_epoch=0&end_epoch=0&eth_node_addr=" + network.address("edge-1");
    for (String oracle : network.oracles()) {
      JsonNode claim = network.client(oracle).get(path).path("result");
      assertThat(claim.path("epochs_vals").path(0).asInt(-1))
          .isEqualTo(network.agreed(network.awaitCertified(oracle, 0), "edge-1"));
      assertThat(claim.path("node_alias").asText()).isEqualTo("edge-1");
      assertThat(claim.path("node_is_online").booleanValue()).isTrue();
      assertThat(claim.path("server_alias").asText()).isEqualTo(oracle);
      assertThat(claim.path("eth_addresses").path(0).asText())
          .isEqualToIgnoringCase(network.address(oracle).toHex());
    }
    assertThatThrownBy(() -> network.client("edge-2").get(path)).isInstanceOf(R1Exception.class);
  }

  @Test
  @Order(7)
  void anybodyChecksAnEpochAndANodeContestsIt() throws Exception {
    assertThat(network.figure("oracle-1", "r1_heartbeat_links_total")).isPositive();
    CommandLine r1 = new CommandLine(folder, TestAppliance.ORIGINAL.resolve("bin/r1"));
    String file = folder.resolve("epoch-0.json").toString();
    CommandLine.Result exported = r1.run("epoch", "export", "0", "--to", file, "-o", "json");
    assertThat(exported.status()).as(exported.err()).isZero();
    assertThat(exported.json().path("reveals").asInt()).isGreaterThanOrEqualTo(3);

    String recorded = network.devnet().chain().epochs().outcomeHash(0).orElseThrow().toHex();
    CommandLine.Result verified =
        r1.run("epoch", "verify", "0", "--from", file, "--outcome", recorded);
    assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("checks hold", recorded);

    String dispute = folder.resolve("dispute.json").toString();
    CommandLine.Result explained =
        r1.run("epoch", "explain", "0", "edge-1", "--dispute", dispute, "--reason", "a test");
    assertThat(explained.status()).as(explained.out() + explained.err()).isZero();
    assertThat(explained.out()).contains("proven by its reveal", "MEDIAN", "signed by");
    CommandLine.Result contested = r1.run("epoch", "dispute", dispute, "-o", "json");
    assertThat(contested.status()).as(contested.out() + contested.err()).isZero();
    assertThat(contested.json().path("received").size()).isGreaterThanOrEqualTo(3);
    assertThat(EvmAddress.parse(contested.json().path("node").asText()))
        .isEqualTo(network.address("edge-1"));

    // What somebody changed is named.
    String changed = Files.readString(Path.of(dispute)).replace("a test", "a lie");
    Files.writeString(Path.of(dispute), changed);
    CommandLine.Result lie = r1.run("epoch", "dispute", dispute).requireNoStackTrace();
    assertThat(lie.status()).isEqualTo(1);
    assertThat(lie.out()).containsPattern("WRONG +signature of the node");
  }

  @Test
  @Order(8)
  void aNodeThatClaimsAGraphicsProcessorItHasNotIsDoubted() throws Exception {
    claim("edge-1", 0);
    claim("edge-2", 1);
    long liar = awaitVerdict("edge-2", Set.of("LATE", "MISSING"));
    long honest = awaitVerdict("edge-1", Set.of("PROVEN"));

    CommandLine r1 = new CommandLine(folder, TestAppliance.ORIGINAL.resolve("bin/r1"));
    CommandLine.Result told = r1.run("epoch", "explain", Long.toString(liar), "edge-2");
    assertThat(told.status()).as(told.out() + told.err()).isZero();
    assertThat(told.out())
        .contains("claims 1 processors", "1 GPUs", "processors and GPUs DOUBTED", "signed")
        .doesNotContain("does not count");
    JsonNode doubted =
        r1.run("epoch", "explain", Long.toString(liar), "edge-2", "-o", "json")
            .json()
            .path("capability");
    assertThat(doubted.path("doubted").booleanValue()).as(doubted.toString()).isTrue();
    assertThat(doubted.path("oracles").size()).isGreaterThanOrEqualTo(3);
    JsonNode believed =
        r1.run("epoch", "explain", Long.toString(honest), "edge-1", "-o", "json")
            .json()
            .path("capability");
    assertThat(believed.path("verdict").asText()).as(believed.toString()).isEqualTo("PROVEN");
    assertThat(network.awaitSaid("oracle-1", NodeEvents.CAPABILITY_DOUBTED)).isNotEmpty();
  }

  /** What an operator would write, and a restart. */
  private static void claim(String node, int gpus) throws IOException {
    network.devnet().stop(node);
    Path file = new NodeFolder(network.folder().node(node)).configuration();
    ObjectNode configuration = (ObjectNode) JSON.readTree(file.toFile());
    configuration
        .putObject("ai.ratio1.heartbeat.proof")
        .put("profile", "x86_64-vm")
        .put("cores:Integer", 1)
        .put("gpus:Integer", gpus)
        .put("chain.poll.ms:Integer", 100);
    Files.write(file, JSON.writeValueAsBytes(configuration));
    network.devnet().start(node);
    network.awaitReady(node);
  }

  /** The first epoch in which a quorum finds so; a busy machine may be late for a while. */
  private static long awaitVerdict(String node, Set<String> wanted) {
    return Await.value(
        node + " is one of " + wanted,
        Duration.ofSeconds(120),
        () ->
            Stream.of(network.epoch(), network.epoch() - 1)
                .filter(epoch -> finders(epoch, node, wanted) >= 3)
                .findFirst());
  }

  private static long finders(long epoch, String node, Set<String> wanted) {
    String path = "/v1/epochs/" + epoch + "/capability/" + network.address(node).toHex();
    return network.oracles().stream()
        .filter(
            oracle -> {
              try {
                JsonNode found = network.client(oracle).get(path).path("verdicts");
                return wanted.contains(found.path("cores").asText());
              } catch (R1Exception nothingYet) {
                return false;
              }
            })
        .count();
  }

  private interface Act {
    void run() throws Exception;
  }

  /** On a busy machine a message may be late, and be refused for that: it is sent again. */
  private static void expect(String reason, Act act) throws Exception {
    double before = refused(reason);
    for (int tries = 0; tries < 4; tries++) {
      act.run();
      try {
        Await.until(reason, Duration.ofSeconds(5), () -> refused(reason) > before);
        return;
      } catch (AssertionError notYet) {
        continue;
      }
    }
    throw new AssertionError(
        reason + " was not counted: " + network.said("oracle-1", NodeEvents.BEAT_REFUSED));
  }

  private static double refused(String reason) {
    return network.figure("oracle-1", "r1_heartbeat_refused_total{reason=\"" + reason + "\"");
  }

  /** A beat with another time and a higher number, which its signature does not cover. */
  private static ObjectNode fresh(ObjectNode beat, long secondsFromNow) {
    Instant time = network.devnet().clock().instant().plusSeconds(secondsFromNow);
    beat.put("EE_TIMESTAMP", BEAT_TIME.format(time));
    beat.put("EE_MESSAGE_SEQ", beat.path("EE_MESSAGE_SEQ").asLong() + 1_000_000);
    return beat;
  }
}
