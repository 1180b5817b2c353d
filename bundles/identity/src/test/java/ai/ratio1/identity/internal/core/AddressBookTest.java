package ai.ratio1.identity.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.identity.NodeAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class AddressBookTest {

  private static final String BODY = "A24VRS7pvaUkn-k2pTm9ycJwOHZxNkpEy5qDyb19uIyz";

  private final AddressBook book = new AddressBook(new JavaCurve(), 64, 12345);

  @Test
  void findsEverySpellingOfAnAddressWithOneComputation() {
    AddressBook.Entry first = book.find("0xai_" + BODY);
    assertThat(first.address().text()).isEqualTo("0xai_" + BODY);
    assertThat(book.find("aixp_" + BODY)).isSameAs(first);
    assertThat(book.find(BODY)).isSameAs(first);
    assertThat(book.misses()).isEqualTo(1);
  }

  @Test
  void keepsAFixedNumberOfAddressesAndStaysRight() {
    List<NodeAddress> addresses = new ArrayList<>();
    JavaCurve curve = new JavaCurve();
    for (int i = 0; i < 200; i++) {
      byte[] secret = NodeKey.generate(new Random(i));
      addresses.add(NodeAddress.of(curve.publicPoint(secret).compressed()));
    }
    for (int round = 0; round < 2; round++) {
      for (NodeAddress address : addresses) {
        AddressBook.Entry entry = book.find(address.text());
        assertThat(entry.address()).isEqualTo(address);
        assertThat(entry.point().compressed()).isEqualTo(address.compressedKey());
      }
    }
    // 200 addresses in 64 places: most were computed again.
    assertThat(book.misses()).isGreaterThan(300);
  }

  @Test
  void doesNotKeepWhatIsNoAddress() {
    String noPoint = "0xai_AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAF";
    assertThat(book.find(noPoint)).isNull();
    assertThat(book.find(noPoint)).isNull();
    assertThat(book.misses()).isEqualTo(2);
  }

  @Property(tries = 2000)
  void answersNothingForRandomTexts(@ForAll @StringLength(max = 60) String text) {
    assertThat(book.find(text)).isNull();
    assertThat(book.find("0xai_" + text)).isNull();
  }

  @Property(tries = 1000)
  void answersNothingForAnAddressWithOneOtherCharacter(@ForAll int at, @ForAll char other) {
    int index = Math.floorMod(at, BODY.length());
    String changed = BODY.substring(0, index) + other + BODY.substring(index + 1);
    AddressBook.Entry entry = book.find("0xai_" + changed);
    if (entry != null) {
      assertThat(entry.address().withoutPrefix()).isEqualTo(changed);
    }
  }
}
