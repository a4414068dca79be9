# Sourced by ../mvnw and ../dislog.

JDK_MAJOR=25

# What is fetched where there is none.
jdk_pins=${BASH_SOURCE[0]%/*}/jdk.properties

# Sets JAVA_HOME to a JDK of that version: JAVA_HOME, then java on the PATH, then the places where Debian, Temurin, SDKMAN,
# hand-made installations and macOS put one, then the user's cache folder, into which it is fetched.
use_jdk() {
  local candidate on_path answer
  on_path=$(command -v java || true)
  [[ -z $on_path ]] || on_path=$(dirname "$(dirname "$(resolve_links "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* ~/.sdkman/candidates/java/* /opt/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  if answer=$(pinned_jdk); then
    export JAVA_HOME=$answer
    return
  fi
  cat >&2 <<TEXT
Dislog needs a JDK $JDK_MAJOR, and none was found: not in JAVA_HOME, not as java on the PATH, not in
/usr/lib/jvm, ~/.sdkman/candidates/java, /opt or /Library/Java/JavaVirtualMachines.

Install one, for example
  Debian, Ubuntu   sudo apt-get install openjdk-$JDK_MAJOR-jdk-headless
  SDKMAN           sdk install java $JDK_MAJOR-tem
  macOS            brew install --cask temurin@$JDK_MAJOR
or unpack a JDK $JDK_MAJOR anywhere and set JAVA_HOME to its folder. Your default java stays as it is.

None was fetched: $answer
TEXT
  return 1
}

# A JDK says its version in its release file, so none has to be started to know; javac tells a JDK from a bare runtime.
is_jdk() {
  [[ -x $1/bin/javac && -f $1/release ]] && grep -Eq "^JAVA_VERSION=\"$JDK_MAJOR([.+\"-]|\$)" "$1/release"
}

# Prints the home of the pinned JDK, which is fetched if it isn't in the cache folder yet; where it can't be had, prints in one line why
# not, and fails. To be called in a subshell: it leaves variables and a trap.
pinned_jdk() {
  platform=$(jdk_platform)
  read -r archive sum size < <(jdk_pin "$platform") || {
    echo "there is no archive for $platform among those that Dislog knows, which are for Linux (glibc) and macOS on x64 and aarch64."
    return 1
  }
  folder=$(jdk_folder)
  name=${archive%.tar.gz}
  home=$folder/$name
  [[ $platform != mac-* ]] || home+=/Contents/Home
  is_jdk "$home" || fetch_jdk || return 1
  echo "$home"
}

jdk_platform() {
  local system machine
  system=$(uname -s)
  machine=$(uname -m)
  case $system in
    Linux)
      system=linux
      # The archives need a glibc.
      ! has /lib/ld-musl-* || has /lib*/ld-linux* || system=linux-musl
      ;;
    Darwin) system=mac ;;
  esac
  case $machine in
    x86_64 | amd64) machine=x64 ;;
    arm64) machine=aarch64 ;;
  esac
  echo "$system-$machine"
}

# Whether a pattern has matched a file.
has() {
  [[ -e $1 ]]
}

jdk_pin() {
  sed -n "s/^$1=//p" "$jdk_pins"
}

jdk_folder() {
  cache_folder "$platform"
}

# Dislog's folder in the user's cache, on a platform or on this one.
cache_folder() {
  local platform=${1:-$(jdk_platform)}
  if [[ ${XDG_CACHE_HOME:-} == /* ]]; then
    echo "$XDG_CACHE_HOME/dislog"
  elif [[ $platform == mac-* ]]; then
    echo ~/Library/Caches/dislog
  else
    echo ~/.cache/dislog
  fi
}

# Everything happens in a folder beside the JDK's place, so that the last step is one rename: who comes meanwhile sees all of it or nothing.
fetch_jdk() {
  local url shown megabytes=$(((size + 500000) / 1000000))
  may_fetch_jdk || return 1
  url=$(jdk_url)
  # Without the password that a mirror's URL may have.
  shown=${url/\/\/*@///}
  echo "No JDK $JDK_MAJOR was found: fetching Temurin $(jdk_pin version) ($megabytes MB) from $shown to $folder/$name" >&2
  work=$(mkdir -p "$folder" 2>&1 && mktemp -d "$folder/fetch.XXXXXX" 2>&1) || {
    echo "$work"
    return 1
  }
  trap 'rm -rf "$work"' EXIT
  # What starts left that were killed without a chance to tidy up.
  find "$folder" -maxdepth 1 -name 'fetch.*' -mtime +0 -exec rm -rf {} + 2>/dev/null
  download_jdk && check_jdk && unpack_jdk && move_jdk
}

may_fetch_jdk() {
  if [[ ${DISLOG_OFFLINE:-0} != 0 ]]; then
    echo "DISLOG_OFFLINE=$DISLOG_OFFLINE forbids it."
  elif [[ $EUID == 0 ]]; then
    echo 'this is root, as which Dislog fetches nothing; start it as another user.'
  elif ! command -v curl >/dev/null && ! command -v wget >/dev/null; then
    echo 'there is neither a curl nor a wget on the PATH.'
  elif [[ -e $folder/$name ]]; then
    echo "$folder/$name is there, but is no JDK $JDK_MAJOR: delete it."
  else
    return 0
  fi
  return 1
}

# DISLOG_JDK_URL is a folder with the archives under their own names, or one archive.
jdk_url() {
  local url=${DISLOG_JDK_URL:-$(jdk_pin url)}
  [[ $url == *.tar.gz ]] || url=${url%/}/$archive
  echo "$url"
}

download_jdk() {
  local counter='' code=0 said
  if [[ -t 2 ]]; then
    count_up >/dev/null &
    counter=$!
  fi
  get_file "$url" "$work/$archive" >"$work/said" 2>&1 || code=$?
  if [[ -n $counter ]]; then
    { kill "$counter" && wait "$counter"; } 2>/dev/null || true
    say_count $'\n' >&2
  fi
  [[ $code == 0 ]] || {
    said=$(tail -n 1 "$work/said")
    # wget says nothing of a cut.
    why_failed "${said:-the download broke off (code $code).}"
    return 1
  }
}

# Ends with the folder, also where nobody is left to end it.
count_up() {
  while [[ -d $work ]]; do
    say_count '' >&2
    sleep 0.5
  done
}

say_count() {
  local bytes
  bytes=$(wc -c 2>/dev/null <"$work/$archive") || bytes=0
  printf '\r%4d of %d MB%s' $(((bytes + 500000) / 1000000)) "$megabytes" "$1"
}

check_jdk() {
  local found
  found=$(sha256_of "$work/$archive")
  [[ $found == "$sum" ]] || {
    echo "what $shown gave has the SHA-256 $found, expected was $sum."
    return 1
  }
}

unpack_jdk() {
  local unpacked=$work${home#"$folder"}
  if ! { mkdir "$work/$name" && tar -xzf "$work/$archive" --strip-components=1 -C "$work/$name"; } 2>"$work/said"; then
    why_failed "$(head -n 1 "$work/said")"
    return 1
  fi
  if ! is_jdk "$unpacked" || ! "$unpacked/bin/java" -version >"$work/said" 2>&1; then
    why_failed "the JDK of $archive does not run here: $(head -n 1 "$work/said")"
    return 1
  fi
}

# Into the folder, not onto the JDK's place: mv would move it into a JDK that another start has put there meanwhile.
move_jdk() {
  local said
  said=$(mv "$work/$name" "$folder/" 2>&1) || is_jdk "$home" || {
    echo "$said"
    return 1
  }
}

# What a command has said, unless there is no room, which most say badly.
why_failed() {
  local free
  read -r _ _ _ free _ < <(df -Pk "$work" | tail -n 1)
  if [[ $free =~ ^[0-9]+$ && $free -lt 1024 ]]; then
    echo "the disk of $folder is full."
  else
    echo "$1"
  fi
}

get_file() {
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 20 --speed-limit 1 --speed-time 60 -o "$2" --url "$1"
  else
    wget -nv --tries=1 --connect-timeout=20 --read-timeout=60 -O "$2" -- "$1"
  fi
}

sha256_of() {
  { sha256sum "$1" 2>/dev/null || shasum -a 256 "$1"; } | cut -d ' ' -f 1
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
