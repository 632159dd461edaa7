/* desk-options.h: the command line of reunion-station
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DeskOptions:
 * @service: base address of the central service, such as
 *   "http://127.0.0.1:8700"; never NULL
 * @account: who to sign in as, or NULL to ask
 * @password: that account's password; NULL exactly when @account is
 * @data_dir: folder of the store; never NULL
 * @is_own_instance: the folder was given: this is a desk of its own, beside
 *   whatever other desk is running
 */
typedef struct
{
  char *service;
  char *account;
  char *password;
  char *data_dir;
  gboolean is_own_instance;
} DeskOptions;

void desk_options_free (DeskOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskOptions, desk_options_free)

/* Tells @application which options there are. */
void desk_options_add_to (GApplication *application);
/* Reads what GApplication has parsed. NULL with a sentence in @error, in the
 * domain G_OPTION_ERROR, when a value can't be used. Transfer full. */
DeskOptions *desk_options_read (GVariantDict *values, GError **error);

G_END_DECLS
