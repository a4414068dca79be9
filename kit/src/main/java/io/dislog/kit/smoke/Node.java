package io.dislog.kit.smoke;

import io.dislog.kit.Member;
import java.util.Set;

/** Where a node is asked. For one thread. */
record Node(Api api, Api management) {

  /**
   * @param asked what is asked of it goes there
   */
  static Node of(Member member, Set<String> asked) {
    return new Node(
        new Api(member.api().toString(), asked), new Api(member.health().toString(), asked));
  }
}
