/* central-options.h: the command line of reunion-central
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-log.h"
#include "central-service.h"

G_BEGIN_DECLS

#define CENTRAL_EXIT_FAILED 1
#define CENTRAL_EXIT_USAGE 2

/**
 * CentralOptions:
 * @address, @port: where to listen; from --listen
 * @expire_after_days, @keep_backups_days, @stop_within_s: -1 unless given
 */
typedef struct
{
  char *listen;
  char *address;
  guint16 port;
  char *store;
  char *policy;
  char *sample;
  char *partner_url;
  char *public_url;
  char *certificate;
  char *key;
  char **trusted_proxies;
  char *backups;
  char *metrics_token;
  char *log_format_key;
  CentralLogFormat log_format;
  int expire_after_days;
  int keep_backups_days;
  int stop_within_s;
  gboolean insecure_clear_text;
  gboolean version;
} CentralOptions;

void central_options_clear (CentralOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CentralOptions, central_options_clear)

/* One sentence on stderr, with a full stop; returns @status. */
int central_complain (int status, const char *sentence);

/* The options of serving; whatever is wrong with them is found here, before anything
 * is opened. */
gboolean central_options_parse (CentralOptions *self, int *argc, char ***argv, GError **error);

/* Parses the options of a subcommand: @entries, and as many words as @n_words, which
 * @words (such as "FILE") names. FALSE with @error set, a sentence that names --help
 * of @command. */
gboolean central_options_parse_command (const char *command,
                                        const char *words,
                                        int n_words,
                                        const char *summary,
                                        const GOptionEntry *entries,
                                        int *argc,
                                        char ***argv,
                                        GError **error);

/* Whether --store names a PostgreSQL server and not a file. */
gboolean central_options_is_server (const char *store);
/* What --store says, or the usual file where it is NULL, whose folder is made.
 * Transfer full. */
char *central_options_get_store (const char *store);
/* The same, opened; the store has to be there already when @must_exist. Transfer
 * full. */
ReunionCentralStore *
central_options_open_store (const char *store, gboolean must_exist, GError **error);

G_END_DECLS
