#!/bin/sh
# Builds the desk's Flatpak on a runtime made of Debian 13, where Flathub can't
# be reached. Leaves two files to install in build-flatpak/. Run it as root; it
# needs mmdebstrap, bubblewrap, flatpak and python3.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/build-flatpak
suite=trixie
arch=$(flatpak --default-arch)
id=org.reunion.Station
platform=org.reunion.Platform
manifest=$root/flatpak/$id.json

libraries=libgtk-4-1,libadwaita-1-0,libshumate-1.0-1,libsoup-3.0-0,libsqlite3-0,libjson-glib-1.0-0,libproj25,libsodium23,libqrencode4
libraries=$libraries,adwaita-icon-theme,librsvg2-common,webp-pixbuf-loader,glib-networking,ca-certificates,libgl1-mesa-dri
libraries=$libraries,fonts-cantarell,fonts-wqy-microhei
tools=meson,ninja-build,gcc,libc6-dev,pkgconf,gettext,libglib2.0-dev-bin,desktop-file-utils,appstream,python3-minimal
tools=$tools,libgtk-4-dev,libadwaita-1-dev,libshumate-dev,libsoup-3.0-dev,libsqlite3-dev,libjson-glib-dev
tools=$tools,libproj-dev,libsodium-dev,libqrencode-dev

mkdir -p "$out"

# The two trees: what the desk runs on, and what builds it.
[ -d "$out/platform" ] || mmdebstrap --variant=minbase --include="$libraries" $suite "$out/platform"
[ -d "$out/sdk" ] || mmdebstrap --variant=minbase --include="$libraries,$tools" $suite "$out/sdk"

# The runtime: /usr is its usr/, /etc its usr/etc.
rm -rf "$out/runtime" "$out/app" "$out/work" "$out/repo"
mkdir -p "$out/runtime/files" "$out/runtime/var" "$out/runtime/export"
cp -a "$out/platform/usr" "$out/runtime/usr"
cp -a "$out/platform/etc" "$out/runtime/usr/etc"
rm -rf "$out/runtime/usr/share/doc" "$out/runtime/usr/share/man"
cat > "$out/runtime/metadata" <<END
[Runtime]
name=$platform
runtime=$platform/$arch/$suite
sdk=$platform/$arch/$suite
END

# The desk, in the same place as in every Flatpak.
mkdir -p "$out/app/files" "$out/work"
bwrap --bind "$out/sdk" / --dev /dev --proc /proc --tmpfs /tmp \
	--ro-bind "$root" /mnt --bind "$out/app/files" /app --bind "$out/work" /srv \
	--chdir / --clearenv --setenv PATH /usr/bin:/usr/sbin --setenv LC_ALL C.UTF-8 \
	sh -c 'meson setup /srv/build /mnt --prefix=/app --libdir=lib --buildtype=debugoptimized &&
		meson install -C /srv/build'

# What the manifest asks for, and leaves out.
cat > "$out/app/metadata" <<END
[Application]
name=$id
runtime=$platform/$arch/$suite
sdk=$platform/$arch/$suite
END
ask () { python3 -c "import json, sys; print('\n'.join(json.load(open('$manifest'))['$1']))"; }
ask cleanup | while read -r pattern; do
	case $pattern in
	/*) rm -rf "$out/app/files$pattern" ;;
	*) find "$out/app/files" -name "$pattern" -delete ;;
	esac
done
# shellcheck disable=SC2046 # one word for each permission
flatpak build-finish $(ask finish-args) \
	--command="$(python3 -c "import json; print(json.load(open('$manifest'))['command'])")" "$out/app"

flatpak build-export --runtime --disable-sandbox "$out/repo" "$out/runtime" $suite
flatpak build-export --disable-sandbox "$out/repo" "$out/app" $suite
flatpak build-bundle --runtime "$out/repo" "$out/reunion-platform.flatpak" $platform $suite
flatpak build-bundle "$out/repo" "$out/reunion-station.flatpak" $id $suite

echo
echo "flatpak --user install $out/reunion-platform.flatpak"
echo "flatpak --user install $out/reunion-station.flatpak"
echo "flatpak run $id"
