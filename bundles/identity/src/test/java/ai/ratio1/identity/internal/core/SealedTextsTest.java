package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.wire.Compression;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SealedTextsTest {

  private static final Curve CURVE = new JavaCurve();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CurveSignatures peers = new CurveSignatures(CURVE, 64, 1);
  private final NodeKey alice = new NodeKey(CURVE, NodeKey.generate(new Random(1)));
  private final NodeKey bob = new NodeKey(CURVE, NodeKey.generate(new Random(2)));
  private final NodeKey carol = new NodeKey(CURVE, NodeKey.generate(new Random(3)));

  @Property(tries = 30)
  void receiversOpenWhatWasSealedForThem(@ForAll String text) {
    String valid = text.replaceAll("[\\ud800-\\udfff]", "?");
    String single = sealer(alice).seal(valid, bob.address());
    assertThat(sealer(bob).open(single, alice.address())).hasValue(valid);
    assertThat(sealer(carol).open(single, alice.address())).isEmpty();
    assertThat(sealer(bob).open(single, carol.address())).isEmpty();

    String multi = sealer(alice).seal(valid, List.of(bob.address(), carol.address()));
    assertThat(sealer(bob).open(multi, alice.address())).hasValue(valid);
    assertThat(sealer(carol).open(multi, alice.address())).hasValue(valid);
    assertThat(sealer(alice).open(multi, alice.address())).isEmpty();
  }

  @Test
  void sealsUpToTheLimitAndNotBeyond() {
    String most = noise(SealedTexts.MOST_PLAIN_BYTES);
    String single = sealer(alice).seal(most, bob.address());
    assertThat(sealer(bob).open(single, alice.address())).hasValue(most);
    String multi = sealer(alice).seal(most, List.of(bob.address()));
    assertThat(sealer(bob).open(multi, alice.address())).hasValue(most);
    assertRefused(() -> sealer(alice).seal(most + "x", bob.address()));
    assertRefused(() -> sealer(alice).seal(most + "x", List.of(bob.address())));
  }

  @Test
  void sealsForOneToAThousandReceivers() {
    assertRefused(() -> sealer(alice).seal("x", List.of()));
    List<NodeAddress> many = Collections.nCopies(1001, bob.address());
    assertRefused(() -> sealer(alice).seal("x", many));
  }

  @Test
  void refusesAReceiverThatIsNoPoint() {
    NodeAddress nobody = new NodeAddress("0xai_AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF");
    assertThatThrownBy(() -> sealer(alice).seal("x", nobody))
        .isInstanceOfSatisfying(
            R1Exception.class, e -> assertThat(e.code()).isEqualTo(IdentityError.NO_POINT.code()));
    assertThat(sealer(bob).open(sealer(alice).seal("x", bob.address()), nobody)).isEmpty();
  }

  @Test
  void opensNoBomb() {
    SealedTexts texts = new SealedTexts(RANDOM);
    byte[] key = new byte[32];
    // Inside the limit on the way in, a thousand times larger inside.
    String bomb = texts.seal(" ".repeat(SealedTexts.MOST_PLAIN_BYTES), key);
    assertThat(bomb.length()).isLessThan(4000);
    assertThat(texts.open(bomb, bob.address(), () -> key)).isEmpty();
    byte[] frame = Compression.deflate(new byte[50_000_000], 9);
    String outer = Base64.getEncoder().encodeToString(frame);
    assertThat(texts.open(outer, bob.address(), () -> key)).isEmpty();
    assertThat(texts.open("A".repeat(5_000_000), bob.address(), () -> key)).isEmpty();
  }

  @Property(tries = 300)
  void opensNothingThatIsDamaged(@ForAll @Size(min = 1, max = 3) byte[] damage) {
    String text = noise(40 + Byte.toUnsignedInt(damage[0]));
    for (String sealed :
        List.of(
            sealer(alice).seal(text, bob.address()),
            sealer(alice).seal(text, List.of(bob.address())))) {
      byte[] frame = Base64.getDecoder().decode(sealed);
      for (byte change : damage) {
        int at = Math.floorMod(change * 31, frame.length);
        // The flag of the single form is outside the seal: any value but 0 means compressed.
        frame[at == 12 ? 11 : at] ^= (byte) (1 << (change & 7));
      }
      String changed = Base64.getEncoder().encodeToString(frame);
      if (!changed.equals(sealed)) {
        sealer(bob)
            .open(changed, alice.address())
            .ifPresent(opened -> assertThat(opened).isEqualTo(text));
      }
    }
  }

  @Property(tries = 1000)
  void answersNothingForRandomBytes(@ForAll byte[] bytes) {
    String text = Base64.getEncoder().encodeToString(bytes);
    assertThat(sealer(bob).open(text, alice.address())).isEmpty();
    String zlib = Base64.getEncoder().encodeToString(Compression.deflate(bytes, 1));
    assertThat(sealer(bob).open(zlib, alice.address())).isEmpty();
  }

  @Test
  void answersNothingForHostilePackages() {
    for (String frame :
        List.of(
            "[]",
            "{\"M\":true}",
            "{\"M\":1,\"k\":[]}",
            "{\"M\":true,\"k\":{\"a\":1}}",
            "{\"M\":true,\"k\":[1,null,{}]}",
            "{\"M\":true,\"c\":\"01\",\"n\":\"zz\",\"d\":\"\",\"k\":[{\"a\":\""
                + bob.address()
                + "\",\"k\":\"00\"}]}",
            "{\"M\":true,\"k\":[{\"a\":\"" + bob.address() + "\",\"k\":\"zz\"}]}")) {
      assertThat(sealer(bob).open(Compression.deflate(frame), alice.address())).isEmpty();
    }
  }

  private PairwiseSealer sealer(NodeKey key) {
    return new PairwiseSealer(key, peers, RANDOM);
  }

  /** Text that hardly compresses. */
  private static String noise(int length) {
    Random random = new Random(9);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }

  private static void assertRefused(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            R1Exception.class,
            e -> assertThat(e.code()).isEqualTo(IdentityError.NOT_SEALABLE.code()));
  }
}
