package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.Inflater;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class CanonicalDeflateTest {

  @Property(tries = 100)
  void readsItsOwnStreams(@ForAll @Size(max = 500) byte[] table) {
    byte[] deflated = CanonicalDeflate.deflate(table);
    assertThat(CanonicalDeflate.inflate(deflated, table.length))
        .hasValueSatisfying(read -> assertThat(read).isEqualTo(table));
  }

  @Example
  void everyInflaterReadsItAlsoAcrossBlockBorders() throws Exception {
    for (int length : new int[] {0, 1, 0xFFFE, 0xFFFF, 0x10000, 200_000}) {
      byte[] table = new byte[length];
      new Random(length).nextBytes(table);
      byte[] deflated = CanonicalDeflate.deflate(table);
      Inflater inflater = new Inflater();
      inflater.setInput(deflated);
      byte[] read = new byte[length];
      int got = 0;
      while (!inflater.finished()) {
        int more = inflater.inflate(read, got, length - got);
        got += more;
        if (more == 0 && !inflater.finished()) {
          assertThat(inflater.inflate(new byte[1])).isZero();
          break;
        }
      }
      assertThat(inflater.finished()).isTrue();
      inflater.end();
      assertThat(read).isEqualTo(table);
      assertThat(CanonicalDeflate.inflate(deflated, length)).isPresent();
    }
  }

  @Property(tries = 200)
  void refusesEveryOtherForm(@ForAll @Size(min = 1, max = 60) byte[] table, @ForAll int where) {
    byte[] deflated = CanonicalDeflate.deflate(table);
    byte[] tampered = deflated.clone();
    tampered[Math.floorMod(where, tampered.length)] ^= 0x41;
    assertThat(CanonicalDeflate.inflate(tampered, table.length)).isEmpty();
    assertThat(CanonicalDeflate.inflate(deflated, table.length + 1)).isEmpty();
    assertThat(CanonicalDeflate.inflate(table, table.length)).isEmpty();
  }
}
