# Everything a newcomer needs: `make run` and `make check`. The build itself is
# Meson's; this file installs what is missing and calls it.

BUILD ?= build
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PYTHON := /usr/bin/python3

BUILD_PACKAGES := build-essential meson ninja-build pkg-config gettext git \
	libglib2.0-dev-bin libgtk-4-dev libadwaita-1-dev libshumate-dev libsoup-3.0-dev \
	libsqlite3-dev libjson-glib-dev libxml2-dev libproj-dev libsodium-dev libqrencode-dev \
	libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev libportal-dev \
	desktop-file-utils appstream

RUN_PACKAGES := adwaita-icon-theme librsvg2-common webp-pixbuf-loader heif-gdk-pixbuf \
	fonts-cantarell fonts-wqy-microhei python3-minimal glib-networking dbus \
	gstreamer1.0-plugins-base gstreamer1.0-plugins-good

# What drives and photographs a real window, and what the tests compare with.
TEST_PACKAGES := xvfb xauth openbox xdotool xclip imagemagick dbus iproute2 util-linux at-spi2-core \
	python3 python3-gi gir1.2-atspi-2.0 geographiclib-tools libxml2-utils clang-format locales \
	poppler-utils qpdf zbar-tools systemd openssl chromium

.DEFAULT_GOAL := all
.PHONY: all help deps test-deps configure run check faults bench bench-search bench-reach bench-map \
	bench-clusters bench-central-start clean install update-po sanitize floors style

all: deps configure
	@ninja -C $(BUILD)

help:
	@echo 'make            build both programs in $(BUILD)/'
	@echo 'make run        install what is missing, build, start the central service on sample'
	@echo '                data, and open the desk; without a display, play the whole path and'
	@echo '                leave screenshots in $(BUILD)/screenshots/'
	@echo 'make check      install what the tests need, build, and run every test'
	@echo 'make faults     kill the service at 200 random moments under load, and look what is left'
	@echo 'make bench      time all that has to be quick: bench-search, bench-reach, bench-map,'
	@echo '                bench-clusters, bench-central-start, each a target of its own (tests/bench/README.md)'
	@echo 'make deps       install what building and running need'
	@echo 'make test-deps  install what the tests need as well'
	@echo 'make sanitize   run every test under AddressSanitizer and UBSan'
	@echo 'make floors     check that no floor reaches up'
	@echo 'make style      lay the C files out as .clang-format says'
	@echo 'make update-po  bring the translations up to date with the source'
	@echo 'make install    install under the prefix of the build folder'
	@echo 'make clean      remove the build folders'

# $(call install-missing,PACKAGES): asks dpkg first, so that a machine that has
# everything needs neither the network nor sudo.
define install-missing
	@missing=$$(for package in $(1); do \
		dpkg-query -W -f='$${db:Status-Abbrev}' $$package 2>/dev/null | grep -q '^ii' \
		|| echo $$package; done); \
	if [ -n "$$missing" ]; then \
		echo "Installing:" $$missing; \
		$(SUDO) apt-get update -q || true; \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends $$missing; \
	fi
endef

deps:
	$(call install-missing,$(BUILD_PACKAGES) $(RUN_PACKAGES))

test-deps: deps
	$(call install-missing,$(TEST_PACKAGES))

configure: $(BUILD)/build.ninja

$(BUILD)/build.ninja: | deps
	@meson setup $(BUILD) -Dwerror=true

run: all
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(PYTHON) tests/e2e/run-sample.py --build $(BUILD); \
	else \
		$(MAKE) --no-print-directory test-deps; \
		echo 'No display: playing the path under Xvfb.'; \
		env -u XDG_RUNTIME_DIR XDG_CACHE_HOME=$(abspath $(BUILD))/cache \
			dbus-run-session -- $(PYTHON) tests/e2e/play-path.py --build $(BUILD) \
			--screenshots $(BUILD)/screenshots; \
	fi

check: test-deps all
	@meson test -C $(BUILD) --print-errorlogs

# FAULTS='--seed 7' plays an earlier run again; --store URL and --processes N likewise.
faults: test-deps all
	@$(PYTHON) tests/central/killed.py $(abspath $(BUILD))/src/central/reunion-central \
		--kills 200 $(FAULTS)

bench: bench-search bench-reach bench-map bench-clusters bench-central-start

bench-search: all
	@printf '\n## Search\n\n'
	@$(BUILD)/tests/bench/bench-search

bench-reach: all
	@printf '\n## What a circle reaches\n\n'
	@$(BUILD)/tests/bench/bench-reach data/basemap/basemap.sqlite

# On a display of its own that has no graphics card, as the oldest PCs.
MAP_DISPLAY := env GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable \
	XDG_CACHE_HOME=$(abspath $(BUILD))/cache \
	xvfb-run -a -s '-screen 0 1500x900x24' dbus-run-session --

bench-map: test-deps all
	@printf '\n## The map\n\n'
	@for part in rings tiles; do $(BUILD)/tests/bench/bench-map $$part && echo; done
	@for part in frames first; do \
		$(MAP_DISPLAY) $(BUILD)/tests/bench/bench-map $$part 2>/dev/null && echo; \
	done

bench-clusters: all
	@printf '\n## Clusters of tips\n\n'
	@$(PYTHON) tests/bench/clusters.py --build $(BUILD)

bench-central-start: all
	@printf '\n## The service on a large store\n\n'
	@$(BUILD)/tests/bench/bench-central-start

sanitize: test-deps
	@[ -f $(BUILD)-sanitize/build.ninja ] || meson setup $(BUILD)-sanitize \
		-Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C $(BUILD)-sanitize
	@meson test -C $(BUILD)-sanitize --print-errorlogs --timeout-multiplier 4

floors:
	@$(PYTHON) tests/check-floors.py

style: test-deps
	@$(PYTHON) tests/check-style.py --fix

update-po: all
	@ninja -C $(BUILD) reunion-pot reunion-update-po

install: all
	@$(SUDO) ninja -C $(BUILD) install

clean:
	@rm -rf $(BUILD) $(BUILD)-sanitize
