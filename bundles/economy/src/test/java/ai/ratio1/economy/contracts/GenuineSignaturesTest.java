package ai.ratio1.economy.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.testkit.TestNode;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Keccak256;
import ai.ratio1.wire.evm.PackedValues;
import ai.ratio1.wire.evm.PersonalMessage;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * What the genuine contracts have signed, by private key 1. These contracts have EIP-712 structs in
 * the place of every one of them; the encodings are the same code that speaks to genuine peers.
 */
class GenuineSignaturesTest {

  private static final TestNode KEY = new TestNode(1);
  private static final EvmAddress NODE = address("dEaD");

  @Test
  void claims() {
    PackedValues first =
        new PackedValues()
            .address(NODE)
            .uints(256, numbers(245, 246, 247))
            .uints(8, numbers(1, 2, 255));
    assertSigned(
        first,
        "9ebdf322fceda623ef53fa2025fc8a4ba56569e3dd7e11c0af59dc4452fa73fd",
        "5104beed32ebb370025e2bc01de231280d674d946f744de9efd4e6394c0e33df"
            + "5cbeb2568e0e7c2cb47046a6db439d4b0fae67d288b495919541634b227bb7a01c");
    PackedValues second =
        new PackedValues()
            .address(NODE)
            .uint(256, BigInteger.valueOf(245))
            .uint(256, BigInteger.valueOf(247))
            .bytes(new byte[] {1, 2, (byte) 255});
    assertSigned(
        second,
        "2c3d2290f6485d2dc1d29ed3d77c11b79396ab53164d2ad05eb4b3b7cfba81cc",
        "cda7b45978041e7ac1f88455a79e06b4e218593fbba4f659777c7a608f4203e8"
            + "1f7efdc0c8622f30d0a3a18a9cf623136419903491cdc22b53879670c302f4bf1b");
  }

  /** What an oracle of the genuine network signed about a node that was offline. */
  @Test
  void aRealClaim() throws SignatureException {
    PackedValues claim =
        new PackedValues()
            .address(EvmAddress.parse("0x1351504af17BFdb80491D9223d6Bcb6BB964DCeD"))
            .uints(256, numbers(1, 2, 3, 4, 5))
            .uints(8, numbers(0, 0, 0, 0, 0));
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "c17b67684afb68fe25fb7ba6ec7fdf08c4d5fc8970ab03a7b3659a20d5df6203"
                    + "14cb35b90deddff9cbc13668cc964e13816be73f308402e9903dae422106ca5d1c");
    Sign.SignatureData parts =
        new Sign.SignatureData(
            signature[64], Arrays.copyOf(signature, 32), Arrays.copyOfRange(signature, 32, 64));
    Bytes32 digest = PersonalMessage.digest(claim.hash().toArray());
    BigInteger signer = Sign.signedMessageHashToKey(digest.toArray(), parts);
    assertThat("0x" + Keys.getAddress(signer))
        .isEqualToIgnoringCase("0x93B04EF1152D81A0847C2272860a8a5C70280E14");
  }

  @Test
  void purchases() {
    byte[] invoice = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    PackedValues purchase =
        new PackedValues()
            .address(address("B1"))
            .bytes(invoice)
            .uint(256, BigInteger.valueOf(10_000))
            .uint(256, BigInteger.valueOf(1_900));
    assertSigned(
        purchase,
        "6526c861e3dd75c147e668d49d34bd983958a3271902e63f4821c74b13ed725d",
        "2f592265e97496546f6bb0b7e89c0476770941aafe18eb6776113543161ab746"
            + "204442a1fee611704c536506382a0567efa5a058660289a99c1c6721a2d077221c");
  }

  @Test
  void links() {
    PackedValues link = new PackedValues().address(address("A1")).address(NODE);
    assertSigned(
        link,
        "dfd7054d45f24b354134e0b69a77782800ec77a54795616aafa9e2367c566330",
        "f504c474a24e25763c330d4e549dda62c055abc166cb7520a43d371df0d6eba0"
            + "47e8f33aad4ee6efe46db3b9183d399d89ea34dcd8e1cd887a3453e6b37b3cc21b");
    PackedValues several =
        new PackedValues().address(address("A1")).uints(256, numbers(0xdead, 0x10));
    assertThat(Keccak256.of(several.toArray()).toHex())
        .isEqualTo("0x6ab06200cd1e7006cec05a10e684ce84b0510edaee2a30992cc398f2febb0dda");
  }

  /** The same hash as in {@code PlacementHash}, without the job and the epoch. */
  @Test
  void setsOfNodes() {
    AbiWords words = new AbiWords().uint(32).uint(2).address(address("10")).address(NODE);
    assertThat(words.hash().toHex())
        .isEqualTo("0xd04d48ff6e65eb3f714b15d944dcd328851e25550bb1396cfaac4ef6887f29cf");
  }

  private static void assertSigned(PackedValues content, String hash, String signature) {
    Bytes32 keccak = Keccak256.of(content.toArray());
    assertThat(keccak.toHex()).isEqualTo("0x" + hash);
    byte[] signed = KEY.signRecoverable(PersonalMessage.digest(keccak.toArray()));
    assertThat(HexFormat.of().formatHex(signed)).isEqualTo(signature);
  }

  private static List<BigInteger> numbers(long... values) {
    return LongStream.of(values).mapToObj(BigInteger::valueOf).toList();
  }

  private static EvmAddress address(String digits) {
    return EvmAddress.parse("0x" + "0".repeat(40 - digits.length()) + digits);
  }
}
