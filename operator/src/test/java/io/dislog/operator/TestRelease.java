package io.dislog.operator;

/** What tests say that an operator was released with. Immutable. */
record TestRelease(String instance, String image) implements Release {

  static final String IMAGE = "dislog:test";

  TestRelease(String instance) {
    this(instance, IMAGE);
  }
}
