package io.dislog.access.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.kit.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsFilesTest {

  private final Authority authority = new Authority("one");

  @TempDir private Path folder;

  @Test
  void aFolderOfKubernetesIsSeenToChange() throws Exception {
    authority.leaf("first", "a.example").writeTo(folder.resolve("..1"));
    authority.leaf("second", "a.example").writeTo(folder.resolve("..2"));
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
    for (String name : new String[] {"tls.crt", "tls.key"}) {
      Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
    }
    TlsFiles files = files();
    assertThat(files.look()).isFalse();
    assertThat(files.leaf().getSubjectX500Principal()).hasToString("CN=first");
    var before = files.context();

    Files.createSymbolicLink(folder.resolve("..new"), Path.of("..2"));
    Files.move(folder.resolve("..new"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(files.look()).isTrue();
    assertThat(files.leaf().getSubjectX500Principal()).hasToString("CN=second");
    assertThat(files.context()).isNotSameAs(before);
    String alias = files.key().chooseEngineServerAlias("EC", null, null);
    assertThat(files.key().getCertificateChain(alias)).containsExactly(files.leaf());
    assertThat(files.key().chooseEngineServerAlias("RSA", null, null)).isNull();
  }

  @Test
  void whatCanNotBeUsedLeavesWhatThereIs() throws Exception {
    authority.leaf("first").writeTo(folder);
    TlsFiles files = files();
    Authority.Leaf next = authority.leaf("second");
    Files.writeString(folder.resolve("tls.crt"), next.certificate());
    assertThat(files.look()).isTrue();
    assertThat(files.flaw()).contains("the key in").contains("is not that of");
    assertThat(files.look()).isFalse();
    Files.writeString(folder.resolve("tls.crt"), "none");
    assertThat(files.look()).isTrue();
    assertThat(files.flaw()).endsWith("tls.crt: it has no certificate");
    Files.delete(folder.resolve("tls.key"));
    assertThat(files.look()).isTrue();
    assertThat(files.flaw()).endsWith("tls.key can't be read");
    assertThat(files.leaf().getSubjectX500Principal()).hasToString("CN=first");

    next.writeTo(folder);
    assertThat(files.look()).isTrue();
    assertThat(files.flaw()).isNull();
    assertThat(files.leaf().getSubjectX500Principal()).hasToString("CN=second");
  }

  @Test
  void filesThatAreWrongAtTheStartAreNamed() throws Exception {
    authority.leaf("first").writeTo(folder);
    Files.writeString(folder.resolve("tls.key"), authority.leaf("second").key());
    assertThatThrownBy(this::files).isInstanceOf(TlsException.class).hasMessageContaining("key");
  }

  @Test
  void keysOfOlderFormsAreRead() throws Exception {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
      assertThat(Pem.key(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }
    PrivateKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    // In PKCS#8 the older form is the last element, behind 26 bytes (RFC 5958).
    byte[] older = Arrays.copyOfRange(rsa.getEncoded(), 26, rsa.getEncoded().length);
    assertThat(Pem.key(pem("RSA PRIVATE KEY", older))).isEqualTo(rsa);
    assertThatThrownBy(() -> Pem.key(pem("EC PRIVATE KEY", new byte[] {0x30, 3, 2, 1, 1})))
        .isInstanceOf(TlsException.class);
    assertThatThrownBy(() -> Pem.key(pem("ENCRYPTED PRIVATE KEY", older)))
        .hasMessageContaining("ENCRYPTED");
  }

  /** As openssl writes it, with the curve of it before. */
  @Test
  void aKeyOfACurveIsReadAsOpensslWritesIt() throws Exception {
    String key =
        """
        -----BEGIN EC PARAMETERS-----
        BggqhkjOPQMBBw==
        -----END EC PARAMETERS-----
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIAlFVMEEfamsrx3S6xH0taxbk9H1IWKPqO1UB1SssKSOoAoGCCqGSM49
        AwEHoUQDQgAESR6wYciUln6/JAFclSNCY1UjepXehzm4GpMpELXaAIx56q2isgu+
        lF2d5kgA/wPRMeC6IqDcxDM6T+g7ZfrCQQ==
        -----END EC PRIVATE KEY-----
        """;
    assertThat(Pem.key(key).getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void namesOfHostsAreMatched() throws Exception {
    var leaf =
        Pem.certificates(authority.leaf("x", "a.example", "*.b.example", "::1").certificate())
            .getFirst();
    for (String host : new String[] {"a.example", "A.Example", "n1.b.example", "::1", "[::1]"}) {
      assertThat(CertificateNames.cover(leaf, host)).as(host).isTrue();
    }
    for (String host :
        new String[] {"b.example", "x.n1.b.example", "x", "127.0.0.1", "", ".b.example.com"}) {
      assertThat(CertificateNames.cover(leaf, host)).as(host).isFalse();
    }
  }

  private TlsFiles files() throws TlsException {
    return new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), Optional.empty());
  }

  private static String pem(String label, byte[] bytes) throws IOException {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label);
  }
}
