# Sourced by ../dislog, after jdk.sh.

# What compiles native executables, as arguments for Maven: a GraalVM or Mandrel for that JDK, or a container engine that runs one.
native_compiler=()

# Looks for it, and where there is none says where it looked.
use_native_compiler() {
  local home engine seen=()
  for home in "GRAALVM_HOME=${GRAALVM_HOME:-}" "JAVA_HOME=${JAVA_HOME:-}" "PATH=$(home_on_path)"; do
    if compiles_natively "${home#*=}"; then
      native_compiler=("-Dnative.compiler=${home#*=}")
      return
    fi
    seen+=("$(printf '  %-14s %s' "${home%%=*}" "$(what_is_at "${home#*=}")")")
  done
  for engine in docker podman; do
    if "$engine" info >/dev/null 2>&1; then
      native_compiler=("-Dnative.compiler=$engine" -Dquarkus.native.container-build=true "-Dquarkus.native.container-runtime=$engine")
      return
    fi
    seen+=("$(printf '  %-14s %s' "$engine" "$(what_is_of "$engine")")")
  done
  cat >&2 <<TEXT
A native executable takes a GraalVM or Mandrel for JDK $JDK_MAJOR, or a docker or podman that runs one. Nothing was built, since none is here:

$(printf '%s\n' "${seen[@]}")

Unpack a GraalVM Community Edition or a Mandrel for JDK $JDK_MAJOR anywhere and set GRAALVM_HOME to its folder; it takes a C compiler and
zlib's headers beside it (Debian, Ubuntu: sudo apt-get install gcc zlib1g-dev). Or start a docker or a podman.
TEXT
  return 1
}

compiles_natively() {
  is_jdk "$1" && [[ -x $1/bin/native-image ]]
}

what_is_at() {
  if [[ -z $1 ]]; then
    echo 'names no folder with a native-image in it'
  elif [[ ! -x $1/bin/native-image ]]; then
    echo "$1 has no bin/native-image"
  else
    echo "$1 is for another JDK"
  fi
}

what_is_of() {
  if command -v "$1" >/dev/null; then
    echo "does not answer: $1 info fails"
  else
    echo 'is not installed'
  fi
}

# Of what native-image on the PATH is part: it stands in bin, or is a link from there to lib/svm/bin.
home_on_path() {
  local command
  command=$(command -v native-image) || return 0
  command=$(resolve_links "$command")
  command=${command%/bin/native-image}
  echo "${command%/lib/svm}"
}
