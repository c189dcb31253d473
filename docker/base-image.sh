#!/bin/sh
# base-image.sh: makes sure that the engine has debian:bookworm-slim, which all images here start from.
# It is pulled if a registry answers, else made with debootstrap from the package mirror that this host's apt uses.
# Environment: MIRROR (http://deb.debian.org/debian if this host's apt names none) and PULL=no (never ask a registry).
set -eu
image=debian:bookworm-slim

if docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image is there"
  exit 0
fi
if [ "${PULL:-yes}" != no ] && timeout 60 docker pull -q "$image" >/dev/null 2>&1; then
  echo "$image pulled"
  exit 0
fi
command -v debootstrap >/dev/null || { echo "base-image.sh: no registry answers and debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "base-image.sh: no registry answers, and debootstrap needs root" >&2; exit 1; }

# What apt on this host is given (addresses, keys, a proxy) is what works here, as far as it is Debian's.
option() { command -v apt-config >/dev/null && apt-config dump "$1" 2>/dev/null | sed -n 's/^[^"]*"\(.*\)";$/\1/p' | head -n 1; }
uris() { cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^ *#' | grep -Eo 'https?://[^] ]+' | sed 's,/$,,' || true; }
MIRROR=${MIRROR:-$(uris | grep '/debian$' | head -n 1)}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
security=$(uris | grep 'debian-security$' | head -n 1)
proxy=$(option Acquire::http::Proxy)
if [ -n "$proxy" ]; then export http_proxy="$proxy"; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
root=$work/root
if ! debootstrap --variant=minbase bookworm "$root" "$MIRROR" >"$work/log" 2>&1; then
  tail -n 20 "$work/log" >&2
  echo "base-image.sh: debootstrap from $MIRROR failed" >&2
  exit 1
fi

# The files that the published image has: sources in deb822 form, no services started by packages, no caches.
rm -f "$root/etc/apt/sources.list" "$root"/var/cache/apt/archives/*.deb "$root"/var/cache/apt/*.bin
rm -rf "$root"/var/lib/apt/lists/*
stanza() { printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n' "$1" "$2"; }
{
  stanza "$MIRROR" 'bookworm'
  [ -z "$security" ] || stanza "$security" bookworm-security
} >"$root/etc/apt/sources.list.d/debian.sources"
for name in Acquire::http::Proxy Acquire::Check-Valid-Until Acquire::Check-Date; do
  value=$(option "$name")
  [ -z "$value" ] || printf '%s "%s";\n' "$name" "$value"
done >"$root/etc/apt/apt.conf.d/90host"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
tar -C "$root" -c . | docker import --change 'CMD ["bash"]' --message 'debootstrap minbase' - "$image" >/dev/null
echo "$image made with debootstrap from $MIRROR"
