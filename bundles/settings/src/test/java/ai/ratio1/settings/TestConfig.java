package ai.ratio1.settings;

/** Settings of a component that is none. */
@interface TestConfig {

  String PID = "ai.ratio1.test";

  int port() default 80;

  long grace_ms() default 5;

  double share() default 0.5;

  String mode() default "fast";

  String[] peers() default {};

  String secret() default "";
}
