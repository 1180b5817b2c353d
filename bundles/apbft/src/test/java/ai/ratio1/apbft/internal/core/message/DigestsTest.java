package ai.ratio1.apbft.internal.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.wire.certificate.RevealHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is signed is final: these digests were computed by other code, from the documented types.
 */
final class DigestsTest {

  private static final Bytes32 DOMAIN = hash(0x11);
  private static final Header HEADER = new Header(hash(0x22), 7, address(0xa0));
  private static final Octets SIGNATURE = Octets.of(filled(65, 5));
  private static final Inputs INPUTS = new Inputs(3, List.of(hash(1), hash(2)));
  private static final EpochOutcome OUTCOME =
      new EpochOutcome(
          hash(0x22), 7, 7, 0, 250, 12, hash(1), hash(2), hash(3), hash(4), hash(5), hash(6));

  @Test
  void commitmentsAndInputs() {
    assertThat(ObsCommit.commitment(hash(1), hash(2), address(0xa0), 7))
        .isEqualTo(value("504a58e89eeaf49a71b082a1079525e18f4cb6c11b6095d01b18765849911d99"));
    assertThat(INPUTS.digest())
        .isEqualTo(value("ac3824e622be1eff58666e1986c66ca877cbc4007ba6c46e82ff8920ffc57774"));
  }

  @Test
  void obsCommit() {
    assertSigns(
        new ObsCommit(HEADER, hash(1), 200, -5),
        "ed41c77d9aa72501d261e209d05b88c431796224df6eff1049e595bf54b664ae");
  }

  @Test
  void obsReveal() {
    assertSigns(
        new ObsReveal(HEADER, hash(1), ObsReveal.rawCid(hash(1)), 4_000_000_000L, hash(3), hash(4)),
        "07221434e2af95be22b7ce06f953e0851a516bd5f7a15343493530e080fdf4cb");
  }

  @Test
  void obsRevealAsAnybodyChecksIt() {
    ObsReveal reveal =
        new ObsReveal(HEADER, hash(1), ObsReveal.rawCid(hash(1)), 4_000_000_000L, hash(3), hash(4));
    SignedReveal shown =
        new SignedReveal(HEADER.oracle(), hash(1), 4_000_000_000L, hash(3), hash(4), new byte[65]);
    assertThat(RevealHash.digest(DOMAIN, HEADER.configDigest(), HEADER.epoch(), shown))
        .isEqualTo(reveal.digest(DOMAIN));
  }

  @Test
  void tableChunk() {
    Octets content = Octets.of("abc".getBytes(StandardCharsets.US_ASCII));
    assertSigns(
        new TableChunk(HEADER, hash(1), 2, 3, content),
        "b605d7d491a03252efdf68fd53badb4d49edf63be05392bd23896421f1b03e2b");
  }

  @Test
  void viewWish() {
    assertSigns(
        new ViewWish(HEADER, Header.MAX_UINT32),
        "0922ad2f104f1d76f0786f5e26759e8de4d86c1c4dadbdc0782656b93bebc932");
  }

  @Test
  void newViewWithALock() {
    assertSigns(newView(), "46e9643068283f5b8385d164af8a73eb540446342f89fb63ba2004e659307466");
  }

  @Test
  void propose() {
    assertSigns(
        new Propose(HEADER, 4, INPUTS, List.of(new Signed<>(newView(), SIGNATURE))),
        "4136401b105854750ad7ebe3a74da0749960b2df9ab850d2ce3f7099f4f46751");
  }

  @Test
  void prepare() {
    assertSigns(
        new Prepare(HEADER, 4, hash(1), hash(2)),
        "6dbbdd1d41b1d5920a33bb09b680b00d7f3c78284fac7068f88589e49b00de9f");
  }

  @Test
  void commitSignsTheCertificateItself() {
    assertSigns(
        new Commit(HEADER, 4, OUTCOME),
        "81963631578436eae7f3709d4dd0d7a817c48e8d09fbb5f1c232f93eb0b77359");
  }

  @Test
  void cert() {
    assertSigns(
        new Cert(
            HEADER,
            4,
            OUTCOME,
            5,
            List.of(SIGNATURE, SIGNATURE),
            List.of(hash(1), hash(2), hash(3))),
        "b57e79305397dbe8a588155c2fefa85709468c01e77c1e6bdfa6912e82da8f02");
  }

  @Test
  void requests() {
    assertSigns(
        new CertRequest(HEADER, address(0xb0), 8),
        "a9963bba5f1adbe4f35db3247d24eecee21e4f40353a79536092307496b2a6d4");
    assertSigns(
        new TableRequest(HEADER, address(0xb0), hash(1)),
        "22657003967ef856829c8e48d54465aecf6510d368a36ae5dfdea62a6f803333");
  }

  @Test
  void evidence() {
    Header accused = new Header(hash(0x22), 7, address(0xb0));
    assertSigns(
        new Evidence(
            HEADER,
            new Signed<>(new Prepare(accused, 4, hash(1), hash(2)), SIGNATURE),
            new Signed<>(new Prepare(accused, 4, hash(1), hash(3)), SIGNATURE)),
        "a7aaec245e6d3fcd6ee8887614de265a45bfb35ad9843bd2bceaad79f14f59a0");
  }

  private static NewView newView() {
    Lock lock = new Lock(3, INPUTS, hash(9), 1, List.of(SIGNATURE));
    return new NewView(HEADER, 4, List.of(hash(1), Bytes32.ZERO), Optional.of(lock));
  }

  private static void assertSigns(Message message, String digest) {
    assertThat(message.digest(DOMAIN)).isEqualTo(value(digest));
    Signed<Message> signed = new Signed<>(message, SIGNATURE);
    assertThat(Frames.decode(Frames.encode(signed)).digest(DOMAIN)).isEqualTo(value(digest));
  }

  private static Bytes32 value(String hex) {
    return Bytes32.parse(hex);
  }

  private static Bytes32 hash(int octet) {
    return Bytes32.of(filled(32, octet));
  }

  private static EvmAddress address(int octet) {
    return EvmAddress.of(filled(20, octet));
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }
}
