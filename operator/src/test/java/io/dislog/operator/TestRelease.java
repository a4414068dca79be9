package io.dislog.operator;

/** What tests say that an operator was released with. Immutable. */
record TestRelease(String instance) implements Release {

  static final String IMAGE = "dislog:test";

  @Override
  public String image() {
    return IMAGE;
  }
}
