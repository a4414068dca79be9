package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** The one container of a node's pod. Stateless. */
final class NodeContainer {

  static final String CONFIG_FOLDER = "/etc/dislog";

  /** Until all have heard that this node is no endpoint any more, it takes requests. */
  private static final long FAREWELL_SECONDS = 2;

  private NodeContainer() {}

  static Container of(DislogCluster cluster, Shape shape) {
    return new ContainerBuilder()
        .withName(Names.CONTAINER)
        .withImage(shape.image())
        .withImagePullPolicy("IfNotPresent")
        .withEnv(id(), config())
        .withPorts(
            port(Ports.HTTP_NAME, Ports.HTTP),
            port(Ports.MANAGEMENT_NAME, Ports.MANAGEMENT),
            port(Ports.RAFT_NAME, Ports.RAFT))
        // A large log is read after a crash, and a node that has nothing waits for the others: an
        // hour. It is looked often, since a quick start is the rule.
        .withStartupProbe(probe("started", 1, 3_600, 1))
        .withLivenessProbe(probe("live", 10, 6, 5))
        .withReadinessProbe(probe("ready", 2, 2, 5))
        .withLifecycle(
            new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep(FAREWELL_SECONDS)
                .endPreStop()
                .build())
        .withResources(cluster.getSpec().resources())
        .withSecurityContext(restricted())
        .withVolumeMounts(
            mount(Names.DATA, ServiceProperties.DATA_FOLDER, false),
            mount(NodePod.CONFIG, CONFIG_FOLDER, true),
            mount(NodePod.TMP, "/tmp", false),
            mount(NodeTokens.VOLUME, NodeTokens.FOLDER, true))
        .addAllToVolumeMounts(IssuerCertificates.mounts(cluster))
        .build();
  }

  private static EnvVar id() {
    return new EnvVarBuilder()
        .withName("DISLOG_RAFT_NODE_ID")
        .withNewValueFrom()
        .withNewFieldRef("v1", "metadata.name")
        .endValueFrom()
        .build();
  }

  private static EnvVar config() {
    return new EnvVarBuilder()
        .withName("QUARKUS_CONFIG_LOCATIONS")
        .withValue(CONFIG_FOLDER + "/" + NodesConfigMap.FILE)
        .build();
  }

  private static ContainerPort port(String name, int port) {
    return new ContainerPortBuilder()
        .withName(name)
        .withProtocol(Ports.PROTOCOL)
        .withContainerPort(port)
        .build();
  }

  private static Probe probe(String what, int period, int failures, int timeout) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/q/health/" + what)
        .withPort(new IntOrString(Ports.MANAGEMENT_NAME))
        .endHttpGet()
        .withPeriodSeconds(period)
        .withFailureThreshold(failures)
        .withTimeoutSeconds(timeout)
        .build();
  }

  private static SecurityContext restricted() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static VolumeMount mount(String volume, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }
}
