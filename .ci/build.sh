# Sourced by ./nightjar and ./test, which set $root. Finds the SDK and builds; speaks on stderr only.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1 TESTINGPLATFORM_NOBANNER=1
: "${HOME:=$root/artifacts/home}"
export HOME

# Each build of the program has a folder of its own, so that a new one never pulls the files from under one that runs.
built=$root/artifacts/nightjar

say() { printf '%s\n' "$*" >&2; }

find_dotnet() {
    local place
    for place in "$(command -v dotnet)" "${DOTNET_ROOT:-}/dotnet" "$HOME/.dotnet/dotnet" /usr/lib/dotnet/dotnet /usr/share/dotnet/dotnet; do
        if [ -x "$place" ]; then
            dotnet=$place
            return 0
        fi
    done
    return 1
}

# What the program is made of: path, size and time of each file. A file that is edited, added or removed changes it.
fingerprint() {
    local sum=$(
        cd "$root" || exit
        find src analytics mappings reference Directory.Build.props Directory.Packages.props global.json .editorconfig \
            \( -name bin -o -name obj -o -name scenarios -o -name samples \) -prune -o -type f -printf '%p %s %T@\n' 2>/dev/null \
            | LC_ALL=C sort | sha256sum
    )
    printf '%s' "${sum:0:16}"
}

may_install() { [ "$(id -u)" = 0 ] && [ -z "${NIGHTJAR_NO_INSTALL:-}" ] && command -v apt-get >/dev/null; }

install_packages() {
    say "Running as root: apt-get install $* (NIGHTJAR_NO_INSTALL=1 forbids it)."
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } </dev/null >"$root/artifacts/apt.log" 2>&1 && return
    say "That did not work; what apt said is in artifacts/apt.log."
    return 1
}

# `dotnet --version` succeeds only when an SDK that global.json accepts is there.
has_sdk() { find_dotnet && (cd "$root" && "$dotnet" --version) >/dev/null 2>&1; }

need_sdk() {
    mkdir -p "$root/artifacts"
    has_sdk && return
    say "Nightjar is built with the .NET 10 SDK, and none is here."
    if may_install && install_packages dotnet-sdk-10.0 && has_sdk; then return; fi
    say "Install it, then run the same command again:"
    say "  Debian, Ubuntu:  sudo apt-get install dotnet-sdk-10.0"
    say "                   (where the distribution does not carry it, add Microsoft's package source first:"
    say "                   https://learn.microsoft.com/dotnet/core/install/linux)"
    say "  elsewhere:       https://dotnet.microsoft.com/download/dotnet/10.0"
    return 69
}

# One build at a time, whoever starts it: the compiler's work folders are shared.
lock_build() {
    mkdir -p "$built"
    exec 9>"$built/.lock"
    flock -n 9 || { say "Waiting for another build of Nightjar to end …"; flock 9; }
}

unlock_build() { exec 9>&-; }

# Builds a project or solution in Release. The lock is not handed down: nothing that outlives the build may hold it.
# No compiler is left running behind.
compile() {
    (cd "$root" && "$dotnet" build "$1" -c Release -v quiet -nodeReuse:false -p:UseSharedCompilation=false) \
        </dev/null >"$root/artifacts/build.log" 2>&1 9>&- && return
    grep -E 'error|warning' "$root/artifacts/build.log" | sort -u | head -n 40 >&2
    say "The build failed; all of its output is in artifacts/build.log."
    return 1
}

# The machine as .NET calls it, where code for it can be compiled before it runs; nothing elsewhere.
machine() {
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) echo linux-x64 ;;
        Linux-aarch64) echo linux-arm64 ;;
    esac
}

# Compiles the program, which is built, for this machine and into a folder, so that a start need not: it takes half the time. The compiler for
# that is a package of its own; where it cannot be had within three minutes, the program is left to compile itself as it runs. Collections of the
# runtime that hold values of ours are compiled too, and with each body it takes over the compiler notes what to check when the program runs; where it
# refuses that, it compiles the program without.
precompile() {
    local for=$(machine) log=$root/artifacts/precompile.log
    if [ -z "$for" ]; then
        echo "There is no such compiler for $(uname -sm)." >"$log"
        return 1
    fi
    local with=(-r "$for" -p:SelfContained=false -p:PublishReadyToRun=true -v quiet -nodeReuse:false -p:UseSharedCompilation=false)
    local across='-p:PublishReadyToRunCrossgen2ExtraArgs=--opt-cross-module:*%3B--non-local-generics-module:*'
    local publish=("$dotnet" publish src/Nightjar.Cli -c Release --no-restore -o "$1" "${with[@]}")
    (
        cd "$root" &&
            timeout --foreground 180 "$dotnet" restore src/Nightjar.Cli "${with[@]}" &&
            { "${publish[@]}" "$across" || { rm -rf "$1" && "${publish[@]}"; }; }
    ) </dev/null >"$log" 2>&1 9>&-
}

# Puts what was compiled where ./nightjar starts it, under the fingerprint of its sources.
keep_program() {
    local to=$built/$1
    [ -e "$to" ] && return
    rm -rf "$built/.staging"
    if ! precompile "$built/.staging"; then
        say "Nightjar will take about a second longer to start: it could not be compiled ahead (artifacts/precompile.log says why)."
        rm -rf "$built/.staging"
    fi
    if [ ! -e "$built/.staging" ]; then
        cp -R "$root/src/Nightjar.Cli/bin/Release/net10.0" "$built/.staging"
        rm -rf "$built/.staging"/linux-*
    fi
    mv -T "$built/.staging" "$to"
    # A program started from an earlier build may still load from it.
    ls -1dt "$built"/*/ | tail -n +4 | xargs -r rm -rf
}
