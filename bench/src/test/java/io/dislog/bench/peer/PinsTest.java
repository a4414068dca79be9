package io.dislog.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PinsTest {

  private static final Path PROJECT = Path.of("..");

  @TempDir private Path folder;

  @Test
  void theBrokersHaveTheVersionOfTheClient() throws IOException {
    Properties ofClient = new Properties();
    try (InputStream in =
        KafkaProducer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
      ofClient.load(in);
    }
    assertThat(Pins.ofPom(PROJECT, "kafka")).isEqualTo(ofClient.getProperty("version"));
  }

  @Test
  void theServerOfNatsHasAVersion() throws IOException {
    assertThat(Pins.ofGo(PROJECT.resolve("bench/peers/nats"), "github.com/nats-io/nats-server/v2"))
        .matches("2[.][0-9]+[.][0-9]+");
  }

  @Test
  void aPinThatIsNotThereIsToldOf() throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<kafka.version>1</kafka.version>");
    assertThatThrownBy(() -> Pins.ofPom(folder, "nats")).hasMessageContaining("pom.xml has no");
  }
}
