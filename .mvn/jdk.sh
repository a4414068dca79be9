# Sourced by ../mvnw and ../dislog.

JDK_MAJOR=25

# Sets JAVA_HOME to a JDK of that version: JAVA_HOME, then java on the PATH, then the places where Debian, Temurin, SDKMAN,
# hand-made installations and macOS put one.
use_jdk() {
  local candidate on_path
  on_path=$(command -v java || true)
  [[ -z $on_path ]] || on_path=$(dirname "$(dirname "$(resolve_links "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* ~/.sdkman/candidates/java/* /opt/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  cat >&2 <<TEXT
Dislog needs a JDK $JDK_MAJOR, and none was found: not in JAVA_HOME, not as java on the PATH, not in
/usr/lib/jvm, ~/.sdkman/candidates/java, /opt or /Library/Java/JavaVirtualMachines.

Install one, for example
  Debian, Ubuntu   sudo apt-get install openjdk-$JDK_MAJOR-jdk-headless
  SDKMAN           sdk install java $JDK_MAJOR-tem
  macOS            brew install --cask temurin@$JDK_MAJOR
or unpack a JDK $JDK_MAJOR anywhere and set JAVA_HOME to its folder. Your default java stays as it is.
TEXT
  return 1
}

# A JDK says its version in its release file, so none has to be started to know; javac tells a JDK from a bare runtime.
is_jdk() {
  [[ -x $1/bin/javac && -f $1/release ]] && grep -Eq "^JAVA_VERSION=\"$JDK_MAJOR([.+\"-]|\$)" "$1/release"
}

# The file that a path stands for after all its symbolic links (macOS had no readlink -f for long).
resolve_links() {
  local path=$1 target
  while [[ -L $path ]]; do
    target=$(readlink "$path")
    [[ $target == /* ]] && path=$target || path=$(dirname "$path")/$target
  done
  echo "$(cd "$(dirname "$path")" && pwd -P)/$(basename "$path")"
}
