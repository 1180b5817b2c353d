package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Drop;
import ai.ratio1.apbft.internal.core.message.Ballot;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.DecisionNewView;
import ai.ratio1.apbft.internal.core.message.DecisionPropose;
import ai.ratio1.apbft.internal.core.message.DecisionWish;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells a run event by event.
 *
 * @param world knows the time
 * @param out takes what happened
 */
record Trace(World world, Consumer<Event> out) implements Watcher {

  private static final int SHOWN = 8;

  /**
   * Something that happened.
   *
   * @param at milliseconds of virtual time
   * @param oracle to whom, by index
   * @param what in words
   */
  public record Event(long at, int oracle, String what) {

    /** One line. */
    public String line() {
      return String.format(Locale.ROOT, "%8d ms  oracle %2d  %s", at, oracle, what);
    }
  }

  @Override
  public void sent(int oracle, Signed<?> message) {
    tell(oracle, "says " + text(message.message()));
  }

  @Override
  public void whispered(int oracle, int to, Signed<?> message) {
    tell(oracle, "tells oracle " + to + " " + text(message.message()) + " (faulty)");
  }

  @Override
  public void entered(int oracle, String matter, long view) {
    tell(oracle, "enters view " + view + " of " + matter);
  }

  @Override
  public void dropped(int oracle, Signed<?> message, Drop reason) {
    if (reason == Drop.INVALID || reason == Drop.SIGNATURE) {
      tell(oracle, "refuses " + text(message.message()) + ": " + reason.label());
    }
  }

  @Override
  public void decided(int oracle, SignedCertificate certificate) {
    tell(
        oracle,
        "knows the certificate of epoch %d, view %d, outcome %s, signers %s"
            .formatted(
                certificate.outcome().epoch(),
                certificate.view(),
                name(CertificateHash.outcome(certificate.outcome())),
                Integer.toBinaryString(certificate.signers())));
  }

  @Override
  public void concluded(int oracle, DecisionCert cert) {
    tell(
        oracle,
        "knows the decision of slot %d, view %d, value %s, signers %s"
            .formatted(
                cert.slot().sequence(),
                cert.view(),
                name(cert.valueHash()),
                Integer.toBinaryString(cert.signers())));
  }

  @Override
  public void crashed(int oracle) {
    tell(oracle, "crashes and loses what it has not flushed");
  }

  @Override
  public void restarted(int oracle) {
    tell(oracle, "is back");
  }

  @Override
  public void warned(int oracle, R1Exception problem) {
    tell(oracle, "warns: " + problem.describe());
  }

  private void tell(int oracle, String what) {
    out.accept(new Event(world.now(), oracle, what));
  }

  private static String text(Message message) {
    if (message instanceof DecisionMessage decision) {
      return text(decision);
    }
    String kind = message.kind() + " of epoch " + message.header().epoch();
    if (message instanceof ViewWish wish) {
      return kind + " for view " + wish.view();
    } else if (message instanceof NewView newView) {
      String lock = newView.lock().map(held -> ", locked in view " + held.view()).orElse("");
      return "%s view %d, %d tables%s".formatted(kind, newView.view(), newView.tables(), lock);
    } else if (message instanceof Propose proposal) {
      String tables =
          proposal.inputs().indices().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(","));
      return "%s view %d, set %s of oracles %s"
          .formatted(kind, proposal.view(), name(proposal.inputs().digest()), tables);
    } else if (message instanceof Prepare prepare) {
      return "%s view %d, set %s".formatted(kind, prepare.view(), name(prepare.inputsDigest()));
    } else if (message instanceof Commit commit) {
      Bytes32 outcome = CertificateHash.outcome(commit.outcome());
      return "%s view %d, outcome %s".formatted(kind, commit.view(), name(outcome));
    }
    return kind;
  }

  private static String text(DecisionMessage message) {
    String kind = message.kind() + " of slot " + message.slot().sequence();
    if (message instanceof DecisionWish wish) {
      return kind + " for view " + wish.view();
    } else if (message instanceof DecisionNewView newView) {
      String lock = newView.lock().map(held -> ", locked in view " + held.view()).orElse("");
      return kind + " view " + newView.view() + lock;
    } else if (message instanceof DecisionPropose proposal) {
      Bytes32 hash = Keccak256.of(proposal.value().toArray());
      return "%s view %d, value %s".formatted(kind, proposal.view(), name(hash));
    } else if (message instanceof Ballot ballot) {
      return "%s view %d, value %s".formatted(kind, ballot.view(), name((Bytes32) ballot.choice()));
    }
    return kind;
  }

  private static String name(Bytes32 hash) {
    return hash.toHex().substring(0, SHOWN);
  }
}
