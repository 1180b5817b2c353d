package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Drop;
import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.SignedCertificate;
import java.util.List;

/** Tells several watchers, one after the other. */
record Watchers(List<Watcher> all) implements Watcher {

  @Override
  public void sent(int oracle, Signed<?> message) {
    all.forEach(watcher -> watcher.sent(oracle, message));
  }

  @Override
  public void whispered(int oracle, int to, Signed<?> message) {
    all.forEach(watcher -> watcher.whispered(oracle, to, message));
  }

  @Override
  public void kept(int oracle, Bytes32 tableHash, byte[] deflated) {
    all.forEach(watcher -> watcher.kept(oracle, tableHash, deflated));
  }

  @Override
  public void entered(int oracle, String matter, long view) {
    all.forEach(watcher -> watcher.entered(oracle, matter, view));
  }

  @Override
  public void dropped(int oracle, Signed<?> message, Drop reason) {
    all.forEach(watcher -> watcher.dropped(oracle, message, reason));
  }

  @Override
  public void decided(int oracle, SignedCertificate certificate) {
    all.forEach(watcher -> watcher.decided(oracle, certificate));
  }

  @Override
  public void concluded(int oracle, DecisionCert cert) {
    all.forEach(watcher -> watcher.concluded(oracle, cert));
  }

  @Override
  public void crashed(int oracle) {
    all.forEach(watcher -> watcher.crashed(oracle));
  }

  @Override
  public void restarted(int oracle) {
    all.forEach(watcher -> watcher.restarted(oracle));
  }

  @Override
  public void warned(int oracle, R1Exception problem) {
    all.forEach(watcher -> watcher.warned(oracle, problem));
  }

  @Override
  public void rested(int oracle, int held) {
    all.forEach(watcher -> watcher.rested(oracle, held));
  }
}
