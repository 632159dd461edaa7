/* reunion-central-schema.h: the tables of the service's store
 *
 * To change the schema: add a migration at the end of the list, never touch an
 * older one, and keep a file of the version before among the tests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const reunion_central_migrations[];
extern const guint reunion_n_central_migrations;

G_END_DECLS
