package io.dislog.bench;

/** Tells whoever waits what is being measured; apart from the table, which goes to stdout. */
final class Progress {

  private Progress() {}

  static void say(String what) {
    System.err.println(what);
  }
}
