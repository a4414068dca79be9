package io.dislog.bench.peer;

import io.dislog.bench.load.LibraryLoad;
import io.dislog.bench.load.Payload;
import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.kit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic under measurement. All clients share a producer, as the threads of an application do: it
 * joins what waits for the same partition to one request.
 */
final class RunningKafka implements Running {

  private static final int SECONDS = 30;

  /** So that a client's batch, or several, make one request. */
  private static final int BATCH_BYTES = 256 << 10;

  /** Kafka's own {@code linger.ms}. */
  private static final int GATHERING_MILLIS = 5;

  private final KafkaProducer<byte[], byte[]> eager;
  private final KafkaProducer<byte[], byte[]> gathering;
  private final KafkaProducer<byte[], byte[]> ofMany;
  private final ProducerRecord<byte[], byte[]> record;

  private RunningKafka(String servers, String topic, Durability durability) {
    eager = producer(servers, 0);
    gathering = producer(servers, GATHERING_MILLIS);
    // What was measured to be the better one: a request costs a sync, or it costs little.
    ofMany =
        switch (durability) {
          case FSYNC -> gathering;
          case DEFAULT -> eager;
        };
    record = new ProducerRecord<>(topic, 0, null, Payload.bytes(Contender.VALUE_BYTES));
    // Once the brokers know its leader.
    eager.partitionsFor(topic);
    gathering.partitionsFor(topic);
  }

  /**
   * @param lingerMillis that a record waits for others
   */
  private static KafkaProducer<byte[], byte[]> producer(String servers, int lingerMillis) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            servers,
            "acks",
            "all",
            "linger.ms",
            lingerMillis,
            "batch.size",
            BATCH_BYTES),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Waits until all brokers are there, and creates a topic of one partition. */
  static Running onNewTopic(
      String servers,
      String topic,
      int replicas,
      Map<String, String> settings,
      Durability durability)
      throws IOException {
    NewTopic wanted = new NewTopic(topic, 1, (short) replicas).configs(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      Creation creation = new Creation(admin, wanted);
      if (!Await.holdsWithin(Site.PATIENCE, creation::isDone)) {
        throw new IOException("its topic can't be created: " + creation.failure);
      }
    }
    return new RunningKafka(servers, topic, durability);
  }

  @Override
  public Run singles(int clients, Span span) throws IOException {
    KafkaProducer<byte[], byte[]> producer = clients == 1 ? eager : ofMany;
    return new LibraryLoad(span)
        .run(clients, () -> producer.send(record).get(SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public Run batches(int clients, Span span) throws IOException {
    return new LibraryLoad(span).run(clients, this::sendBatch);
  }

  private void sendBatch() throws Exception {
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (int count = 0; count < Contender.BATCH_COUNT; count++) {
      answers.add(gathering.send(record));
    }
    for (Future<RecordMetadata> answer : answers) {
      answer.get(SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    eager.close(Duration.ZERO);
    gathering.close(Duration.ZERO);
  }

  /** Brokers that have just been started know too few others for a while. */
  private static final class Creation {
    private final Admin admin;
    private final NewTopic topic;
    private @Nullable Throwable failure;

    Creation(Admin admin, NewTopic topic) {
      this.admin = admin;
      this.topic = topic;
    }

    boolean isDone() throws IOException {
      try {
        admin.createTopics(Set.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
        return true;
      } catch (ExecutionException e) {
        failure = e.getCause();
        return failure instanceof TopicExistsException;
      } catch (TimeoutException e) {
        failure = e;
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
