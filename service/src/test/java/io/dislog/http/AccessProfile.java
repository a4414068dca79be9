package io.dislog.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service with rules and named tokens; logs are created by appending. */
public final class AccessProfile extends SmallProfile {

  static final String USUAL =
      """
      rules:
        - {who: ["token:root"], may: [admin]}
        - {who: ["token:till"], may: [append], logs: ["till-*", "stream:till/*"]}
        - {who: ["token:reader"], may: [read], logs: ["till-*", "stream:till/*"]}
        - {who: ["token:biller"], may: [consume], logs: ["till-*"], consumers: ["bill-*"]}
        - {who: ["token:keeper"], may: [manage], logs: ["till-*", "stream:till/*"]}
        - {who: ["anonymous"], may: [read], logs: ["news"]}
      """;

  @Override
  public Map<String, String> getConfigOverrides() {
    Path folder = Path.of(DefaultProfile.newDirectory());
    String rules = folder.resolve("rules.yaml").toString();
    write(rules, USUAL);
    StringBuilder tokens = new StringBuilder("# The token of NAME is secret-of-NAME.\n");
    for (String name : List.of("root", "till", "reader", "biller", "keeper", "nobody")) {
      tokens.append(name).append(' ').append(sha256(secret(name))).append('\n');
    }
    String named = folder.resolve("tokens").toString();
    write(named, tokens.toString());
    Map<String, String> settings = super.getConfigOverrides();
    settings.put("dislog.auth.rules-file", rules);
    settings.put("dislog.auth.tokens-file", named);
    return settings;
  }

  public static String secret(String name) {
    return "secret-of-" + name;
  }

  /** What the owner of a token is answered. */
  static Api.Answer as(
      Api api, String name, String method, String path, @Nullable String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Authorization");
    all.add("Bearer " + secret(name));
    return api.send(method, path, body, all.toArray(String[]::new));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public static void write(String file, String text) {
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
