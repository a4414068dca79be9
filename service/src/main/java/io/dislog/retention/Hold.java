package io.dislog.retention;

/** What keeps a segment from going. */
public sealed interface Hold {

  /** It is the one that appends go to. */
  record Active() implements Hold {
    @Override
    public String word() {
      return "active";
    }
  }

  /** This consumer has still to process some of it. */
  record Consumer(String name) implements Hold {
    @Override
    public String word() {
      return "consumer:" + name;
    }
  }

  /** It is not archived yet. */
  record Unarchived() implements Hold {
    @Override
    public String word() {
      return "unarchived";
    }
  }

  /** As the API names it. */
  String word();
}
