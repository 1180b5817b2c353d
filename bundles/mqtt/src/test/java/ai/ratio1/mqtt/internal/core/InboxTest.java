package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.transport.Message;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InboxTest {

  @Test
  void theOldestGoesWhenThereAreTooMany() {
    Inbox inbox = new Inbox(2, 1000);
    assertThat(inbox.add(message("1", 1))).isZero();
    assertThat(inbox.add(message("2", 1))).isZero();
    assertThat(inbox.add(message("3", 1))).isEqualTo(1);
    assertThat(inbox.limit(1, 1000)).isEqualTo(1);
    assertThat(inbox.poll().topic()).isEqualTo("3");
    assertThat(inbox.poll()).isNull();
  }

  @Test
  void theOldestGoesWhenTheyAreTooLarge() {
    Inbox inbox = new Inbox(10, 100);
    inbox.add(message("1", 60));
    assertThat(inbox.add(message("2", 40))).isZero();
    assertThat(inbox.add(message("3", 30))).isEqualTo(1);
    assertThat(inbox.add(message("4", 500))).as("the newest stays").isEqualTo(2);
    assertThat(inbox.size()).isEqualTo(1);
    assertThat(inbox.poll().topic()).isEqualTo("4");
    assertThat(inbox.add(message("5", 100))).isZero();
  }

  private static Message message(String topic, int size) {
    return new Message(topic, new byte[size], Instant.EPOCH);
  }
}
