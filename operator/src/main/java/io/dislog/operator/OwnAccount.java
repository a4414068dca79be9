package io.dislog.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As which ServiceAccount the operator runs. Immutable. */
record OwnAccount(String namespace, String account) {

  private static final Pattern SUBJECT = Pattern.compile("system:serviceaccount:([^:]+):([^:]+)");

  /**
   * The one that a pod's own token names.
   *
   * @return null where there is no such token: the operator does not run in a pod
   */
  static @Nullable OwnAccount of(Path token) {
    try {
      String[] parts = Files.readString(token).strip().split("\\.", -1);
      byte[] payload = parts.length == 3 ? Base64.getUrlDecoder().decode(parts[1]) : new byte[0];
      Matcher subject = SUBJECT.matcher(new ObjectMapper().readTree(payload).path("sub").asText());
      return subject.matches() ? new OwnAccount(subject.group(1), subject.group(2)) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** As tokens name it. */
  String name() {
    return "system:serviceaccount:%s:%s".formatted(namespace, account);
  }
}
