/* central-audit.h: what is written down of who did what, besides the steps of cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "central-service.h"

G_BEGIN_DECLS

/* One entry, within a transaction or by itself; see reunion-central-audit.h. @about
 * and @origin may be NULL, and hold nothing of who is missing. */
gboolean central_audit_add (CentralService *service,
                            const char *who,
                            const char *what,
                            const char *about,
                            const char *origin,
                            GError **error);

/* In a transaction of its own; a failure is logged: for refusals, which stand
 * whether or not they can be written down. */
void central_audit_note (CentralService *service,
                         const char *who,
                         const char *what,
                         const char *about,
                         const char *origin);

/* FALSE with a sentence in @error when the chain does not fit; *@first_bad, if not
 * NULL, is then the sequence of the first entry that does not. */
gboolean central_audit_verify (ReunionCentralStore *store, gint64 *first_bad, GError **error);
/* The same, and @kept_head, what central_audit_get_head() gave once, must be in it:
 * whoever can write the store can write all of the chain anew, and its end away. */
gboolean central_audit_verify_with_head (ReunionCentralStore *store,
                                         const char *kept_head,
                                         gint64 *first_bad,
                                         GError **error);
/* The last hash, to be kept where this machine can't write; "" while there is
 * none. Transfer full; NULL with @error set. */
char *central_audit_get_head (ReunionCentralStore *store, GError **error);

G_END_DECLS
