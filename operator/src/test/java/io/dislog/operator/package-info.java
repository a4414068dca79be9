/** What the tests share: a real Kubernetes API server. */
@NullMarked
package io.dislog.operator;

import org.jspecify.annotations.NullMarked;
