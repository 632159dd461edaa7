/* central-password.h: a password that is asked for, and never an argument
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Asks twice on the terminal, without showing it; or, @from_stdin, reads one line of
 * the standard input. NULL with @error set when there is no terminal, or the password
 * is too short or too long. Transfer full; wipe it. */
char *central_password_read (const char *account, gboolean from_stdin, GError **error);

G_END_DECLS
