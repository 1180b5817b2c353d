package org.eclipse.kura.configuration.metatype;

/** Kinds of values. The names are Kura's. */
public enum Scalar {
  /** Text. */
  STRING,
  /** 64 bits. */
  LONG,
  /** A fraction of 64 bits. */
  DOUBLE,
  /** A fraction of 32 bits. */
  FLOAT,
  /** 32 bits. */
  INTEGER,
  /** 8 bits. */
  BYTE,
  /** A character. */
  CHAR,
  /** True or false. */
  BOOLEAN,
  /** 16 bits. */
  SHORT,
  /** A secret. */
  PASSWORD
}
